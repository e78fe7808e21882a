"""How long a truce lasts: a hazard that changes with age and with what was signed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import Floats


class TruceSurvival(NamedTuple):
    """Survival and hazard at given ages; shapes are those that the inputs broadcast to.

    survival: chance that the truce still holds at the end of the round, 0..1
    hazard:   chance that a truce which held until then breaks in the round, 0..1
    """

    survival: Floats
    hazard: Floats


@EQUILIBRIA.register("truce-survival", source="Prentice & Gloeckler 1978, Biometrics 34:57-67; Werner & Yuen 2005")
def truce_survival(
    age: npt.ArrayLike, rate: npt.ArrayLike, shape: npt.ArrayLike = 1.0, safeguards: npt.ArrayLike = 0.0
) -> TruceSurvival:
    """Follow a truce whose chance to hold until age t is ``exp(-rate t ** shape exp(-safeguards))``.

    Rounds that are observed one by one then follow a complementary log-log model with proportional hazards.

    Args:
        age:        rounds since the signature, 1 or more
        rate:       cumulated hazard of the first round without safeguards, 0 or more
        shape:      below 1 a truce hardens with age, above 1 it wears out; above 0
        safeguards: enforcement and root causes settled, weighted and summed; each unit divides the hazard by e
    Returns:
        survival and hazard; all inputs broadcast
    Source:  Weibull survival grouped in rounds, Prentice & Gloeckler 1978
    Example:
        >>> found = truce_survival([1, 10], 0.15, 0.7, 0.5)
        >>> found.hazard.round(6).tolist(), found.survival.round(6).tolist()
        ([0.086964, 0.031899], [0.913036, 0.633828])
    """
    t, rate_0, k, ease = (np.asarray(one, dtype=np.float64) for one in (age, rate, shape, safeguards))
    scale = rate_0 * np.exp(-ease)
    return TruceSurvival(np.exp(-scale * t**k), -np.expm1(-scale * (t**k - (t - 1) ** k)))
