"""A take-it-or-leave-it document offered to a side whose cost of war is its own secret."""

from __future__ import annotations

from dataclasses import dataclass

from sim.equilibria.bargaining_range import Dispute, Document, bargaining_range
from sim.equilibria.equilibrium import EQUILIBRIA


@dataclass(frozen=True, slots=True)
class Screening:
    """What A proposes and how often it is refused.

    share:   share that A asks for
    refused: chance that B refuses, 0..1
    burden:  grievances, damage and shift that a document loads on the pair; acts like a lower war cost of A
    """

    share: float
    refused: float
    burden: float


@EQUILIBRIA.register("screening", source="Fearon 1995, Int. Org. 49, risk-return trade-off; documents: ours")
def screening(dispute: Dispute, document: Document, highest_cost: float) -> Screening:
    """Choose the share A asks for when B's cost of war is uniform between 0 and ``highest_cost``.

    Args:
        dispute:      the two sides; B's cost in it is not used
        document:     what is offered, apart from the share
        highest_cost: largest cost of war B may have, 0 or more
    Returns:
        the proposal and the chance of refusal
    Source: Fearon 1995 for a document without burden
    Example:
        >>> found = screening(Dispute(0.5, (0.1, 0.0), (0.95, 0.95)), Document(0.1), 0.4)
        >>> round(found.share, 9), round(found.refused, 9)
        (0.65, 0.375)
    """
    known = Dispute(dispute.power, (dispute.cost[0], 0.0), dispute.patience)
    found = bargaining_range(known, document)  # x_max is what a side without any cost of war signs for
    burden = known.cost[0] - found.length
    asked = min(max((highest_cost - known.cost[0] + burden) / 2, 0.0), highest_cost)
    return Screening(found.x_max + asked, asked / highest_cost if highest_cost else 0.0, burden)
