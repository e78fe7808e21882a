"""The cheapest deal that still is what he asks for."""

from __future__ import annotations

from dataclasses import dataclass

from sim.foundations import TOLERANCE, Floats, Ints
from sim.strategies.negotiator import OFFERINGS, AbstractOffering, Hearing
from sim.strategies.ranges import Setting, require


@OFFERINGS.register("nearest-to-aspiration", source="NegMAS, AspirationNegotiator")
@dataclass(frozen=True)
class NearestToAspiration(AbstractOffering):
    """Proposes the deal with the smallest own payoff that is not below what he asks for.

    slack: how far below the target a deal may lie, in payoff, 0 or more

    Of equal deals the one listed first; his best deal where nothing is that good; silence where there
    is nothing that he may offer.

    Raises:  InputError if a setting is out of its range
    Source:  the usual offering rule of time-dependent agents in GENIUS and NegMAS (there slack = 1e-6)

    Example:
        >>> import numpy as np
        >>> from sim.foundations import Dice
        >>> from sim.table import BargainingTable
        >>> table = BargainingTable.of_payoffs([[1.0, 0.6, 0.3], [0.0, 0.6, 1.0]])
        >>> hearing = Hearing.begin(table, 0, Dice("doc", np.arange(1)))
        >>> NearestToAspiration().offer(hearing, np.array([0.5])).tolist()
        [1]
    """

    slack: Setting = TOLERANCE

    def __post_init__(self) -> None:
        require("slack", self.slack, 0)

    def offer(self, hearing: Hearing, target: Floats) -> Ints:
        """Search the ranking from the target up."""
        return hearing.ranking.nearest(target - self.slack)
