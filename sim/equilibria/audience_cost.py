"""Promises made in public: falling short of them costs support at home."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.equilibria.require import require_inside
from sim.foundations import Floats


@EQUILIBRIA.register("audience-cost", source="ours, after Fearon 1994, Am Polit Sci Rev 88:577-592")
def audience_cost(
    least: npt.ArrayLike, promise: npt.ArrayLike, slope: npt.ArrayLike, peace: npt.ArrayLike = 1.0
) -> Floats:
    """Return the least share a side accepts that pays for every point it falls short of its promise.

    Args:
        least:   least acceptable share without an audience
        promise: share promised in public; one below ``least`` binds nobody
        slope:   cost of falling short by a whole pie, 0 or more
        peace:   weight of the time at peace in the value of a document, in (0, 1]; an audience is paid once
    Returns:
        the least acceptable share, between ``least`` and the promise; all inputs broadcast
    Raises:  InputError for a number outside of its range
    Source:  ours: linear audience costs. In a crisis as a war of attrition the side with the steeper costs is less
             likely to back down (Fearon 1994)

    Example:
        >>> round(float(audience_cost(0.43, 0.6, 0.1, 0.3)), 6)
        0.4725
    """
    require_inside("peace", peace, 0.0, math.nextafter(1.0, 2.0))
    x, said, alpha, w = (np.asarray(one, dtype=np.float64) for one in (least, promise, slope, peace))
    return np.where(said > x, (w * x + alpha * said) / (w + alpha), x)
