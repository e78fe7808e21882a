"""A prize that cannot be divided: only a lottery can stand in for war."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import TOLERANCE, Bools, Floats


class IndivisiblePrize(NamedTuple):
    """What both sides prefer to war; shapes are those that the inputs broadcast to.

    low, high: chances of winning a lottery, within 0..1, that both prefer to war for A
    to_a:      whether B lets A have the prize without war
    to_b:      whether A lets B have it
    """

    low: Floats
    high: Floats
    to_a: Bools
    to_b: Bools


@EQUILIBRIA.register("indivisible-prize", source="Fearon 1995, Int. Org. 49:379-414; Powell 2006, Int. Org. 60:169-203")
def indivisible_prize(power: npt.ArrayLike, cost_a: npt.ArrayLike, cost_b: npt.ArrayLike) -> IndivisiblePrize:
    """Ask whether an award, or a lottery, of an indivisible prize can replace a war for it.

    A lottery always can as long as war costs anything. So what is wrong with indivisible prizes is that the loser of
    a lottery may still go to war: a problem of commitment (Powell 2006).

    Args:
        power:  chance that A wins a war, 0..1
        cost_a: A's cost of war, 0 or more
        cost_b: B's, 0 or more
    Returns:
        lotteries and awards that both accept; all inputs broadcast
    Source:  Fearon 1995, p. 389-390; indifferent sides keep the peace
    Example:
        >>> found = indivisible_prize(0.1, 0.15, 0.1)
        >>> float(found.low), float(found.high), bool(found.to_a), bool(found.to_b)
        (0.0, 0.2, False, True)
    """
    p, c_a, c_b = (np.asarray(one, dtype=np.float64) for one in (power, cost_a, cost_b))
    low, high = p - c_a, p + c_b
    return IndivisiblePrize(
        np.clip(low, 0.0, 1.0), np.clip(high, 0.0, 1.0), np.asarray(high >= 1 - TOLERANCE), np.asarray(low <= TOLERANCE)
    )
