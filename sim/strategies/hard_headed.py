"""A published agent: gives in late, and then what the other seems to want."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.foundations import Floats
from sim.strategies.negotiator import ASPIRATIONS, AbstractAspiration, Hearing
from sim.strategies.ranges import Setting, require
from sim.strategies.time_dependent import polynomial


@ASPIRATIONS.register("hard-headed", source="van Krimpen, Looije & Hajizadeh 2013, Stud Comput Intell 435:223-227")
@dataclass(frozen=True)
class HardHeaded(AbstractAspiration):
    """Asks for nearly everything until shortly before the end, and offers what the others seem to want most.

    exponent: Faratin's beta of the concession, above 0; 0.05 in the paper: half the time gone, nothing is conceded
    least:    what he asks for at the end, share of the way from floor to best, 0..1; 0.585 in the paper

    It takes along an offering rule that learns what the others want from their offers, ``frequency-guided``, and takes
    what is as good as his next offer, ``ac-next``: as he never asks for more again, that is also what is better than
    anything he has offered.

    Raises:  InputError if a setting is out of its range
    Source:  van Krimpen, Looije & Hajizadeh 2013, winner of the Automated Negotiating Agents Competition 2011; our own
             code from the paper. Deviations: the least is 0 by default, as floor is what no deal gives; no exploration
             of equal bids at random, ties go to his own better deal
    Example:
        >>> HardHeaded.companions
        ('frequency-guided', 'ac-next')
    """

    companions: ClassVar[tuple[str, str] | None] = ("frequency-guided", "ac-next")

    exponent: Setting = 0.05
    least: Setting = 0.0

    def __post_init__(self) -> None:
        require("exponent", self.exponent, 0, above=True)
        require("least", self.least, 0, 1)

    def demand(self, hearing: Hearing) -> Floats:
        """1 - (1 - least) t^(1/exponent) at the present time."""
        conceded = polynomial(hearing.time, self.exponent) * (1 - np.asarray(self.least))
        return np.broadcast_to(1.0 - conceded, hearing.best.shape)
