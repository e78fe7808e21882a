"""No concession at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import Floats
from sim.strategies.negotiator import ASPIRATIONS, AbstractAspiration, Hearing


@ASPIRATIONS.register("hard-liner", source="GENIUS and NegMAS, under the names hard-headed and tough")
@dataclass(frozen=True)
class HardLiner(AbstractAspiration):
    """Asks for his best deal to the end.

    Source:  folklore of negotiating agents; a Boulware as its exponent goes to 0
    Example:
        >>> HardLiner()
        HardLiner()
    """

    def demand(self, hearing: Hearing) -> Floats:
        """1, always."""
        return np.ones_like(hearing.best)
