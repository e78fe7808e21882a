"""Taking anything bearable once it is late."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import TOLERANCE, Bools, Floats
from sim.strategies.negotiator import ACCEPTANCES, AbstractAcceptance, Hearing
from sim.strategies.ranges import Setting, require


@ACCEPTANCES.register("ac-time", source="Baarslag, Hindriks & Jonker 2013")
@dataclass(frozen=True)
class AcTime(AbstractAcceptance):
    """Takes any standing offer that beats no deal once enough of the talks has passed, nothing before.

    after: share of the talks, 0..1

    Raises:  InputError if a setting is out of its range
    Source:  Baarslag, Hindriks & Jonker 2013, AC_time(T)

    Example:
        >>> AcTime().after
        0.9
    """

    after: Setting = 0.9

    def __post_init__(self) -> None:
        require("after", self.after, 0, 1)

    def accepts(self, hearing: Hearing, target: Floats) -> Bools:
        """Look at the clock."""
        del target
        late = hearing.time >= np.asarray(self.after) - TOLERANCE
        return np.asarray(late & (hearing.standing >= hearing.floor - TOLERANCE))
