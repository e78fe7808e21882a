"""A mediator who knows more: whose word that the other side is weak can be believed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import Floats


@EQUILIBRIA.register("biased-mediator", source="Kydd 2003, Am J Polit Sci 47:597-611")
def biased_mediator(
    dread: npt.ArrayLike,
    error: npt.ArrayLike,
    cost: npt.ArrayLike,
    low: npt.ArrayLike,
    high: npt.ArrayLike,
) -> Floats:
    """Return the least bias towards A at which A can believe a mediator who says "B is weak, press on".

    A mediator who only wants peace always counsels restraint, so his counsel says nothing. One who cares about A's
    share enough tells A to press on exactly when B is weak.

    Args:
        dread: what a war costs the mediator, 0 or more
        error: chance that B is tough though the mediator's information says weak, 0..1
        cost:  A's cost of war, 0 or more
        low:   cost of war of a tough B, 0 or more
        high:  cost of a weak B, above ``low``
    Returns:
        least weight that the mediator puts on A's share; infinite where pressing on does not even pay A
    Source:  ours: kernel of Kydd 2003. A mediator without information of his own adds nothing whatever his bias
             (Fey & Ramsay 2010, World Politics 62:529-560)

    Example:
        >>> round(float(biased_mediator(1.0, 0.1, 0.1, 0.05, 0.3)), 6)
        0.47619
    """
    kappa, eps, c_a, least, most = (np.asarray(one, dtype=np.float64) for one in (dread, error, cost, low, high))
    gain = (1 - eps) * most - eps * c_a - least  # of A from the higher demand, by the mediator's information
    return np.where(gain > 0, kappa * eps / np.where(gain > 0, gain, 1.0), np.inf)
