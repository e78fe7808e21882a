"""Power that shifts faster than terms can follow: a promise that will not be kept cannot buy peace."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import Bools, Floats


class ShiftingPower(NamedTuple):
    """Whether peace survives the shift; shapes are those that the inputs broadcast to.

    locked_in: what both can secure by arms, A tomorrow (discounted) and B today; 1 is all there is
    no_peace:  whether that alone rules out peace, whatever the order of offers
    war:       whether B fights today in the game in which A makes all offers and power shifts once
    """

    locked_in: Floats
    no_peace: Bools
    war: Bools


@EQUILIBRIA.register("shifting-power", source="Powell 2006, Int. Org. 60:169-203")
def shifting_power(
    power: npt.ArrayLike,
    later: npt.ArrayLike,
    cost_a: npt.ArrayLike,
    cost_b: npt.ArrayLike,
    delta: npt.ArrayLike,
) -> ShiftingPower:
    """Ask whether a rise of A's power from ``power`` to ``later`` in the next period leaves room for peace today.

    Args:
        power:  chance that A wins a war today, 0..1
        later:  chance from the next period on, 0..1
        cost_a: A's normalised cost of war, 0 or more
        cost_b: B's, 0 or more
        delta:  discount factor per period, in (0, 1)

    Returns:
        both conditions; all inputs broadcast
    Source:  Powell 2006: no peaceful path if ``delta M_A(later) + M_B(today) > 1``, M being what a side can lock in
             by war. Sufficient, not necessary: the exact rule of the game in which A makes all offers,
             ``delta later - power > (1 - delta) cost_b`` (Fearon 1995 in normalised costs), fights more often
    Example:
        >>> found = shifting_power(0.5, 0.6, 0.05, 0.1, 0.95)
        >>> bool(found.no_peace), bool(found.war)
        (False, True)
    """
    p, p_next, c_a, c_b, d = (np.asarray(one, dtype=np.float64) for one in (power, later, cost_a, cost_b, delta))
    locked_in = d * (p_next - c_a) + 1 - p - c_b
    return ShiftingPower(locked_in, np.asarray(locked_in > 1), np.asarray(d * p_next - p > (1 - d) * c_b))
