"""The same weights when rounds become instants: rates instead of chances."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.equilibria.require import require_inside


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
    Raises:  InputError for a number outside of its range
    Source: ours, limit of ``durability``
    Example:
        >>> round(continuous_durability(0.05, 0.1, 0.3).omega, 6)
        0.666667
    """
    require_inside("discount_rate", discount_rate, 0.0, math.inf)
    leave = discount_rate + collapse_rate
    reached = shift_rate / (leave + shift_rate) if shift_rate else 0.0
    return ContinuousWeights(
        omega=collapse_rate / leave,
        chi=collapse_rate / discount_rate,
        phi=collapse_rate / leave * reached,
        psi=collapse_rate / discount_rate * reached,
        worst_rate=math.sqrt(discount_rate * (discount_rate + shift_rate)),
    )
