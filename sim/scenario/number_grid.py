"""The levels of a numeric issue: numbers at equal distances, each known by its index."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

import numpy as np

from sim.foundations import Floats

#: A number is a level if it is no further from it than this, in steps of the grid.
_SAME: Final = 1e-6
#: A level's text may leave out digits that change it by no more than this, in steps or next to the numbers.
_EXACT: Final = 1e-11
_DOUBLE: Final = 4e-16
#: A grid whose steps are finer than this, next to its numbers, cannot be told apart in double precision.
_FINEST: Final = 1e-14
#: Steps that a continuous issue is told in: at least, at most, and where none is round.
_FEWEST, _MOST, _BETWEEN = 200, 500, 400


@dataclass(frozen=True)
class NumberGrid:
    """Equally spaced numbers from ``low`` to ``high``.

    low, high: the first and the last of them
    points:    how many there are, 2 or more

    Example:
        >>> grid = NumberGrid(2.9e6, 3.7e6, 9)
        >>> grid.index(3.2e6), grid.keys[3], grid.index(3_250_000), grid.around(3_250_000)
        (3, '3200000', None, ('3200000', '3300000'))
    """

    low: float
    high: float
    points: int

    @property
    def fault(self) -> str:
        """Why these are no numbers that can be told apart; empty if they are."""
        if self.low >= self.high:
            return f"low {self.low:g} must be below high {self.high:g}"
        if not math.isfinite(self.high - self.low):
            return f"low {self.low:g} and high {self.high:g} are too far apart to compute with"
        if self.step <= _FINEST * max(abs(self.low), abs(self.high)):
            return f"points {self.points:,} from {self.low:.17g} to {self.high:.17g} are too close to be told apart"
        return ""

    @property
    def step(self) -> float:
        """Distance from one number to the next."""
        return (self.high - self.low) / (self.points - 1)

    @property
    def slack(self) -> float:
        """How far beside a level a number may lie to be that level, on a scale from 0 to 1."""
        return self._same / (self.points - 1)

    @property
    def _same(self) -> float:
        """How far beside a level a number may lie to be that level, in steps: more where doubles are coarse."""
        return max(_SAME, _FINEST / 4 * max(abs(self.low), abs(self.high)) / self.step)

    @cached_property
    def marks(self) -> Floats:
        """(L,) the numbers."""
        return np.linspace(self.low, self.high, self.points)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Each number as text, written out and as short as it can be without being another one.

        Example:
            >>> NumberGrid(0, 1, 11).keys[3], NumberGrid(1e6, 1e6 + 10, 11).keys[5], NumberGrid(0, 1, 4).keys[1]
            ('0.3', '1000005', '0.333333333333')
        """
        return tuple(self.key(index) for index in range(self.points))

    def key(self, index: int) -> str:
        """One of the numbers as text."""
        number = self.high if index == self.points - 1 else self.low + index * self.step
        return _plain(number, max(_EXACT * self.step, _DOUBLE * max(abs(self.low), abs(self.high))))

    def index(self, number: float) -> int | None:
        """The level that a number is, or ``None`` if it lies beside the grid."""
        near = (number - self.low) / self.step
        found = round(near) if math.isfinite(near) else -1
        return found if 0 <= found < self.points and abs(near - found) <= self._same else None

    def around(self, number: float) -> tuple[str, ...]:
        """The two levels that a number lies between; the one at the end where it lies outside."""
        if not self.low <= number <= self.high:
            return (self.key(0 if number < self.low else self.points - 1),)
        below = min(int((number - self.low) / self.step), self.points - 2)
        return self.key(below), self.key(below + 1)


def _plain(number: float, error: float) -> str:
    """A number with as few digits as keep it within an error, without an exponent unless it would be very long."""
    text = next((found for digits in range(1, 18) if abs(float(found := f"{number:.{digits}g}") - number) <= error), "")
    text = text or repr(number)
    if float(text) == 0:
        return "0"
    return f"{Decimal(text):f}" if 1e-9 < abs(number) < 1e21 else text


def counted_points(low: float, high: float, step: float | None) -> int:
    """How many numbers lie from low to high at a distance; without one, at a round distance of some hundredths of it.

    A continuous issue is told in steps of 1, 2 or 5 times a power of ten of which the range is a multiple, 200 to 500
    of them; in 400 steps where there are none.

    Raises:  ValueError if the range is no multiple of the step
    Example:
        >>> counted_points(0, 10, 0.5), counted_points(2.9e6, 3.8e6, None), counted_points(0, 1, None)
        (21, 451, 201)
    """
    width = high - low
    if step is not None:
        count = round(width / step)
        if count < 1 or abs(count * step - width) > _SAME * width:
            near = " or ".join(f"{width / n:.12g}" for n in (max(count, 1), max(count, 1) + 1))
            raise ValueError(f"step {step:.12g} does not lead from {low:.12g} to {high:.12g}; {near} would")
        return count + 1
    power = math.floor(math.log10(width)) - 3
    for nice in (m * 10.0**e for e in range(power + 3, power - 1, -1) for m in (5, 2, 1)):
        count = round(width / nice)
        if _FEWEST <= count <= _MOST and abs(count * nice - width) <= _EXACT * width:
            return count + 1
    return _BETWEEN + 1
