"""Waiting for better until late, then taking the best one may still hope for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import TOLERANCE, Bools, Floats
from sim.strategies.ac_next import AcNext
from sim.strategies.negotiator import ACCEPTANCES, AbstractAcceptance, Hearing
from sim.strategies.ranges import Setting, require


@ACCEPTANCES.register("ac-combi", source="Baarslag, Hindriks & Jonker 2013")
@dataclass(frozen=True)
class AcCombi(AbstractAcceptance):
    """Takes what AC_next takes; late in the talks also what is no worse than the best lately heard.

    after: share of the talks from which the second condition counts, 0..1

    With r of the talks left, "lately" is the window of the same length r before now; the opponents are
    expected to offer in the time left no better than they did in the time just gone.

    Raises:  InputError if a setting is out of its range
    Source:  Baarslag, Hindriks & Jonker 2013, AC_combi(T, MAX^W)

    Example:
        >>> AcCombi().after
        0.8
    """

    after: Setting = 0.8

    def __post_init__(self) -> None:
        require("after", self.after, 0, 1)

    def accepts(self, hearing: Hearing, target: Floats) -> Bools:
        """AC_next, or late and at least the best of the window (the standing offer is part of it)."""
        late = hearing.time >= np.asarray(self.after) - TOLERANCE
        if not late.any():
            return AcNext().accepts(hearing, target)
        window = 2.0 * hearing.time - 1.0 - TOLERANCE
        best = np.full(hearing.best.shape, -np.inf)
        for moment, heard in zip(reversed(hearing.moments), reversed(hearing.heard), strict=True):
            if moment < window:
                break
            best = np.fmax(best, np.fmax.reduce(heard, axis=1))
        hopeful = (hearing.standing >= best - TOLERANCE) & (hearing.standing >= hearing.floor - TOLERANCE)
        return np.asarray(AcNext().accepts(hearing, target) | (late & hopeful))
