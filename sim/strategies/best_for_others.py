"""The most attractive deal for the others among those that are good enough for him."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import TOLERANCE, Floats, Ints
from sim.strategies.negotiator import OFFERINGS, AbstractOffering, Hearing
from sim.strategies.ranges import Setting, require
from sim.table import BargainingTable


def others_gain(table: BargainingTable, actor: int) -> Floats:
    """(B, K) sum over the other signers of their payoff on a scale from 0 (worst) to 1 (best deal).

    A deal across another signer's hard red line counts below every deal that is not.

    Source:
        ours, after the trade-off idea of Faratin, Sierra & Jennings 2002
    Example:
        >>> table = BargainingTable.of_payoffs([[1.0, 0.5, 0.0], [2.0, 4.0, 3.0]])
        >>> others_gain(table, 0).tolist()
        [[0.0, 1.0, 0.5]]
    """
    gain = np.zeros((table.draws, len(table.deals)))
    for other in np.flatnonzero(table.rule.signers):
        if other == actor:
            continue
        payoff = table.payoff[:, other]
        low = payoff.min(axis=1, keepdims=True)
        span = payoff.max(axis=1, keepdims=True) - low
        gain += (payoff - low) / np.where(span > 0, span, 1.0)
        gain -= len(table.actors) * ~table.permitted[:, other]
    return gain


@OFFERINGS.register("best-for-others", source="after Faratin, Sierra & Jennings 2002", status="light")
@dataclass(frozen=True)
class BestForOthers(AbstractOffering):
    """Proposes, among the deals not below what he asks for, the one that gives the other signers most.

    slack: how far below the target a deal may lie, in payoff, 0 or more

    He is taken to know the others' payoffs and red lines of the draw: a bound on what a good model of
    the opponents could do for him, not a forecast of it. Of equal deals the one best for himself.

    Raises:  InputError if a setting is out of its range
    Source:  ours: trade-offs (Faratin, Sierra & Jennings 2002) with known instead of estimated payoffs,
             and the sum of the others' normalised payoffs in place of similarity to their last offer
    Example:
        >>> from sim.foundations import Dice
        >>> table = BargainingTable.of_payoffs([[1.0, 0.7, 0.6, 0.3], [0.0, 0.8, 0.5, 1.0]])
        >>> hearing = Hearing.begin(table, 0, Dice("doc", np.arange(1)))
        >>> BestForOthers().offer(hearing, np.array([0.5])).tolist()
        [1]
    """

    slack: Setting = TOLERANCE

    def __post_init__(self) -> None:
        require("slack", self.slack, 0)

    def offer(self, hearing: Hearing, target: Floats) -> Ints:
        """Look up the best among the first so many deals of the ranking."""
        if "best-for-others" not in hearing.memory:
            hearing.memory["best-for-others"] = _best_so_far(hearing)
        best = hearing.memory["best-for-others"]
        last = np.maximum(hearing.ranking.at_least(target - self.slack) - 1, 0)
        return hearing.ranking.deal(best[np.arange(len(last)), last])


def _best_so_far(hearing: Hearing) -> Ints:
    """(B, K) for each place of the ranking the place, up to there, of the deal best for the others."""
    gain = np.take_along_axis(others_gain(hearing.table, hearing.actor), hearing.ranking.deals, axis=1)
    peak = np.maximum.accumulate(gain, axis=1)
    better = np.ones(gain.shape, bool)
    better[:, 1:] = gain[:, 1:] > peak[:, :-1]
    return np.asarray(np.maximum.accumulate(np.where(better, np.arange(gain.shape[1]), 0), axis=1))
