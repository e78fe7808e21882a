"""Who gains from a pause: power as a contest between stocks of arms that both sides rebuild."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import Floats


class PowerShift(NamedTuple):
    """A's power before and after a long pause; shapes are those that the inputs broadcast to.

    before: chance that A wins a war today, 0..1
    after:  chance once both have rebuilt, 0..1
    """

    before: Floats
    after: Floats

    @property
    def shift(self) -> Floats:
        """Total shift of power to A that a pause brings, -1..1."""
        return np.asarray(self.after - self.before)


@EQUILIBRIA.register("power-shift", source="Tullock 1980; Hirshleifer 1989, Public Choice 63:101-112")
def power_shift(
    stocks: tuple[npt.ArrayLike, npt.ArrayLike],
    growth: tuple[npt.ArrayLike, npt.ArrayLike],
    skill: tuple[npt.ArrayLike, npt.ArrayLike] = (1.0, 1.0),
    decisiveness: npt.ArrayLike = 1.0,
) -> PowerShift:
    """Compare power before and after both sides add to their stocks.

    Args:
        stocks:       arms of (A, B), above 0, in any one unit
        growth:       what a long pause adds, as a part of the stock, above -1
        skill:        effectiveness of a unit of arms, (A, B), above 0
        decisiveness: exponent s: 0 is a coin toss, large is winner takes all
    Returns:
        power before and after; all inputs broadcast
    Source:  contest success function ``a m_A ** s / (a m_A ** s + b m_B ** s)``, Tullock 1980
    Example:
        >>> round(float(power_shift((6, 5), (0.2, 0.5)).shift), 6)
        -0.055659
    """
    m_a, m_b, g_a, g_b = (np.asarray(one, dtype=np.float64) for one in (*stocks, *growth))
    a, b, s = (np.asarray(one, dtype=np.float64) for one in (*skill, decisiveness))
    odds = np.log(a) - np.log(b) + s * (np.log(m_a) - np.log(m_b))  # a contest is a difference of logarithms
    return PowerShift(np.asarray(expit(odds)), np.asarray(expit(odds + s * (np.log1p(g_a) - np.log1p(g_b)))))
