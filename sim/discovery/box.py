"""A box: limits on some numbers and options, inside which a condition mostly holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.foundations import Bools, Floats


@dataclass(frozen=True)
class Box:
    """Limits on the inputs; what is not limited is left out.

    low:     input -> value that a point must reach
    high:    input -> value that a point must not exceed
    options: input -> codes that are inside, for inputs without an order
    """

    low: Mapping[int, float]
    high: Mapping[int, float]
    options: Mapping[int, frozenset[float]]

    @property
    def restricted(self) -> tuple[int, ...]:
        """Inputs that are limited, in their order."""
        return tuple(sorted({*self.low, *self.high, *self.options}))

    def inside(self, inputs: Floats) -> Bools:
        """(N,) points within all limits.

        Example:
            >>> Box({0: 0.5}, {}, {}).inside(np.array([[0.4], [0.5], [0.9]])).tolist()
            [False, True, True]
        """
        found = np.ones(len(inputs), bool)
        for p, value in self.low.items():
            found &= inputs[:, p] >= value
        for p, value in self.high.items():
            found &= inputs[:, p] <= value
        for p, codes in self.options.items():
            found &= np.isin(inputs[:, p], list(codes))
        return found

    def without(self, p: int) -> Box:
        """The box with an input set free."""
        return replace(
            self,
            low={q: v for q, v in self.low.items() if q != p},
            high={q: v for q, v in self.high.items() if q != p},
            options={q: v for q, v in self.options.items() if q != p},
        )

    def renamed(self, inputs: Sequence[int]) -> Box:
        """A box over some of the inputs as one over all of them.

        Args:
            inputs: for each input of the box, its place among all
        Example:
            >>> Box({1: 0.5}, {}, {}).renamed([3, 7]).restricted
            (7,)
        """
        return Box(
            {inputs[n]: value for n, value in self.low.items()},
            {inputs[n]: value for n, value in self.high.items()},
            {inputs[n]: codes for n, codes in self.options.items()},
        )


@dataclass(frozen=True)
class Quality:
    """How well a box describes a condition.

    coverage: share of the points where the condition holds that lie inside
    density:  share of the points inside where it holds
    mass:     share of all points that lie inside
    inputs:   how many inputs are limited (fewer are easier to say)
    """

    coverage: float
    density: float
    mass: float
    inputs: int

    @classmethod
    def of(cls, box: Box, inputs: Floats, hits: Bools) -> Quality:
        """Measure a box on points (N, P) and where the condition holds (N,)."""
        inside = box.inside(inputs)
        caught, size = int((inside & hits).sum()), int(inside.sum())
        return cls(
            caught / max(int(hits.sum()), 1), caught / max(size, 1), size / max(len(hits), 1), len(box.restricted)
        )
