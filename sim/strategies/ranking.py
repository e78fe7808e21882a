"""One actor's deals sorted by what they are worth to him, searched in all draws at once."""

from __future__ import annotations

import math
from copy import copy
from typing import Final, Literal

import numpy as np

from sim.foundations import NO_DEAL, Bools, Floats, Ints

#: Where there are more deals than this only the best of them are sorted at once, and the rest when it pays.
MANY: Final = 20_000
#: So many of the best are sorted then: as far as most talks ever get.
HEAD: Final = 4_096
#: Looks below those that cost as much as sorting all.
_PATIENCE: Final = 12
#: Draws up to which each is searched by itself.
_FEW_DRAWS: Final = 48


class Ranking:
    """The deals an actor may offer, best for himself first; equal ones in the order of the deals.

    deals:  (B, K) deal indices; only the first ``count`` of a row may be offered
    values: (B, K) his payoffs in that order, -inf for deals he may not offer
    count:  (B,) number of deals he may offer, 0..K

    Source:  ours (binary search by gathers, so that a turn costs the logarithm of the number of deals). Of very many
             deals the best are sorted; what lies below is counted and selected (Hoare 1961, Algorithm 65: Find)

    Example:
        >>> ranking = Ranking.of(np.array([[0.2, 0.9, 0.5]]), np.array([[True, True, False]]))
        >>> ranking.deals[0, :2].tolist(), ranking.at_least(np.array([0.2])).tolist()
        ([1, 0], [2])
    """

    def __init__(self, payoff: Floats, allowed: Bools, head: int) -> None:
        self.count: Ints = allowed.sum(axis=1)
        self._payoff: Floats = np.where(allowed, payoff, -np.inf)
        self._looks = 0
        self._losses: Floats = np.empty((0, 0))
        self._head: tuple[Ints, Floats] = (np.empty((len(payoff), 0), np.int64), np.empty((len(payoff), 0)))
        self._sort(min(head, payoff.shape[1]))

    @classmethod
    def of(cls, payoff: Floats, allowed: Bools, *, head: int | None = None) -> Ranking:
        """Sort ``payoff`` (B, K) over the ``allowed`` (B, K) deals.

        Args:
            head: how many of the best are sorted at once; by default all, or HEAD where there are more than MANY
        """
        size = payoff.shape[1]
        return cls(payoff, allowed, head or (HEAD if size > MANY else size))

    @property
    def deals(self) -> Ints:
        """(B, K) deal indices, the best first."""
        self._sort(self._payoff.shape[1])
        return self._head[0]

    @property
    def values(self) -> Floats:
        """(B, K) his payoffs in that order."""
        self._sort(self._payoff.shape[1])
        return self._head[1]

    def select(self, where: Ints) -> Ranking:
        """The rankings in some of the draws, sorted as far as these are."""
        found = copy(self)
        head = (self._head[0][where], self._head[1][where])
        vars(found).update(count=self.count[where], _payoff=self._payoff[where], _head=head, _losses=np.empty((0, 0)))
        return found

    def at(self, rows: Ints, places: Ints) -> tuple[Ints, Floats]:
        """Deals and payoffs at places (R, W) of the rankings of some draws (R,); all are sorted if they go so far."""
        if int(places.max(initial=0)) >= self._head[0].shape[1]:
            self._sort(self._payoff.shape[1])
        return self._head[0][rows[:, None], places], self._head[1][rows[:, None], places]

    def at_least(self, target: Floats) -> Ints:
        """(B,) number of deals worth ``target`` (B,) or more."""
        return self._reach(target, strict=False)

    def above(self, target: Floats) -> Ints:
        """(B,) number of deals worth more than ``target`` (B,)."""
        return self._reach(target, strict=True)

    def nearest(self, target: Floats) -> Ints:
        """(B,) the worst deal that is worth ``target`` (B,) or more; the best where none is, NO_DEAL without any.

        Of equal deals the one listed first.
        """
        reached = self._in_head(target, strict=False)
        last = np.maximum(reached - 1, 0)
        worth = self._head[1][np.arange(len(last)), last]
        found = self._head[0][np.arange(len(last)), self._in_head(worth, strict=True)]
        size = self._head[1].shape[1]
        for row in np.flatnonzero(reached == size) if size < self._payoff.shape[1] else ():
            payoff = self._payoff[row]
            least = payoff.min(where=(payoff >= target[row]) & (payoff > -np.inf), initial=np.inf)
            found[row] = int((payoff == least).argmax())
        return np.where(self.count > 0, found, NO_DEAL)

    def value(self, position: Ints) -> Floats:
        """(B,) payoff at a place of the ranking, -inf outside it."""
        there = (position >= 0) & (position < self.count)
        place = np.where(there, position, 0)
        if self._below(place):
            found = np.array([self._selected(row, at) for row, at in enumerate(place)])
        else:
            found = self._head[1][np.arange(len(place)), place]
        return np.where(there, found, -np.inf)

    def deal(self, position: Ints) -> Ints:
        """(B,) deal at a place of the ranking, NO_DEAL outside it."""
        there = (position >= 0) & (position < self.count)
        place = np.where(there, position, 0)
        if self._below(place):
            found = np.array([self._placed(row, at) for row, at in enumerate(place)])
        else:
            found = self._head[0][np.arange(len(place)), place]
        return np.where(there, found, NO_DEAL)

    def _sort(self, size: int) -> None:
        """Sort so many of the best, the first of equals first."""
        draws, deals = self._payoff.shape
        if self._head[0].shape[1] >= size:
            return
        if size == deals:
            order = np.argsort(-self._payoff, axis=1, kind="stable")
        else:
            order = np.empty((draws, size), np.int64)
            for row in range(draws):  # few draws fit into a block of so many deals
                loss = -self._payoff[row]
                best = np.flatnonzero(loss <= np.partition(loss, size - 1)[size - 1])
                order[row] = best[np.argsort(loss[best], kind="stable")][:size]
        self._head = (order, np.take_along_axis(self._payoff, order, axis=1))

    def _below(self, place: Ints) -> bool:
        """Whether some places lie below what is sorted, and it does not pay yet to sort all."""
        if int(place.max(initial=0)) < self._head[0].shape[1]:
            return False
        self._looks += 1
        if self._looks > _PATIENCE:
            self._sort(self._payoff.shape[1])
            return False
        return True

    def _selected(self, row: int, place: int) -> float:
        """The payoff at a place of one draw."""
        return float(-np.partition(-self._payoff[row], place)[place])

    def _placed(self, row: int, place: int) -> int:
        """The deal at a place of one draw."""
        payoff, worth = self._payoff[row], self._selected(row, place)
        return int(np.flatnonzero(payoff == worth)[place - int((payoff > worth).sum())])

    def _reach(self, target: Floats, *, strict: bool) -> Ints:
        found, size = self._in_head(target, strict=strict), self._head[1].shape[1]
        if size < self._payoff.shape[1] and (found == size).any():  # there may be more below what is sorted
            wanted = target[:, None]
            enough = self._payoff > wanted if strict else (self._payoff >= wanted) & (self._payoff > -np.inf)
            return np.asarray(enough.sum(axis=1))
        return found

    def _in_head(self, target: Floats, *, strict: bool) -> Ints:
        """(B,) how many of the deals that are sorted reach a target."""
        draws, size = self._head[1].shape
        if draws <= _FEW_DRAWS:
            return self._one_by_one(target, strict=strict)
        flat, start = self._head[1].ravel(), np.arange(draws) * size
        low, high = np.zeros(draws, np.int64), np.minimum(self.count, size).astype(np.int64)
        for _ in range(int(size).bit_length()):
            middle = np.minimum((low + high) // 2, size - 1)
            found = flat[start + middle]
            enough = (found > target) if strict else (found >= target)
            searching = low < high
            high = np.where(searching & ~enough, middle, high)
            low = np.where(searching & enough, middle + 1, low)
        return low

    def _one_by_one(self, target: Floats, *, strict: bool) -> Ints:
        """The same in so few draws that a search in each costs less than one in all of them at once."""
        draws, size = self._head[1].shape
        if self._losses.shape != self._head[1].shape:
            self._losses = -self._head[1]
        found = np.zeros(draws, np.int64)
        side: Literal["left", "right"] = "left" if strict else "right"
        for row, (count, wanted) in enumerate(zip(self.count.tolist(), target.tolist(), strict=True)):
            if not math.isnan(wanted):
                found[row] = self._losses[row, : min(count, size)].searchsorted(-wanted, side)
        return found
