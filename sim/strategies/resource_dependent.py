"""Concession as a resource runs out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import Floats
from sim.strategies.negotiator import ASPIRATIONS, AbstractAspiration, Hearing
from sim.strategies.ranges import Setting, require


def scarcity(resource: Setting, kappa: Setting = 0.0) -> Floats:
    """Return the share conceded, kappa + (1 - kappa) exp(-resource).

    Args:
        resource: what is left, 0 or more, in units of which one lasts
        kappa:    share conceded while there is plenty, 0..1
    Source:
        Faratin, Sierra & Jennings 1998, section 4.1.2.

    Example:
        >>> scarcity(1.0, 0.25).round(6).tolist()
        0.52591
    """
    share = np.asarray(kappa)
    return np.asarray(share + (1.0 - share) * np.exp(-np.asarray(resource)))


@ASPIRATIONS.register("resource-dependent", source="Faratin, Sierra & Jennings 1998")
@dataclass(frozen=True)
class ResourceDependent(AbstractAspiration):
    """Asks for less as the time left, counted as a resource, runs out.

    resource: amount there is at the start, 0 or more; it falls in a straight line to 0
    kappa:    share of the way conceded while there is plenty, 0..1

    Raises:  InputError if a setting is out of its range
    Source:  Faratin, Sierra & Jennings 1998, section 4.1.2, with the remaining time as the resource
    Example:
        >>> ResourceDependent(resource=4.0).kappa
        0.0
    """

    resource: Setting = 5.0
    kappa: Setting = 0.0

    def __post_init__(self) -> None:
        require("resource", self.resource, 0)
        require("kappa", self.kappa, 0, 1)

    def demand(self, hearing: Hearing) -> Floats:
        """1 - alpha with what is left now."""
        left = np.asarray(self.resource) * (1.0 - min(hearing.time, 1.0))
        return np.broadcast_to(1.0 - scarcity(left, self.kappa), hearing.best.shape)
