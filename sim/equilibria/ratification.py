"""Two-level games: a deal that negotiators sign must still pass at home."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import TOLERANCE, Floats


class RatificationOffer(NamedTuple):
    """What A offers a side whose ratifier it does not know; shapes are those that the inputs broadcast to.

    offer: B's share
    fails: chance that the deal is not ratified, 0..1
    gain:  what A expects above its disagreement value
    """

    offer: Floats
    fails: Floats
    gain: Floats


@EQUILIBRIA.register("ratification", source="Iida 1993, J Confl Resol 37:403-426; two-level games: Putnam 1988")
def ratification(disagreement: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike) -> RatificationOffer:
    """Choose A's offer when B's ratifier asks for a share that is uniform between ``low`` and ``high``.

    Args:
        disagreement: A's value without a deal, 0..1
        low:          least share the ratifier may ask for, 0..1
        high:         greatest, ``low`` or more
    Returns:
        offer, risk and gain; all inputs broadcast
    Source:  ours, after Iida 1993: only doubt about the ratifier makes ratification fail
    Example:
        >>> found = ratification(0.3, 0.2, 0.6)
        >>> round(float(found.offer), 9), round(float(found.fails), 9)
        (0.45, 0.375)
    """
    d, least, most = (np.asarray(one, dtype=np.float64) for one in (disagreement, low, high))
    offer = np.clip((1 - d + least) / 2, least, most)
    passes = np.where(most > least, (offer - least) / np.where(most > least, most - least, 1.0), 1.0)
    return RatificationOffer(offer, 1 - passes, passes * (1 - offer - d))


@EQUILIBRIA.register(
    "ratification-floors", source="Schelling 1960, ch. 2; Tarar 2001, J Confl Resol 45:320-340; Nash 1950"
)
def ratification_floors(
    disagreement: tuple[npt.ArrayLike, npt.ArrayLike],
    floors: tuple[npt.ArrayLike, npt.ArrayLike],
    weight: npt.ArrayLike = 0.5,
) -> Floats:
    """Divide a pie of 1 where known ratifiers on both sides set a least share: a floor that binds helps its owner.

    Args:
        disagreement: values without a deal, (A, B), 0..1
        floors:       least shares that pass at home, (A, B), 0..1
        weight:       A's bargaining weight, 0..1
    Returns:
        A's share, NaN where no share passes on both sides; all inputs broadcast
    Source:  weighted Nash 1950 within the shares that pass; the advantage of tied hands: Schelling 1960
    Example:
        >>> float(ratification_floors((0.2, 0.3), (0.6, 0.0)))
        0.6
    """
    d_a, d_b, k_a, k_b, w = (np.asarray(one, dtype=np.float64) for one in (*disagreement, *floors, weight))
    least, most = np.maximum(k_a, d_a), 1 - np.maximum(k_b, d_b)
    free = d_a + w * (1 - d_a - d_b)
    return np.where(least <= most + TOLERANCE, np.clip(free, least, np.maximum(least, most)), np.nan)
