"""Why a mediator in a hurry wants the truce: he pays for fighting, not for what a truce leaves open."""

from __future__ import annotations

import scipy

from sim.equilibria.equilibrium import EQUILIBRIA


@EQUILIBRIA.register("impatient-mediator", source="ours")
def impatient_mediator(truce_hazard: float, settlement_hazard: float, m: float, rounds: float) -> float | None:
    """Find the patience up to which a mediator without a stake prefers a truce now.

    He dislikes fighting and nothing else. After a collapse the war is fought out; if instead talks resume,
    quiet is free and he prefers the truce whatever his patience.

    Args:
        truce_hazard:      chance per round that the truce collapses, 0..1
        settlement_hazard: the same for the settlement, 0..1
        m:                 chance per round that arms decide, 0..1
        rounds:            rounds of fighting before the settlement, 0 or more
    Returns:
        the patience in [0, 1): truce iff he is at most that patient; None if he always prefers the truce
    Source: ours: odds of war fall and the wait matters less as patience rises, so they cross once
    Example:
        >>> round(impatient_mediator(0.2, 0.02, 0.0, 4), 6)
        0.849969
    """
    survival = (1 - m) ** rounds
    if settlement_hazard >= truce_hazard * survival:
        return None

    def gap(delta: float) -> float:
        quiet = (1 - delta + delta * settlement_hazard) / (1 - delta + delta * truce_hazard)
        return float(quiet - delta**rounds * survival)

    if gap(0.0) <= 0:
        return 0.0
    return float(scipy.optimize.brentq(gap, 0.0, 1.0, xtol=1e-15, rtol=1e-15))
