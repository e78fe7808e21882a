"""Concession by the time that has passed, whatever the deadline."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import Floats
from sim.strategies.negotiator import ASPIRATIONS, AbstractAspiration, Hearing
from sim.strategies.ranges import Setting, require


def still_asked(years: Setting, speed: Setting) -> Floats:
    """Return the share still asked for, exp(-speed t).

    Args:
        years:    t, time since the talks began
        speed:    share of what is still asked for that is given up in a year, at first, 0 or more
    Source:
        ours: the exponential family of Faratin, Sierra & Jennings 1998, section 4.1.1, has its end at the deadline;
        here what is left decays at a constant rate, so that the length of the talks does not matter

    Example:
        >>> still_asked(1.0, 2.0).round(6).tolist()
        0.135335
    """
    return np.asarray(np.exp(-np.asarray(speed) * np.asarray(years)))


@ASPIRATIONS.register("elapsed-time", source="ours, after Faratin, Sierra & Jennings 1998")
@dataclass(frozen=True)
class ElapsedTime(AbstractAspiration):
    """Asks for less the longer the talks have lasted, at a constant rate, and knows of no deadline.

    speed: rate a year at which what is still asked for falls, 0 or more: 1 leaves 37 % of it after a year

    Raises:  InputError if a setting is out of its range
    Source:  ours, on the own payoff; see ``still_asked``
    Example:
        >>> float(still_asked(0.5, ElapsedTime(speed=2.0).speed).round(4))
        0.3679
    """

    speed: Setting = 1.5

    def __post_init__(self) -> None:
        require("speed", self.speed, 0)

    def demand(self, hearing: Hearing) -> Floats:
        """What is left of the demand at the present round."""
        years = hearing.round * hearing.table.round_years
        return np.broadcast_to(still_asked(years, self.speed), hearing.best.shape)
