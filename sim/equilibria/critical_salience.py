"""How much root causes must matter until a side refuses a truce that leaves them open."""

from __future__ import annotations

from dataclasses import dataclass

from sim.equilibria.bargaining_range import Loading
from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import TOLERANCE


@dataclass(frozen=True, slots=True)
class CriticalSalience:
    """Salience of the root causes at which a side is indifferent between truce and settlement.

    salience:    the critical value; None where salience does not matter to the choice
    slope:       how much faster salience eats into the truce than into the settlement
    truce_below: whether the truce is preferred below it (and not above it)
    truce_at_0:  whether the truce is preferred when root causes do not matter
    """

    salience: float | None
    slope: float
    truce_below: bool
    truce_at_0: bool


@EQUILIBRIA.register("critical-salience", source="ours")
def critical_salience(
    *,
    war: float,
    shares: tuple[float, float],
    resolved: tuple[float, float],
    loadings: tuple[Loading, Loading],
    shifts: tuple[float, float],
    damage: float,
    discount: float,
) -> CriticalSalience:
    """Find the salience above which a side no longer takes the truce but fights on for a settlement.

    Collapse of either document means fighting to the finish. Pairs are (truce, settlement).

    Args:
        war:      value of fighting to the finish
        shares:   flow under each document before grievances
        resolved: share of root causes that each resolves, 0..1
        loadings: weights of each document
        shifts:   eventual power shift under each, in the side's own favour
        damage:   lasting loss on collapse, 0 or more
        discount: gamma^n, what is left of a premium after the rounds the settlement takes
    Returns:
        the critical salience
    Source: ours; the condition is linear in salience
    Example:
        >>> truce, settlement = Loading(0.5, 0.5, 1.0, 0.0, 0.0), Loading(1.0, 0.0, 0.0, 0.0, 0.0)
        >>> found = critical_salience(war=0.4, shares=(0.55, 0.5), resolved=(0.0, 1.0),
        ...     loadings=(truce, settlement), shifts=(0.0, 0.0), damage=0.0, discount=0.5)
        >>> round(found.salience, 9), found.truce_below
        (0.05, True)
    """
    weight = (1.0, -discount)
    gain = sum(
        sign * (load.peace * (share - war) - load.omega * damage + load.phi * shift)
        for sign, share, load, shift in zip(weight, shares, loadings, shifts, strict=True)
    )
    slope = sum(sign * load.peace * (1 - rho) for sign, rho, load in zip(weight, resolved, loadings, strict=True))
    critical = gain / slope if slope else None
    return CriticalSalience(critical, slope, slope > 0, gain >= -TOLERANCE)
