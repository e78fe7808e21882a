"""Concession by the clock, exponential in time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import Floats
from sim.strategies.negotiator import ASPIRATIONS, AbstractAspiration, Hearing
from sim.strategies.ranges import Setting, require


def exponential(time: Setting, exponent: Setting, kappa: Setting) -> Floats:
    """Return the share conceded, exp((1 - t)^beta ln kappa).

    Args:
        time:     share of the talks that has passed; above 1 counts as 1
        exponent: Faratin's beta, above 0: below 1 Boulware, above 1 Conceder
        kappa:    share conceded in the first offer, above 0: with 0 the curve would stay at 0
    Raises:
        InputError if kappa is not above 0
    Source:
        Faratin, Sierra & Jennings 1998, section 4.1.1.

    Example:
        >>> exponential(0.0, 2.0, 0.1).round(6).tolist(), exponential(1.0, 2.0, 0.1).tolist()
        (0.1, 1.0)
    """
    require("kappa", kappa, 0, 1, above=True)
    return np.asarray(np.exp((1.0 - np.minimum(time, 1.0)) ** np.asarray(exponent) * np.log(kappa)))


@ASPIRATIONS.register("time-dependent-exponential", source="Faratin, Sierra & Jennings 1998")
@dataclass(frozen=True)
class TimeDependentExponential(AbstractAspiration):
    """Asks for less as time passes, exponentially: holds out longer, or gives in faster, than polynomially.

    exponent: Faratin's beta, above 0: below 1 Boulware, above 1 Conceder
    kappa:    share of the way conceded in the first offer, above 0 and at most 1

    Raises:  InputError if a setting is out of its range
    Source:  Faratin, Sierra & Jennings 1998, section 4.1.1, on the own payoff; demand = 1 - alpha
    Example:
        >>> TimeDependentExponential(exponent=5.0).kappa
        0.01
    """

    exponent: Setting = 1.0
    kappa: Setting = 0.01

    def __post_init__(self) -> None:
        require("exponent", self.exponent, 0, above=True)
        require("kappa", self.kappa, 0, 1, above=True)

    def demand(self, hearing: Hearing) -> Floats:
        """1 - alpha at the present time."""
        conceded = exponential(hearing.time, self.exponent, self.kappa)
        return np.broadcast_to(1.0 - conceded, hearing.best.shape)
