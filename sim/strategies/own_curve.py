"""Taking what one is asking for anyway."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import TOLERANCE, Bools, Floats
from sim.strategies.negotiator import ACCEPTANCES, AbstractAcceptance, Hearing


@ACCEPTANCES.register("own-curve", source="NegMAS, AspirationNegotiator")
@dataclass(frozen=True)
class OwnCurve(AbstractAcceptance):
    """Takes the standing offer if it is worth at least what he asks for now.

    Unlike AC_next he compares with his concession curve and not with the deal he would offer, which on a
    coarse grid may be worth much more.

    Source:  NegMAS 0.16 AspirationNegotiator; indifference counts as a yes
    Example:
        >>> OwnCurve()
        OwnCurve()
    """

    def accepts(self, hearing: Hearing, target: Floats) -> Bools:
        """Compare with the target."""
        return np.asarray(hearing.standing >= target - TOLERANCE)
