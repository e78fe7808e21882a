"""Rows of worlds that are played, each with its luck, and with the numbers that are fixed in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

import numpy as np

from sim.foundations import Bools, Dice, Floats, Ints, uniforms
from sim.scenario import Draws, Scenario, draw

#: Streams that say what the world is like, not how the story goes: whether a line is hard, whether somebody bluffs.
WORLD_STREAMS: Final = frozenset({"red line", "bluff"})


@dataclass(frozen=True, slots=True)
class SplitDice(Dice):
    """Random numbers of a block in which the world and the luck are counted separately.

    draws: (B,) number of the world: hard or soft red lines, bluffs
    luck:  (B,) number of the luck: talks, arms, collapses, conversions

    Two rows with the same world number and different luck are the same world told twice.

    Example:
        >>> import numpy as np
        >>> dice = SplitDice("doc", np.array([3, 3]), np.array([0, 1]))
        >>> lines, collapses = dice.uniform("red line", "x"), dice.uniform("collapse", 0)
        >>> bool(lines[0] == lines[1]), bool(collapses[0] == collapses[1])
        (True, False)
    """

    luck: Ints

    def uniform(self, *words: object) -> Floats:
        """(B,) uniforms in (0, 1), of the world or of the luck as the first word says."""
        numbers = self.draws if words and words[0] in WORLD_STREAMS else self.luck
        return uniforms(numbers, self.seed, *words)

    def select(self, where: Bools | Ints) -> Dice:
        """Dice of the rows selected by a mask or by indices."""
        return SplitDice(self.seed, self.draws[where], self.luck[where])

    def child(self, *words: object) -> Dice:
        """Dice of talks within the story: all luck."""
        return Dice("\x1f".join([self.seed, *(str(word) for word in words)]), self.luck)


@dataclass(frozen=True)
class Rows:
    """Some worlds to be played.

    world:   (n,) number of the world: streams of the numbers that are left alone, hard or soft red lines, bluffs
    luck:    (n,) number of the luck of talks, arms, collapses and conversions; ``None``: the world's own
    uniform: path -> (n,) quantile of a number, in place of its own stream
    fixed:   path -> (n,) or one value that replaces the draw of a number
    central: every other number at its central value
    drawn:   the draws themselves, where somebody has made them already; the rest is not looked at then
    """

    world: Ints
    luck: Ints | None = None
    uniform: Mapping[str, Floats] = field(default_factory=dict)
    fixed: Mapping[str, float | Floats] = field(default_factory=dict)
    central: bool = False
    drawn: Draws | None = None

    def __len__(self) -> int:
        return len(self.world)

    def part(self, where: slice | Ints) -> Rows:
        """Some of these rows."""
        drawn = self.drawn
        if drawn is not None:
            some = np.arange(len(self))[where]
            drawn = Draws({path: values[some] for path, values in drawn.values.items()}, drawn.dice.select(some))
        return replace(
            self,
            world=self.world[where],
            luck=None if self.luck is None else self.luck[where],
            uniform={path: values[where] for path, values in self.uniform.items()},
            fixed={path: v[where] if isinstance(v, np.ndarray) and v.ndim else v for path, v in self.fixed.items()},
            drawn=drawn,
        )

    def draws(self, scenario: Scenario) -> Draws:
        """Draw the numbers of these worlds.

        Raises:  InputError for a path that is no number of the scenario
        """
        if self.drawn is not None:
            return self.drawn
        found = draw(scenario, self.world, central=self.central, fixed=self.fixed, uniform=self.uniform)
        if self.luck is None:
            return found
        return Draws(found.values, SplitDice(scenario.seed, self.world, self.luck))


def joined_rows(scenario: Scenario, settings: Sequence[Rows]) -> Rows:
    """Rows of all settings, drawn already."""
    world = np.concatenate([rows.world for rows in settings])
    each = [rows.draws(scenario).values for rows in settings]
    values = {path: np.concatenate([one[path] for one in each]) for path in each[0]}
    return Rows(world, drawn=Draws(values, Dice(scenario.seed, world)))


class RowSource(Protocol):
    """Rows that can be asked for in any part, so that memory stays flat."""

    @property
    def points(self) -> int:
        """How many rows there are."""

    def rows(self, start: int, stop: int) -> Rows:
        """The rows from ``start`` up to ``stop``."""


@dataclass(frozen=True)
class GivenRows:
    """Rows that are all there already.

    Example:
        >>> GivenRows(Rows(np.array([3, 5, 8]))).rows(1, 3).world.tolist()
        [5, 8]
    """

    given: Rows

    @property
    def points(self) -> int:
        """How many rows there are."""
        return len(self.given)

    def rows(self, start: int, stop: int) -> Rows:
        """Some of them."""
        return self.given.part(slice(start, stop))
