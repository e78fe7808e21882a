"""The deals on offer, put together issue by issue, so that what is forbidden is never counted out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from sim.foundations import Bools, Floats, Ints
from sim.scenario.scenario import Scenario

#: Sums that differ from their limit by less than this, in parts of it, keep it.
_SLACK: Final = 1e-9
#: Cells of a table of deals from which on they are held in smaller whole numbers.
_MANY: Final = 2_000_000
#: Trees that are remembered; the same deals are looked at many times in a run.
_REMEMBERED: Final = 4


class TooManyDealsError(Exception):
    """There are more deals than were asked for; ``least`` of them have been counted."""

    def __init__(self, least: int) -> None:
        super().__init__(f"more than {least:,} deals")
        self.least = least


@dataclass(frozen=True)
class DealTree:
    """All deals on offer as starts that branch: every beginning of a deal stands once, last issue fastest.

    parents: for each issue (N_i,) which start of the issues before each start goes on from; ``None`` where every
             start goes on with every level on offer
    levels:  for each issue the level of each start (N_i,), or those on offer where the parents are ``None``

    What adds up over issues is added up along the branches, so that it costs about one addition for each deal, however
    many issues there are.

    Source: depth-first enumeration with pruning (Knuth 2011, The Art of Computer Programming 4A, section 7.2.2), here
        breadth-first, so that each step is an array operation
    Example:
        >>> tree = DealTree.grown(((0, 1), (0, 1, 2)), forbidden=(((1,), (2,)),))
        >>> tree.deals().tolist()
        [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1]]
        >>> tree.added([np.array([0.0, 10.0]), np.array([0.0, 1.0, 2.0])]).tolist()
        [0.0, 1.0, 2.0, 10.0, 11.0]
    """

    parents: tuple[Ints | None, ...]
    levels: tuple[Ints, ...]

    @classmethod
    def of(cls, scenario: Scenario, most: int | None = None) -> DealTree:
        """The deals of a scenario.

        Raises:  TooManyDealsError if there are, or on the way there would be, more than ``most``
        """
        issues = scenario.issues
        names = list(issues)
        forbidden = tuple(
            tuple(tuple(issues[name].indices(found[name])) if name in found else None for name in names)
            for found in scenario.forbid
        )
        sums = tuple(
            (tuple(tuple(one.amounts(name, issues[name]).tolist()) for name in names), *one.ends)
            for one in scenario.sums.values()
        )
        return _grown(tuple(scenario.offered.values()), forbidden, sums, most)

    @classmethod
    def grown(
        cls,
        offered: tuple[tuple[int, ...], ...],
        forbidden: tuple[tuple[tuple[int, ...] | None, ...], ...] = (),
        sums: tuple[tuple[tuple[tuple[float, ...], ...], float, float], ...] = (),
        most: int | None = None,
    ) -> DealTree:
        """Put deals together.

        Args:
            offered:   levels on offer of each issue
            forbidden: for each forbidden combination its levels of each issue, ``None`` where it says nothing of one
            sums:      for each sum what every level of every issue adds, the least and the most it may be
            most:      how many starts there may be
        """
        return _grown(offered, forbidden, sums, most)

    @classmethod
    def through(cls, deals: Ints) -> DealTree:
        """The tree of given deals (N, I), each once, in the order of their levels.

        Example:
            >>> DealTree.through(np.array([[1, 0], [0, 2], [0, 1]])).deals().tolist()
            [[0, 1], [0, 2], [1, 0]]
        """
        rows = np.unique(deals, axis=0)
        above = np.zeros(len(rows), np.int64)
        new = np.zeros(len(rows), bool)
        new[:1] = True
        parents: list[Ints | None] = []
        levels: list[Ints] = []
        for i in range(rows.shape[1]):
            new[1:] |= rows[1:, i] != rows[:-1, i]
            first = np.flatnonzero(new)
            parents.append(above[first])
            levels.append(rows[first, i].astype(np.int64))
            above = np.cumsum(new) - 1
        return cls(tuple(parents), tuple(levels))

    @property
    def size(self) -> int:
        """K, how many deals there are."""
        count = 1
        for parent, level in zip(self.parents, self.levels, strict=True):
            count = count * len(level) if parent is None else len(level)
        return count

    def deals(self) -> Ints:
        """(K, I) level of each issue in each deal."""
        columns: Ints = np.empty((self.size, len(self.levels)), self._kind)
        place: Ints | None = None
        for i in reversed(range(len(self.levels))):
            parent, level = self.parents[i], self.levels[i]
            if place is None:
                place = np.arange(self.size)
            if parent is None:
                columns[:, i] = level[place % len(level)]
                place = place // len(level)
            else:
                columns[:, i] = level[place]
                place = parent[place]
        return columns

    @property
    def _kind(self) -> type:
        """Whole numbers of the usual size, smaller ones where there are many."""
        return np.int32 if self.size * len(self.levels) > _MANY else np.int64

    def added(self, parts: Sequence[Floats | None]) -> Floats:
        """(..., K) sum over issues, in their order, of what each level adds, from 0 up.

        Args:
            parts: for each issue (..., L), or (..., 1) where all its levels add the same; ``None`` for nothing
        """
        total = np.zeros((1,))
        for parent, level, part in zip(self.parents, self.levels, parts, strict=True):
            if parent is None:
                if part is None:
                    total = np.repeat(total, len(level), axis=-1)
                    continue
                some = part if part.shape[-1] == 1 else part[..., level]
                grown = total[..., :, None] + some[..., None, :]
                if part.shape[-1] == 1:
                    grown = np.repeat(grown, len(level), axis=-1)
                total = grown.reshape(*grown.shape[:-2], -1)
            else:
                total = total[..., parent]
                if part is not None:
                    total = total + (part if part.shape[-1] == 1 else part[..., level])
        return total

    def kept(self, which: Bools) -> DealTree:
        """The tree of some of the deals (K,)."""
        if which.all():
            return self
        parents: list[Ints | None] = []
        levels: list[Ints] = []
        some = np.flatnonzero(which)
        for i in reversed(range(len(self.levels))):
            parent, level = self.parents[i], self.levels[i]
            if parent is None:
                levels.append(level[some % len(level)])
                above = some // len(level)
            else:
                levels.append(level[some])
                above = parent[some]
            some, back = np.unique(above, return_inverse=True)
            parents.append(back.reshape(-1))
        return DealTree(tuple(reversed(parents)), tuple(reversed(levels)))


@lru_cache(maxsize=_REMEMBERED)
def _grown(
    offered: tuple[tuple[int, ...], ...],
    forbidden: tuple[tuple[tuple[int, ...] | None, ...], ...],
    sums: tuple[tuple[tuple[tuple[float, ...], ...], float, float], ...],
    most: int | None,
) -> DealTree:
    if not forbidden and not sums:
        count = 1
        for levels in offered:
            count *= len(levels)
            if most is not None and count > most:
                raise TooManyDealsError(count)
        return DealTree((None,) * len(offered), tuple(np.array(levels, np.int64) for levels in offered))
    rules: list[_Forbids | _Keeps] = [_Forbids(one) for one in forbidden]
    rules += [_Keeps(offered, one) for one in sums]
    parents: list[Ints | None] = []
    chosen: list[Ints] = []
    size = 1
    for i, levels in enumerate(offered):
        wide = size * len(levels)
        if most is not None and wide > 4 * most + 4:
            raise TooManyDealsError(size)
        parent = np.repeat(np.arange(size), len(levels))
        level = np.tile(np.array(levels, np.int64), size)
        fine = np.ones(wide, bool)
        for rule in rules:
            fine &= rule.goes_on(i, parent, level)
        keep = np.flatnonzero(fine)
        for rule in rules:
            rule.keep(keep)
        whole = len(keep) == wide
        parents.append(None if whole else parent[keep])
        chosen.append(np.array(levels, np.int64) if whole else level[keep])
        size = len(keep)
        if most is not None and size > most:
            raise TooManyDealsError(size)
    return DealTree(tuple(parents), tuple(chosen))


class _Forbids:
    """One forbidden combination: which starts have all of its levels so far."""

    def __init__(self, levels: tuple[tuple[int, ...] | None, ...]) -> None:
        self.levels = levels
        self.last = max(i for i, found in enumerate(levels) if found is not None)
        self.so_far = np.ones(1, bool)
        self.done = False

    def goes_on(self, issue: int, parent: Ints, level: Ints) -> Bools:
        """(N,) starts that do not have the combination in full."""
        if self.done:
            return np.ones(len(parent), bool)
        self.so_far, wanted = self.so_far[parent], self.levels[issue]
        if wanted is not None:
            self.so_far = self.so_far & np.isin(level, wanted)
        self.done = issue == self.last
        return ~self.so_far if self.done else np.ones(len(parent), bool)

    def keep(self, where: Ints) -> None:
        """Only some of the starts go on."""
        if not self.done:
            self.so_far = self.so_far[where]


class _Keeps:
    """One sum: how much there is so far, and how much the other issues can still add or take."""

    def __init__(
        self,
        offered: tuple[tuple[int, ...], ...],
        limits: tuple[tuple[tuple[float, ...], ...], float, float],
    ) -> None:
        amounts, low, high = limits
        self.amounts = [np.array(found) for found in amounts]
        slack = _SLACK * max(1.0, *(abs(end) for end in (low, high) if np.isfinite(end)))
        self.low, self.high = low - slack, high + slack
        own = [found[list(levels)] for found, levels in zip(self.amounts, offered, strict=True)]
        least = np.array([found.min(initial=np.inf) for found in own])
        greatest = np.array([found.max(initial=-np.inf) for found in own])
        self.least = np.append(np.cumsum(least[::-1])[::-1], 0.0)  # what issues from here on add at least
        self.greatest = np.append(np.cumsum(greatest[::-1])[::-1], 0.0)
        self.so_far = np.zeros(1)

    def goes_on(self, issue: int, parent: Ints, level: Ints) -> Bools:
        """(N,) starts that can still keep the sum."""
        self.so_far = self.so_far[parent] + self.amounts[issue][level]
        most = self.so_far + self.greatest[issue + 1]
        return np.asarray((most >= self.low) & (self.so_far + self.least[issue + 1] <= self.high))

    def keep(self, where: Ints) -> None:
        """Only some of the starts go on."""
        self.so_far = self.so_far[where]
