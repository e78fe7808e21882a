"""Concession by the same amount as the opponent's, with a little noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import Floats
from sim.strategies.negotiator import ASPIRATIONS, Hearing
from sim.strategies.ranges import Setting, require
from sim.strategies.tit_for_tat import MOST_MOVES, AbstractTitForTat, past, require_history


def random_absolute(
    own: float, offers: Floats, lag: int, noise: float, *, low: float, high: float, increasing: bool
) -> float:
    """Return the next offer on a single issue, y + (x_{m-d} - x_{m-d+1}) + (-1)^s R.

    Args:
        own:        his own last offer y
        offers:     (m,) the opponent's offers, oldest first
        lag:        d, how many moves back he answers, 1 or more
        noise:      R, drawn by the caller, 0 or more
        low, high:  range of the issue that he negotiates over
        increasing: whether his own value rises with the issue (s = 1)

    Raises:
        InputError if there are not more offers than the lag
    Source:
        Faratin, Sierra & Jennings 1998, section 4.1.3.

    Example:
        >>> random_absolute(15.0, np.array([25.0, 24.0]), 1, 2.0, low=10, high=20, increasing=True)
        14.0
    """
    require_history(offers, lag)
    sign = -1.0 if increasing else 1.0
    return float(np.clip(own + (offers[-1 - lag] - offers[-lag]) + sign * noise, low, high))


@ASPIRATIONS.register("random-absolute-tit-for-tat", source="Faratin, Sierra & Jennings 1998")
@dataclass(frozen=True)
class RandomAbsoluteTitForTat(AbstractTitForTat):
    """Concedes as much as the opponent did, and a random amount more.

    lag:    how many of the opponent's moves back he answers, 1 or more
    spread: largest extra concession, share of the range of his payoffs, 0..1

    Raises:  InputError if a setting is out of its range
    Source:  Faratin, Sierra & Jennings 1998, section 4.1.3; on his own payoff (an issue whose value
             rises), the extra uniform on 0..spread instead of on whole numbers 0..M
    Example:
        >>> RandomAbsoluteTitForTat().spread
        0.05
    """

    lag: Setting = 1
    spread: Setting = 0.05

    def __post_init__(self) -> None:
        require("lag", self.lag, 1, MOST_MOVES)
        require("spread", self.spread, 0, 1)

    def answer(self, hearing: Hearing, own: Floats) -> Floats:
        """Own y plus the difference of two successive offers, less a random amount."""
        lag = np.asarray(self.lag)
        noise = np.asarray(self.spread) * hearing.uniform("random-absolute-tit-for-tat")
        return np.asarray(own + (past(hearing, lag) - past(hearing, lag - 1)) - noise[:, None])
