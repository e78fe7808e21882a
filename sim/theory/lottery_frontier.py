"""The frontier of two parties in every draw at once, and how they would bargain along it by turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.foundations import Bools, Floats, Ints
from sim.solutions.lottery_hull import LotteryHull
from sim.table import BargainingTable

#: Halvings of an interval until its ends are neighbouring numbers.
_HALVINGS: Final = 60


@dataclass(frozen=True)
class LotteryFrontier:
    """What two parties can reach with lotteries between deals, over a point of disagreement; B draws, M corners.

    first:  (B, M) gain of the first party at the corners, rising
    second: (B, M) gain of the second party there, falling; shorter frontiers repeat their last corner
    empty:  (B,) draws in which no lottery is as good as disagreement for both

    Source:  Andrew 1979, as in ``sim.solutions.lottery_hull``
    Example:
        >>> table = BargainingTable.of_payoffs([[1.0, 0.0], [0.0, 1.0]], [0.1, 0.2])
        >>> found = LotteryFrontier.of_table(table, 0, 1)
        >>> found.first.round(3).tolist(), found.second.round(3).tolist()
        ([[0.0, 0.7]], [[0.7, 0.0]])
    """

    first: Floats
    second: Floats
    empty: Bools

    @classmethod
    def of_table(
        cls, table: BargainingTable, first: int, second: int, floor: tuple[Floats, Floats] | None = None
    ) -> LotteryFrontier:
        """Build it for two actors from the deals that cross no hard red line and lack no consent.

        Args:
            first, second: indices of the actors
            floor:         (B,) payoffs of each that count as nothing; by default those of no deal
        """
        pair = [first, second]
        prizes = table.permitted[:, pair].all(axis=1) & table.offerable
        below = table.disagreement[:, pair].T if floor is None else floor
        chains = []
        for b in range(table.draws):
            points = table.payoff[b][pair][:, prizes[b]].T - np.array([below[0][b], below[1][b]])
            chains.append(LotteryHull.of_points(_not_dominated(points)).frontier)
        longest = max((len(chain) for chain in chains), default=0) or 1
        first_gain, second_gain = np.zeros((2, len(chains), longest))
        for b, chain in enumerate(chains):
            if len(chain):
                first_gain[b], second_gain[b] = chain[-1]
                first_gain[b, : len(chain)], second_gain[b, : len(chain)] = chain.T
        return cls(first_gain, second_gain, np.array([not len(chain) for chain in chains], dtype=bool))

    def to_second(self, gain: Floats) -> Floats:
        """(B,) the most that the second party can gain where the first gains so much (B,)."""
        return _along(self.first, self.second, gain)

    def to_first(self, gain: Floats) -> Floats:
        """(B,) the most that the first party can gain where the second gains so much (B,)."""
        return _along(self.second[:, ::-1], self.first[:, ::-1], gain)

    def by_turns(self, delta_first: Floats, delta_second: Floats) -> tuple[Floats, Floats]:
        """Gains (B,) of both where they offer by turns for ever, the first party first.

        Args:
            delta_first, delta_second: (B,) what a round leaves of a gain, 0..1
        Source:  Rubinstein 1982, theorem: each proposal leaves the other what he would get by refusing
        """
        low, high = np.zeros(len(self.first)), self.first[:, -1].copy()
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            more = self.to_second(middle) >= delta_second * self.to_second(delta_first * middle)
            low, high = np.where(more, middle, low), np.where(more, high, middle)
        return low, self.to_second(low)

    def by_turns_until(self, delta_first: Floats, delta_second: Floats, rounds: int) -> tuple[Floats, Floats]:
        """Gains (B,) of both where they offer by turns and the last of so many offers ends the talks.

        Source:  Stahl 1972: from the last offer backwards
        """
        first, second = np.zeros(len(self.first)), np.zeros(len(self.first))
        for turn in range(rounds - 1, -1, -1):
            if turn % 2 == 0:
                second = delta_second * second
                first = self.to_first(second)
            else:
                first = delta_first * first
                second = self.to_second(first)
        return first, second

    def by_turns_or_leave(
        self, delta_first: Floats, delta_second: Floats, option_first: Floats, option_second: Floats
    ) -> tuple[Floats, Floats]:
        """Gains (B,) where whoever has just refused may also leave for good and take an option (B,).

        Source:  Binmore, Shaked & Sutton 1989: an option binds only where it beats what talks give
        """

        def answered(own: Floats) -> Floats:
            asked = np.maximum(delta_first * own, option_first)
            kept = np.maximum(delta_second * self.to_second(asked), option_second)
            return self.to_first(kept)

        low, high = np.zeros(len(self.first)), self.first[:, -1].copy()
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            more = answered(middle) >= middle
            low, high = np.where(more, middle, low), np.where(more, high, middle)
        return low, self.to_second(low)

    def weighted_nash(self, weight: Floats) -> tuple[Floats, Floats]:
        """Gains (B,) at the greatest product of powers of both gains; ``weight`` (B,) is the first party's, 0..1.

        Source:  Nash 1950; on a straight edge the product is greatest where its derivative is nought, or at an end
        """
        rows = np.arange(len(self.first))
        best = self.first[:, 0], self.second[:, 0]
        score = np.full(len(rows), -np.inf)
        for m in range(self.first.shape[1]):
            n = min(m + 1, self.first.shape[1] - 1)
            rise, fall = self.first[:, n] - self.first[:, m], self.second[:, m] - self.second[:, n]
            with np.errstate(divide="ignore", invalid="ignore"):
                along = weight * self.second[:, m] / fall - (1 - weight) * self.first[:, m] / rise
            along = np.clip(np.where((rise > 0) & (fall > 0), along, 0.0), 0.0, 1.0)
            x, y = self.first[:, m] + along * rise, self.second[:, m] - along * fall
            with np.errstate(divide="ignore"):
                found = weight * np.log(np.maximum(x, 0.0)) + (1 - weight) * np.log(np.maximum(y, 0.0))
            better = found > score
            best = np.where(better, x, best[0]), np.where(better, y, best[1])
            score = np.maximum(score, found)
        return best


def _not_dominated(points: Floats) -> Floats:
    """Points that nothing beats in both coordinates."""
    if not len(points):
        return points
    order = np.lexsort((-points[:, 1], -points[:, 0]))
    ranked = points[order]
    highest = np.maximum.accumulate(ranked[:, 1])
    return np.asarray(ranked[np.append(True, ranked[1:, 1] > highest[:-1])])


def _along(across: Floats, up: Floats, at: Floats) -> Floats:
    """(B,) height of each draw's line at a place; before its first corner that of the first, behind the last the last.

    Args:
        across: (B, M) places of corners, rising
        up:     (B, M) their heights
        at:     (B,) places
    """
    rows, last = np.arange(len(at)), across.shape[1] - 1
    before: Ints = np.clip((across <= at[:, None]).sum(axis=1) - 1, 0, last)
    after = np.minimum(before + 1, last)
    span = across[rows, after] - across[rows, before]
    share = (at - across[rows, before]) / np.where(span > 0, span, 1.0)
    share = np.where(span > 0, np.clip(share, 0.0, 1.0), 0.0)
    return np.asarray(up[rows, before] + share * (up[rows, after] - up[rows, before]))
