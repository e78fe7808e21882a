"""What theories ask of a case: who signs, what can be divided, how patient everybody is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from sim.foundations import Bools, Floats, Ints
from sim.scenario import Scenario
from sim.solutions import BargainingProblem, pareto_frontier
from sim.table import BargainingTable, Worlds
from sim.theory.lottery_frontier import LotteryFrontier

#: Sums of gains that differ by less than this part of the stake are equal.
_EQUAL: Final = 1e-4


@dataclass(frozen=True)
class CaseFacts:
    """A block of worlds as a theory sees it; B draws, A actors, N signers.

    worlds: the core model
    """

    worlds: Worlds

    @property
    def scenario(self) -> Scenario:
        """The case."""
        return self.worlds.scenario

    @cached_property
    def table(self) -> BargainingTable:
        """Deals, payoffs and what no deal is worth."""
        return self.worlds.table

    @cached_property
    def problem(self) -> BargainingProblem:
        """Gains of the signers over no deal, and the deals that are feasible."""
        return BargainingProblem.of_table(self.table)

    @property
    def draws(self) -> int:
        """B."""
        return self.table.draws

    @cached_property
    def signers(self) -> Ints:
        """(N,) indices of those who sign, in the order in which they speak; the silent last."""
        speaking = [int(one) for one in self.table.order if self.table.rule.signers[one]]
        return np.array([*speaking, *(i for i in np.flatnonzero(self.table.rule.signers) if i not in speaking)])

    @cached_property
    def places(self) -> Ints:
        """(N,) where each of these signers stands along the problem's gains."""
        return np.searchsorted(np.flatnonzero(self.table.rule.signers), self.signers)

    @cached_property
    def delta(self) -> Floats:
        """(B, N) what a round of talks leaves of each signer's gain."""
        return self.table.discount[:, self.signers]

    @cached_property
    def best_gain(self) -> Floats:
        """(B, A) the most that each signer can gain in a feasible deal, 0 where there is none and for all others."""
        found = np.zeros(self.table.disagreement.shape)
        found[:, self.signers] = self.problem.ideal[:, self.places]
        return found

    @cached_property
    def any_deal(self) -> Bools:
        """(B,) whether some deal is at least as good as none for every signer."""
        return np.asarray(self.problem.feasible.any(axis=1))

    @cached_property
    def stake(self) -> Floats:
        """(B,) the largest sum of the signers' gains in a feasible deal."""
        total = np.where(self.problem.feasible, self.problem.gains.sum(axis=1), 0.0)
        return np.asarray(total.max(axis=1, initial=0.0))

    @cached_property
    def is_pie(self) -> Bools:
        """(B,) whether what one signer gains the others lose, from all for one to all for another.

        Every efficient deal has the same sum of gains, and each signer could have the whole of it, within one step.
        """
        efficient = pareto_frontier(self.problem)
        total = self.problem.gains.sum(axis=1)
        least = np.where(efficient, total, np.inf).min(axis=1)
        step = self.stake / max(1, efficient.sum(axis=1).max(initial=1) - 1)
        whole = (self.problem.ideal >= (self.stake - step - _EQUAL)[:, None]).all(axis=1)
        return np.asarray((self.stake > 0) & (least >= self.stake * (1 - _EQUAL)) & whole)

    @cached_property
    def frontier(self) -> LotteryFrontier:
        """What the two signers can reach with lotteries, over no deal; the first to speak is the first."""
        return LotteryFrontier.of_table(self.table, int(self.signers[0]), int(self.signers[1]))

    def spread(self, gains: tuple[Floats, ...] | Floats) -> Floats:
        """(B, A) gains of the signers, given in the order in which they speak, with nan for all others."""
        found = np.full(self.table.disagreement.shape, np.nan)
        for place, actor in enumerate(self.signers):
            found[:, actor] = gains[place] if isinstance(gains, tuple) else gains[:, place]
        return found

    def nearest(self, gains: Floats) -> Ints:
        """(B,) the feasible deal whose gains are closest to those given (B, A), as parts of the best; -1 for none."""
        best = np.where(self.best_gain > 0, self.best_gain, 1.0)[:, self.signers]
        wanted = gains[:, self.signers] / best
        away = np.zeros(self.problem.feasible.shape)
        for place in range(len(self.signers)):
            own = self.problem.gains[:, self.places[place]] / best[:, place, None]
            away += (own - wanted[:, place, None]) ** 2
        away = np.where(self.problem.feasible, away, np.inf)
        found = away.argmin(axis=1)
        known = self.any_deal & np.isfinite(wanted).all(axis=1)
        return np.where(known, found, -1)

    def gains_of(self, deal: Ints) -> Floats:
        """(B, A) gains of the signers in a deal per draw, 0 where there is none, nan for all others."""
        rows = np.arange(self.draws)
        at = self.table.premium[rows, :, np.maximum(deal, 0)]
        found = np.where((deal >= 0)[:, None], at, 0.0)
        found[:, ~self.table.rule.signers] = np.nan
        return found
