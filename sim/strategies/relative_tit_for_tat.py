"""Concession in proportion to the opponent's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import Floats
from sim.strategies.negotiator import ASPIRATIONS, Hearing
from sim.strategies.ranges import Setting, require
from sim.strategies.tit_for_tat import MOST_MOVES, AbstractTitForTat, past, require_history


def relative(own: float, offers: Floats, lag: int, low: float, high: float) -> float:
    """Return the next offer on a single issue, y x_{m-d} / x_{m-d+1}.

    Args:
        own:       his own last offer y
        offers:    (m,) the opponent's offers, oldest first, above 0
        lag:       d, how many moves back he answers, 1 or more
        low, high: range of the issue that he negotiates over
    Raises:
        InputError if there are not more offers than the lag
    Source:
        Faratin, Sierra & Jennings 1998, section 4.1.3; the paper counts both sides' moves in one index.

    Example:
        >>> relative(15.0, np.array([30.0, 28.0, 25.0, 24.0]), 1, 10, 20)
        15.625000000000002
    """
    require_history(offers, lag)
    return float(np.clip(own * (offers[-1 - lag] / offers[-lag]), low, high))


@ASPIRATIONS.register("relative-tit-for-tat", source="Faratin, Sierra & Jennings 1998")
@dataclass(frozen=True)
class RelativeTitForTat(AbstractTitForTat):
    """Concedes in the same proportion as the opponent did some moves ago.

    lag: how many of the opponent's moves back he answers, 1 or more

    Raises:  InputError if a setting is out of its range
    Source:  Faratin, Sierra & Jennings 1998, section 4.1.3; on his own payoff, see AbstractTitForTat
    Example:
        >>> RelativeTitForTat(lag=2).lag
        2
    """

    lag: Setting = 1

    def __post_init__(self) -> None:
        require("lag", self.lag, 1, MOST_MOVES)

    def answer(self, hearing: Hearing, own: Floats) -> Floats:
        """Own y times the ratio of two successive offers."""
        lag = np.asarray(self.lag)
        return np.asarray(own * past(hearing, lag) / past(hearing, lag - 1))
