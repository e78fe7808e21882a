"""Terms of a document bargained by alternating offers while the war goes on."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.equilibria.bargaining_range import Dispute, Document, bargaining_range
from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import TOLERANCE, FloatPair
from sim.table.war import fighting_survival


@dataclass(frozen=True, slots=True)
class TermsUnderFire:
    """Shares of A that are agreed at once.

    x_min, x_max: ends of the bargaining range
    first:        share when A makes the first offer; None if nothing feasible suits both
    second:       share when B does; None likewise
    unlimited:    share when A offers first and no domestic limit binds
    """

    x_min: float
    x_max: float
    first: float | None
    second: float | None
    unlimited: float


def _clip(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


@EQUILIBRIA.register("terms-under-fire", source="Rubinstein 1982; Binmore et al. 1986; limits after Putnam 1988")
def terms_under_fire(
    dispute: Dispute, document: Document, m: float, limits: FloatPair = (-math.inf, math.inf)
) -> TermsUnderFire:
    """Solve alternating offers on the share x when each refusal costs a round of fighting.

    War is the inside payoff and arms may decide between offers. A domestic limit that binds helps its
    owner, until nothing feasible is left.

    Args:
        dispute:  the two sides
        document: what is signed, apart from x
        m:        chance per round that arms decide, 0..1
        limits:   least and largest x that can be ratified
    Returns:
        the terms; how much of a premium the document secures cancels out of them
    Source: Rubinstein 1982 on the range of ``bargaining_range``; the clipped fixed point is ours
    Example:
        >>> dispute = Dispute(0.5, (0.1, 0.2), (0.95, 0.95))
        >>> round(terms_under_fire(dispute, Document(0.0), 0.0).first, 6)
        0.553846
    """
    found = bargaining_range(dispute, document)
    gamma_a, gamma_b = (float(fighting_survival(patience, m)) for patience in dispute.patience)
    unlimited = found.x_min + found.length * (1 - gamma_b) / (1 - gamma_a * gamma_b)
    low, high = max(limits[0], found.x_min), min(limits[1], found.x_max)
    if low > high + TOLERANCE:
        return TermsUnderFire(found.x_min, found.x_max, None, None, unlimited)
    high = max(low, high)

    def answer(x: float) -> float:
        """What B offers when A would offer x next."""
        return _clip(found.x_min + gamma_a * (x - found.x_min), low, high)

    def offer(reply: float) -> float:
        """What A offers when B would offer ``reply`` next."""
        return _clip(found.x_max - gamma_b * (found.x_max - reply), low, high)

    # The map x -> offer(answer(x)) is piecewise linear with one fixed point: try each piece.
    candidates = (unlimited, offer(low), offer(high), low, high)
    first = min(candidates, key=lambda x: abs(offer(answer(x)) - x))
    return TermsUnderFire(found.x_min, found.x_max, first, answer(first), unlimited)
