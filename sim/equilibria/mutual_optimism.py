"""War because both sides expect to win it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import TOLERANCE, Bools, Floats


class OptimismRange(NamedTuple):
    """Shares of A that each side believes better than war; shapes are those that the inputs broadcast to.

    low:  least share A accepts
    high: greatest share B concedes
    """

    low: Floats
    high: Floats

    @property
    def open(self) -> Bools:
        """Whether some share is acceptable to both; a range of one point counts."""
        return np.asarray(self.low <= self.high + TOLERANCE)


@EQUILIBRIA.register("mutual-optimism", source="Blainey 1988, ch. 3; Wittman 1979, J Confl Resol 23:743-763")
def mutual_optimism(
    belief_a: npt.ArrayLike, belief_b: npt.ArrayLike, cost_a: npt.ArrayLike, cost_b: npt.ArrayLike
) -> OptimismRange:
    """Return what each side accepts by its own belief about who wins.

    There is something to bargain over exactly if optimism, the difference of beliefs, does not exceed what war costs
    both. Rational sides with the same evidence do not agree to disagree for ever (``convergence`` follows how battles
    teach them).

    Args:
        belief_a: A's belief that A wins, 0..1
        belief_b: B's belief that A wins, 0..1
        cost_a:   A's cost of war, 0 or more
        cost_b:   B's, 0 or more
    Returns:
        the range; all inputs broadcast
    Source:  Wittman 1979; Fearon 1995, Int. Org. 49:379-414
    Example:
        >>> found = mutual_optimism(0.7, 0.4, 0.1, 0.15)
        >>> round(float(found.low), 9), round(float(found.high), 9), bool(found.open)
        (0.6, 0.55, False)
    """
    p_a, p_b, c_a, c_b = (np.asarray(one, dtype=np.float64) for one in (belief_a, belief_b, cost_a, cost_b))
    return OptimismRange(np.asarray(p_a - c_a), np.asarray(p_b + c_b))
