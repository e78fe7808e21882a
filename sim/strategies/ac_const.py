"""Taking what passes a fixed mark."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import TOLERANCE, Bools, Floats
from sim.strategies.negotiator import ACCEPTANCES, AbstractAcceptance, Hearing
from sim.strategies.ranges import Setting, require


@ACCEPTANCES.register("ac-const", source="Baarslag, Hindriks & Jonker 2013")
@dataclass(frozen=True)
class AcConst(AbstractAcceptance):
    """Takes the standing offer if it passes a fixed mark, whatever he asks for himself.

    mark: share of the way from his floor to his best deal, 0..1

    Raises:  InputError if a setting is out of its range
    Source:  Baarslag, Hindriks & Jonker 2013, AC_const(alpha), with alpha on the scale floor..best
    Example:
        >>> AcConst(mark=0.8).mark
        0.8
    """

    mark: Setting = 0.5

    def __post_init__(self) -> None:
        require("mark", self.mark, 0, 1)

    def accepts(self, hearing: Hearing, target: Floats) -> Bools:
        """Compare with the mark."""
        del target
        mark = hearing.floor + np.asarray(self.mark) * (hearing.best - hearing.floor)
        return np.asarray(hearing.standing >= mark - TOLERANCE)
