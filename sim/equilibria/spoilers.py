"""Extremists who attack to make the moderates of the other side doubt their partner."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import TOLERANCE, Bools, Floats


class TrustAfterAttack(NamedTuple):
    """What an attack, or none, says about the partner; shapes are those that the inputs broadcast to.

    attacked: trust after an attack, 0..1
    quiet:    trust after none, 0..1
    critical: strength of a trustworthy partner up to which peace survives an attack
    survives: whether it does
    """

    attacked: Floats
    quiet: Floats
    critical: Floats
    survives: Bools


@EQUILIBRIA.register("spoilers", source="Kydd & Walter 2002, Int. Org. 56:263-296")
def spoilers(
    trust: npt.ArrayLike, strength: npt.ArrayLike, laxity: npt.ArrayLike, needed: npt.ArrayLike
) -> TrustAfterAttack:
    """Update trust in a partner who was expected to hold his extremists back.

    The stronger a trustworthy partner is thought to be, the more an attack tells against him: spoilers succeed
    against strong moderates.

    Args:
        trust:    chance that the partner is trustworthy before, in (0, 1)
        strength: chance that a trustworthy partner prevents attacks, 0..1
        laxity:   chance that an untrustworthy one does, below ``strength``
        needed:   trust without which the deal is off, in (0, 1)

    Returns:
        trust and whether peace survives; all inputs broadcast
    Source:  ours: kernel of Kydd & Walter 2002, Bayes' rule; indifferent, the deal stands
    Example:
        >>> found = spoilers(0.7, 0.5, 0.2, 0.5)
        >>> round(float(found.attacked), 6), round(float(found.critical), 6), bool(found.survives)
        (0.59322, 0.657143, True)
    """
    t, s, s0, k = (np.asarray(one, dtype=np.float64) for one in (trust, strength, laxity, needed))
    attacks = t * (1 - s) + (1 - t) * (1 - s0)
    calm = t * s + (1 - t) * s0
    attacked = t * (1 - s) / np.where(attacks > 0, attacks, 1.0)  # no attack can come: it would prove him false
    quiet = np.where(calm > 0, t * s / np.where(calm > 0, calm, 1.0), t)
    against, with_him = (1 - s0) * k * (1 - t), t * (1 - k)
    lost = np.where(against > 0, -np.inf, 1.0)  # no trust is ever enough, or nothing can be lost
    critical = np.where(with_him > 0, 1 - against / np.where(with_him > 0, with_him, 1.0), lost)
    return TrustAfterAttack(attacked, quiet, critical, np.asarray(attacked >= k - TOLERANCE))
