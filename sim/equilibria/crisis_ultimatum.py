"""Take it or fight: a demand made to a side whose cost of war is its own secret."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import Bools, Floats


class UltimatumUnderDoubt(NamedTuple):
    """What A demands, and what it risks; shapes are those that the inputs broadcast to.

    demand: A's demanded share, 0..1
    war:    chance that B fights, 0..1
    value:  A's expected share less cost of war
    low, high: shares acceptable to A and to the toughest B
    """

    demand: Floats
    war: Floats
    value: Floats
    low: Floats
    high: Floats


class UltimatumToTwoTypes(NamedTuple):
    """What A demands of a side that is either tough or soft; shapes are those that the inputs broadcast to.

    demand:   A's demanded share
    war:      chance that B fights, 0..1
    value:    A's expected share less cost of war
    critical: chance of a tough B from which on A demands no more than the tough one gives
    """

    demand: Floats
    war: Floats
    value: Floats
    critical: Floats


@EQUILIBRIA.register("crisis-ultimatum", source="Fearon 1995, Int. Org. 49:379-414, risk-return trade-off")
def crisis_ultimatum(
    power: npt.ArrayLike, cost: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike
) -> UltimatumUnderDoubt:
    """Choose A's demand when B's cost of war is uniform between ``low`` and ``high``.

    The demand is what the toughest B gives, or more: an interior optimum asks for ``power + (high - cost) / 2``.
    Power moves the demand and never the chance of war, until the demand reaches the whole prize.

    Args:
        power: chance that A wins a war, 0..1
        cost:  A's cost of war, 0 or more
        low:   least cost of war B may have, 0 or more
        high:  greatest cost, ``low`` or more
    Returns:
        demand, risk and value; all four inputs broadcast
    Source:  Fearon 1995, p. 394-395
    Example:
        >>> found = crisis_ultimatum(0.5, 0.1, 0.0, 0.4)
        >>> round(float(found.demand), 9), round(float(found.war), 9)
        (0.65, 0.375)
    """
    p, c, least, most = (np.asarray(one, dtype=np.float64) for one in (power, cost, low, high))
    above = np.minimum(np.maximum(least, (most - c) / 2), 1 - p)  # asked beyond what B's power alone would leave
    width = most - least
    war = np.maximum(0.0, above - least) / np.where(width > 0, width, 1.0)
    demand = p + above
    value = (1 - war) * demand + war * (p - c)
    return UltimatumUnderDoubt(demand, war, value, p - c, p + least)


@EQUILIBRIA.register("crisis-ultimatum-two-types", source="Fearon 1995, Int. Org. 49:379-414")
def crisis_ultimatum_two_types(
    power: npt.ArrayLike, cost: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike, tough: npt.ArrayLike
) -> UltimatumToTwoTypes:
    """Choose A's demand when B's cost of war is ``low`` with chance ``tough`` and ``high`` otherwise.

    Args:
        power: chance that A wins a war, 0..1
        cost:  A's cost of war, 0 or more
        low:   cost of a tough B, 0 or more
        high:  cost of a soft B, above ``low``; ``power + high`` at most 1, or the risky demand needs side payments
        tough: chance that B is tough, 0..1
    Returns:
        demand, risk and value; all inputs broadcast
    Source:  Fearon 1995 with two types; indifferent, A demands the safe share
    Example:
        >>> found = crisis_ultimatum_two_types(0.5, 0.1, 0.05, 0.3, 0.4)
        >>> round(float(found.demand), 9), float(found.war), round(float(found.critical), 9)
        (0.8, 0.4, 0.625)
    """
    p, c, least, most, q = (np.asarray(one, dtype=np.float64) for one in (power, cost, low, high, tough))
    critical = (most - least) / (most + c)
    risky: Bools = np.asarray(q < critical)
    war = np.where(risky, q, 0.0)
    demand = np.where(risky, p + most, p + least)
    return UltimatumToTwoTypes(demand, war, (1 - war) * demand + war * (p - c), critical)
