"""War because power is about to shift: the declining side rejects even the whole stake."""

from __future__ import annotations

from dataclasses import dataclass

from sim.equilibria.bargaining_range import Dispute, Document, bargaining_range
from sim.equilibria.equilibrium import EQUILIBRIA
from sim.equilibria.require import require_inside
from sim.foundations import TOLERANCE


@dataclass(frozen=True, slots=True)
class PreventiveWar:
    """Verdict on a shift that arrives at once and cannot be undone.

    psi:   loading of the shift
    x_max: largest share of the riser that the decliner signs for; negative means none
    war:   whether the decliner fights whatever he is offered
    gain:  the decliner's discounted loss of power, in the published condition
    price: the cost of war it is held against; war iff gain exceeds price
    """

    psi: float
    x_max: float
    war: bool
    gain: float
    price: float


@EQUILIBRIA.register("preventive-war", source="Fearon 1995, Int. Org. 49, p. 406; Powell 2006")
def preventive_war(delta: float, power_now: float, power_later: float, lump_cost: float) -> PreventiveWar:
    """Say whether a side that is about to weaken fights now, whatever is offered.

    Args:
        delta:       discount factor per round, in (0, 1)
        power_now:   chance that the rising side wins today, 0..1
        power_later: the same after the shift, 0..1
        lump_cost:   the decliner's cost of war as a lump, not per round, 0 or more
    Returns:
        the verdict in the terms of the range and of the published condition
    Raises:  InputError for a number outside of its range
    Source: Fearon 1995: war iff delta p2 - p1 > cost (1 - delta)^2. It is the range of a document that is
        sure to fail after one round
    Example:
        >>> preventive_war(0.9, 0.3, 0.6, 1.0).war
        True
    """
    require_inside("delta", delta)
    # F.1: a lump is turned into a normalised cost once, here.
    dispute = Dispute(power_now, (0.0, (1 - delta) * lump_cost), (delta, delta))
    found = bargaining_range(dispute, Document(1.0, 1.0, power_later - power_now))
    return PreventiveWar(
        psi=found.loading[1].psi,
        x_max=found.x_max,
        war=found.x_max < -TOLERANCE,
        gain=delta * power_later - power_now,
        price=lump_cost * (1 - delta) ** 2,
    )
