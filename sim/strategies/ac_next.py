"""Taking what is no worse than what one would ask next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import TOLERANCE, Bools, Floats
from sim.strategies.negotiator import ACCEPTANCES, AbstractAcceptance, Hearing
from sim.strategies.ranges import Setting, require


@ACCEPTANCES.register("ac-next", source="Baarslag, Hindriks & Jonker 2013; Faratin et al. 1998")
@dataclass(frozen=True)
class AcNext(AbstractAcceptance):
    """Takes the standing offer if it is at least as good as the offer he would make now.

    factor: multiplies the value of the standing offer, above 0
    gap:    added to it, in payoff

    Raises:  InputError if a setting is out of its range
    Source:  Baarslag, Hindriks & Jonker 2013, AC_next(alpha, beta): alpha u + beta >= u(next)

    Example:
        >>> AcNext().factor, AcNext().gap
        (1.0, 0.0)
    """

    factor: Setting = 1.0
    gap: Setting = 0.0

    def __post_init__(self) -> None:
        require("factor", self.factor, 0, above=True)

    @property
    def plain(self) -> bool:
        """Whether the standing offer counts as it is."""
        return np.ndim(self.factor) == 0 and np.ndim(self.gap) == 0 and self.factor == 1 and self.gap == 0

    def accepts(self, hearing: Hearing, target: Floats) -> Bools:
        """Compare with the next offer, or with the target where he would offer nothing."""
        own = np.where(np.isnan(hearing.next_offer), target, hearing.next_offer)
        return np.asarray(np.asarray(self.factor) * hearing.standing + self.gap >= own - TOLERANCE)
