"""The same weights when rounds become instants: rates instead of chances."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.equilibria.equilibrium import EQUILIBRIA


@dataclass(frozen=True, slots=True)
class ContinuousWeights:
    """Weights of what follows a signature in continuous time.

    omega:      weight of resumed war, 0..1
    chi:        odds of war, 0 or more
    phi:        loading of the power shift, 0..omega
    psi:        the same by unit of peace, 0..chi
    worst_rate: rate of collapse at which phi peaks
    """

    omega: float
    chi: float
    phi: float
    psi: float
    worst_rate: float


@EQUILIBRIA.register("continuous-durability", source="ours; limit of the weights of durability")
def continuous_durability(discount_rate: float, collapse_rate: float, shift_rate: float) -> ContinuousWeights:
    """Take the weights of a document to the limit of short rounds.

    Args:
        discount_rate: rate r, above 0
        collapse_rate: rate lambda at which the document collapses, 0 or more
        shift_rate:    rate nu at which power approaches its new level, 0 or more
    Returns:
        the weights
    Source: ours, limit of ``durability``
    Example:
        >>> round(continuous_durability(0.05, 0.1, 0.3).omega, 6)
        0.666667
    """
    leave = discount_rate + collapse_rate
    reached = shift_rate / (leave + shift_rate) if shift_rate else 0.0
    return ContinuousWeights(
        omega=collapse_rate / leave,
        chi=collapse_rate / discount_rate,
        phi=collapse_rate / leave * reached,
        psi=collapse_rate / discount_rate * reached,
        worst_rate=math.sqrt(discount_rate * (discount_rate + shift_rate)),
    )


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
    Source: ours; collapse means fighting to the finish
    Example:
        >>> round(continuous_delay(0.05, 0.02, (0.15, 0.02), (0.22, 0.17)), 4)
        11.3142
    """
    truce, settlement = lengths
    if truce <= 0 or settlement <= 0:
        return None
    leave = [discount_rate + rate for rate in collapse_rates]
    return math.log(leave[0] * settlement / (leave[1] * truce)) / (discount_rate + decision_rate)
