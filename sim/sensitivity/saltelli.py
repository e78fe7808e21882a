"""Saltelli's design over the quantiles of all numbers, for any groups of them, with luck as one more input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import scipy

from sim.ensemble import Rows
from sim.foundations import Floats, InputError, Ints
from sim.foundations.dice import stream_key
from sim.sensitivity.grouping import DUMMY, LUCK, RED_LINES


@dataclass(frozen=True)
class Saltelli:
    """Points A, A with a group taken from B (for every group), [B with a group from A,] B; for each base point.

    paths:  the numbers whose quantiles vary
    groups: name -> paths; groups may overlap, since each is varied for itself; ``RED_LINES`` and ``LUCK`` name
            the two inputs that are random streams, not numbers
    base:   base points, a power of two; a prefix of half the size is itself a design of that size
    second: whether the points for second-order indices are there
    repeats: how many stories are told of each point with different luck, to be averaged

    Luck is an input like any other: A and B have luck of their own, and a point that takes a group of numbers
    from B keeps the luck of A. So the first-order index of a number is about the *share* of an outcome (luck
    averaged out), its total index includes how it works together with luck, and luck has both for itself.

    Source: Saltelli 2002; Saltelli et al. 2010 (order of the points as in SALib); scrambled Sobol' sequence
        (Owen 1998); overlapping groups as the closed and total indices of any subset (Sobol' 2001)
    """

    seed: str
    paths: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    base: int
    second: bool = False
    repeats: int = 1
    sequence: Floats = field(init=False, repr=False)  # (base, 2 P)

    def __post_init__(self) -> None:
        if self.base < 2 or self.base & (self.base - 1):
            raise InputError(f"{self.base} base points: a Sobol' design needs a power of two, such as 256")
        generator = scipy.stats.qmc.Sobol(
            2 * max(len(self.paths), 1), rng=np.random.default_rng(stream_key(self.seed, "saltelli"))
        )
        object.__setattr__(self, "sequence", generator.random(self.base))

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the groups, in the order of their points."""
        return tuple(self.groups)

    @property
    def width(self) -> int:
        """Points for each base point."""
        return (2 if self.second else 1) * len(self.groups) + 2

    @property
    def points(self) -> int:
        """How many points there are, repeats included."""
        return self.base * self.width * self.repeats

    def rows(self, start: int, stop: int) -> Rows:
        """Some of the points; their quantiles are put together when they are asked for."""
        number = np.arange(start, stop)
        point, repeat = np.divmod(number, self.repeats)
        which, place = np.divmod(point, self.width)
        swapped, mirror = self._swap(place)
        count = len(self.paths)
        first, second = self.sequence[which, :count], self.sequence[which, count : 2 * count]
        taken = self._membership(self.paths)[swapped] ^ mirror[:, None]
        quantiles = np.where(taken, second, first)
        streams = self._membership((RED_LINES, LUCK))[swapped] ^ mirror[:, None]
        world = 2 * which + streams[:, 0]
        luck = (2 * which + streams[:, 1]) * self.repeats + repeat
        uniform = {path: quantiles[:, p] for p, path in enumerate(self.paths) if path != DUMMY}
        return Rows(world, luck, uniform)

    def averaged(self, outcomes: Floats) -> Floats:
        """(points, M) outcomes with the repeats averaged: (base * width, M)."""
        return np.asarray(outcomes.reshape(-1, self.repeats, *outcomes.shape[1:]).mean(axis=1))

    def _swap(self, place: Ints) -> tuple[Ints, np.ndarray]:
        """Group taken from the other matrix (-1: none), and whether the point starts from B."""
        count = len(self.groups)
        last = self.width - 1
        swapped = np.where((place == 0) | (place == last), count, (place - 1) % max(count, 1))
        return swapped, place > count

    def _membership(self, inputs: Sequence[str]) -> np.ndarray:
        """(G + 1, inputs) whether a group holds an input; the last row is the empty group."""
        rows = [[name in members for name in inputs] for members in self.groups.values()]
        return np.array([*rows, [False] * len(inputs)], bool).reshape(len(self.groups) + 1, len(inputs))
