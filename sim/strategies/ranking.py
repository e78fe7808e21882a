"""One actor's deals sorted by what they are worth to him, searched in all draws at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import NO_DEAL, Bools, Floats, Ints


@dataclass(frozen=True)
class Ranking:
    """The deals an actor may offer, best for himself first; equal ones in the order of the deals.

    deals:  (B, K) deal indices; only the first ``count`` of a row may be offered
    values: (B, K) his payoffs in that order, -inf for deals he may not offer
    count:  (B,) number of deals he may offer, 0..K

    Source:  ours (binary search by gathers, so that a turn costs the logarithm of the number of deals)

    Example:
        >>> ranking = Ranking.of(np.array([[0.2, 0.9, 0.5]]), np.array([[True, True, False]]))
        >>> ranking.deals[0, :2].tolist(), ranking.at_least(np.array([0.2])).tolist()
        ([1, 0], [2])
    """

    deals: Ints
    values: Floats
    count: Ints

    @classmethod
    def of(cls, payoff: Floats, allowed: Bools) -> Ranking:
        """Sort ``payoff`` (B, K) over the ``allowed`` (B, K) deals."""
        values = np.where(allowed, payoff, -np.inf)
        deals = np.argsort(-values, axis=1, kind="stable")
        return cls(deals, np.take_along_axis(values, deals, axis=1), allowed.sum(axis=1))

    def select(self, where: Ints) -> Ranking:
        """The rankings in some of the draws."""
        return Ranking(self.deals[where], self.values[where], self.count[where])

    def at_least(self, target: Floats) -> Ints:
        """(B,) number of deals worth ``target`` (B,) or more."""
        return self._reach(target, strict=False)

    def above(self, target: Floats) -> Ints:
        """(B,) number of deals worth more than ``target`` (B,)."""
        return self._reach(target, strict=True)

    def _reach(self, target: Floats, *, strict: bool) -> Ints:
        draws, size = self.values.shape
        flat, start = self.values.ravel(), np.arange(draws) * size
        low, high = np.zeros(draws, np.int64), self.count.astype(np.int64)
        for _ in range(int(size).bit_length()):
            middle = np.minimum((low + high) // 2, size - 1)
            found = flat[start + middle]
            enough = (found > target) if strict else (found >= target)
            searching = low < high
            high = np.where(searching & ~enough, middle, high)
            low = np.where(searching & enough, middle + 1, low)
        return low

    def deal(self, position: Ints) -> Ints:
        """(B,) deal at a place of the ranking, NO_DEAL outside of it."""
        there = (position >= 0) & (position < self.count)
        found = self.deals[np.arange(len(position)), np.where(there, position, 0)]
        return np.where(there, found, NO_DEAL)

    def value(self, position: Ints) -> Floats:
        """(B,) payoff at a place of the ranking, -inf outside of it."""
        there = (position >= 0) & (position < self.count)
        found = self.values[np.arange(len(position)), np.where(there, position, 0)]
        return np.where(there, found, -np.inf)
