"""A plan for talks whose proposer is drawn by lot: what everybody insists on, and what a proposer then asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.foundations import TOLERANCE, Bools, Floats, Ints
from sim.table.bargaining_table import BargainingTable

#: Payoffs of the proposer that agree to this many decimals are ties.
_TIE_DECIMALS: Final = 9


@dataclass(frozen=True)
class LotPlan:
    """What everybody insists on in every round.

    reservation: (B, A, T) payoff below which each actor refuses in each round
    value:       (B, A) expected value of the talks before the first proposer is drawn
    chances:     (A,) chance of being drawn, sum 1; 0 for those who make no offers

    Example:
        >>> plan = LotPlan(np.zeros((1, 2, 3)), np.zeros((1, 2)), np.array([0.5, 0.5]))
        >>> plan.rounds
        3
    """

    reservation: Floats
    value: Floats
    chances: Floats

    @property
    def rounds(self) -> int:
        """How many rounds it covers."""
        return int(self.reservation.shape[2])

    def select(self, where: Bools | Ints) -> LotPlan:
        """The plan of some of the draws."""
        return replace(self, reservation=self.reservation[where], value=self.value[where])


def proposals(table: BargainingTable, least: Floats, speaker: int) -> Bools:
    """(B, K) deals that are best for a proposer among those that would pass, ties included; none where none would.

    Args:
        least:   (B, A) payoff below which each actor refuses
        speaker: who proposes; he needs no more than what refusal leaves him, and his own yes is given
    Source:  closed rule of Baron & Ferejohn 1989: one proposal, then a vote
    Example:
        >>> table = BargainingTable.of_payoffs([[1.0, 0.6, 0.0], [0.0, 0.4, 1.0]])
        >>> proposals(table, np.array([[0.0, 0.3]]), 0).tolist()
        [[False, True, False]]
    """
    content = table.acceptable & (table.payoff >= least[:, :, None] - TOLERANCE)
    passes = table.agreed(content) & content[:, speaker] & table.offerable
    own = np.where(passes, np.round(table.payoff[:, speaker], _TIE_DECIMALS), -np.inf)
    best = own.max(axis=1, keepdims=True)
    return np.asarray(passes & (own >= best))
