"""How fragile a truce hurts a declining side most."""

from __future__ import annotations

import math
from typing import NamedTuple

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.table.durability import durability


class WorstHazard(NamedTuple):
    """Hazard at which a shift of power counts most.

    hazard:  chance of collapse per round, 0..1
    loading: weight of the shift there
    """

    hazard: float
    loading: float


@EQUILIBRIA.register("worst-hazard", source="ours")
def worst_hazard(delta: float, theta: float) -> WorstHazard:
    """Find the hazard that hurts the declining side most, in value.

    When power shifts slowly, a truce of middling fragility is worse for him than a hopeless one: it
    lasts long enough for the other to arm and is likely enough to break afterwards.

    Args:
        delta: discount factor per round, in (0, 1)
        theta: speed of the shift, in (0, 1]

    Returns:
        the hazard, 1 where the loading rises all the way, and the loading there
    Source: ours: the stationary point of phi
    Example:
        >>> round(worst_hazard(0.95, 0.1).hazard, 6)
        0.094477
    """
    peak = 1.0
    if theta < 1:
        peak = min(1.0, math.sqrt((1 - delta) * (1 - delta * (1 - theta)) / (1 - theta)) / delta)
    return WorstHazard(peak, float(durability(delta, peak, 0.0, theta).phi))
