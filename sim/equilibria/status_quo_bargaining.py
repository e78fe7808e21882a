"""Bargaining in the shadow of power: war where the division of benefits lags behind the division of power."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import Floats


class RevisionOffer(NamedTuple):
    """What the satisfied side offers the dissatisfied one; shapes are those that the inputs broadcast to.

    offer: share of the dissatisfied side, the status quo or more
    war:   chance that it fights all the same, 0..1
    value: expected share less cost of war of the satisfied side
    """

    offer: Floats
    war: Floats
    value: Floats


@EQUILIBRIA.register("status-quo-bargaining", source="Powell 1996, World Politics 48:239-267, as one round")
def status_quo_bargaining(
    power: npt.ArrayLike, status_quo: npt.ArrayLike, cost: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike
) -> RevisionOffer:
    """Choose the offer to a dissatisfied side whose cost of war is uniform between ``low`` and ``high``.

    There is no war while benefits match power; beyond, the chance of war rises with the distance between the two,
    and then stays at that of an ultimatum.

    Args:
        power:      chance that the dissatisfied side wins a war, 0..1
        status_quo: its share now, 0..1
        cost:       cost of war of the satisfied side, 0 or more
        low:        least cost of war of the dissatisfied side, 0 or more
        high:       greatest, above ``low``
    Returns:
        offer, risk and value; all inputs broadcast
    Source:  ours: one round of Powell 1996 with a take-it-or-leave-it offer
    Example:
        >>> found = status_quo_bargaining(0.55, 0.5, 0.1, 0.02, 0.3)
        >>> float(found.offer), round(float(found.war), 6)
        (0.5, 0.107143)
    """
    p, q, s, least, most = (np.asarray(one, dtype=np.float64) for one in (power, status_quo, cost, low, high))
    dissatisfied = p - least > q
    below = np.minimum(np.clip((most - s) / 2, least, most), p - q)  # offered below power
    offer = np.where(dissatisfied, p - below, q)
    war = np.where(dissatisfied, np.maximum(0.0, below - least) / np.where(most > least, most - least, 1.0), 0.0)
    return RevisionOffer(offer, war, (1 - war) * (1 - offer) + war * (1 - p - s))
