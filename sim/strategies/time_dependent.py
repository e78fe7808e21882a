"""Concession by the clock, polynomial in time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import Floats
from sim.strategies.negotiator import ASPIRATIONS, AbstractAspiration, Hearing
from sim.strategies.ranges import Setting, require


def polynomial(time: Setting, exponent: Setting, kappa: Setting = 0.0) -> Floats:
    """Return the share conceded, kappa + (1 - kappa) t^(1/beta).

    Args:
        time:     share of the talks that has passed; above 1 counts as 1
        exponent: Faratin's beta, above 0: below 1 Boulware, above 1 Conceder
        kappa:    share conceded in the first offer, 0..1
    Source:
        Faratin, Sierra & Jennings 1998, section 4.1.1. NegMAS writes 1/beta for the exponent.

    Example:
        >>> polynomial(0.5, 0.2, 0.1).round(6).tolist()
        0.128125
    """
    passed = np.minimum(time, 1.0)
    with np.errstate(over="ignore"):  # an exponent next to 0 concedes nothing before the end
        return np.asarray(kappa + (1.0 - np.asarray(kappa)) * passed ** (1.0 / np.asarray(exponent)))


def issue_offer(alpha: Setting, low: float, high: float, *, increasing: bool) -> Floats:
    """Return the level of a single issue to offer when the share ``alpha`` is conceded.

    Args:
        alpha:      share conceded, 0..1
        low, high:  range of the issue that he negotiates over
        increasing: whether his own value rises with the issue
    Source:
        Faratin, Sierra & Jennings 1998, section 4.1.

    Example:
        >>> issue_offer(0.25, 10, 20, increasing=True).tolist()
        17.5
    """
    share = np.asarray(alpha)
    return np.asarray(low + (1.0 - share if increasing else share) * (high - low))


@ASPIRATIONS.register("time-dependent", source="Faratin, Sierra & Jennings 1998")
@dataclass(frozen=True)
class TimeDependent(AbstractAspiration):
    """Asks for less as time passes, polynomially: Boulware late, Conceder early.

    exponent: Faratin's beta, above 0: below 1 Boulware, 1 linear, above 1 Conceder
    kappa:    share of the way conceded in the first offer, 0..1

    Raises:  InputError if a setting is out of its range
    Source:  Faratin, Sierra & Jennings 1998, section 4.1.1, on the negotiator's own payoff instead of
             issue by issue; demand = 1 - alpha
    Example:
        >>> float(1 - polynomial(0.5, TimeDependent(exponent=1.0).exponent))
        0.5
    """

    exponent: Setting = 1.0
    kappa: Setting = 0.0

    def __post_init__(self) -> None:
        require("exponent", self.exponent, 0, above=True)
        require("kappa", self.kappa, 0, 1)

    def demand(self, hearing: Hearing) -> Floats:
        """1 - alpha at the present time."""
        return np.broadcast_to(1.0 - polynomial(hearing.time, self.exponent, self.kappa), hearing.best.shape)
