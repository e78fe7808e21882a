"""How long to wait for a settlement when rounds become instants."""

from __future__ import annotations

import math

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.equilibria.require import require_inside


@EQUILIBRIA.register("continuous-delay", source="ours; limit of the joint threshold of truce-or-settlement")
def continuous_delay(
    discount_rate: float,
    decision_rate: float,
    collapse_rates: tuple[float, float],
    lengths: tuple[float, float],
) -> float | None:
    """Return how long a settlement may take before a truce now is jointly better.

    Args:
        discount_rate:  rate r, above 0
        decision_rate:  rate mu at which arms decide, 0 or more
        collapse_rates: of the truce and of the settlement
        lengths:        of the ranges of the truce and of the settlement
    Returns:
        the time, negative if the truce is better at once; None unless both ranges are open
    Raises:  InputError for a number outside of its range
    Source: ours; collapse means fighting to the finish
    Example:
        >>> round(continuous_delay(0.05, 0.02, (0.15, 0.02), (0.22, 0.17)), 4)
        11.3142
    """
    require_inside("discount_rate", discount_rate, 0.0, math.inf)
    truce, settlement = lengths
    if truce <= 0 or settlement <= 0:
        return None
    leave = [discount_rate + rate for rate in collapse_rates]
    return math.log(leave[0] * settlement / (leave[1] * truce)) / (discount_rate + decision_rate)
