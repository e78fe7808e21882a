"""Concession in proportion to the opponent's over a window of moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import Floats
from sim.strategies.negotiator import ASPIRATIONS, Hearing
from sim.strategies.ranges import Setting, require
from sim.strategies.tit_for_tat import MOST_MOVES, AbstractTitForTat, past, require_history


def averaged(own: float, offers: Floats, window: int, low: float, high: float) -> float:
    """Return the next offer on a single issue, y x_{m-g} / x_m.

    Args:
        own:       his own last offer y
        offers:    (m,) the opponent's offers, oldest first, above 0
        window:    g, over how many moves he averages, 1 or more; 1 is the relative tactic with lag 1
        low, high: range of the issue that he negotiates over
    Raises:
        InputError if there are not more offers than the window
    Source:
        Faratin, Sierra & Jennings 1998, section 4.1.3.

    Example:
        >>> averaged(15.0, np.array([30.0, 28.0, 25.0, 24.0]), 1, 10, 20)
        15.625000000000002
    """
    require_history(offers, window)
    return float(np.clip(own * (offers[-1 - window] / offers[-1]), low, high))


@ASPIRATIONS.register("averaged-tit-for-tat", source="Faratin, Sierra & Jennings 1998")
@dataclass(frozen=True)
class AveragedTitForTat(AbstractTitForTat):
    """Concedes in the proportion in which the opponent's offers have moved over a window.

    window: number of the opponent's moves looked back, 1 or more

    Raises:  InputError if a setting is out of its range
    Source:  Faratin, Sierra & Jennings 1998, section 4.1.3; on his own payoff, see AbstractTitForTat
    Example:
        >>> AveragedTitForTat(window=3).window
        3
    """

    window: Setting = 1

    def __post_init__(self) -> None:
        require("window", self.window, 1, MOST_MOVES)

    def answer(self, hearing: Hearing, own: Floats) -> Floats:
        """Own y times the ratio of the offer a window ago to the latest."""
        return np.asarray(own * past(hearing, self.window) / past(hearing, 0))
