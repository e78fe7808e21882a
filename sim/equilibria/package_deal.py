"""Several issues on the table at once: one offer settles them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import Floats


@dataclass(frozen=True, slots=True)
class PackageDeal:
    """How two sides share issues that are settled together.

    shares: (I,) A's share of each issue, 0..1; at most one issue is split
    values: (2,) what the deal is worth to A and to B
    """

    shares: Floats
    values: Floats


#: Impatience below which the advantage of speaking first is less than what rounding does to it.
_AS_GOOD_AS_1: Final = 1e-8


@dataclass(frozen=True, slots=True)
class PackageOffers:
    """What each side proposes, and the other accepts.

    first:  proposal of A
    second: proposal of B
    """

    first: PackageDeal
    second: PackageDeal


@EQUILIBRIA.register(
    "package-deal", source="Rubinstein 1982 on the frontier of all issues; Inderst 2000, Games Econ Behav 30:64-73"
)
def package_deal(values_a: npt.ArrayLike, values_b: npt.ArrayLike, delta: float) -> PackageOffers:
    """Alternate offers over all issues together; each side proposes the efficient deal that the other just accepts.

    Args:
        values_a: (I,) worth of each whole issue to A, 0 or more; shares of an issue are worth in proportion
        values_b: (I,) worth to B, 0 or more; each issue is worth something to somebody
        delta:    discount factor per round, above 0 and at most 1, the same for both; 1 is the limit
    Returns:
        both proposals
    Source:  Rubinstein 1982, Econometrica 50; the frontier is piecewise linear, so the fixed point is exact
    Example:
        >>> found = package_deal([3, 1], [1, 3], 0.9)
        >>> found.first.values.round(4).tolist()
        [3.0769, 2.7692]
    """
    a, b = np.asarray(values_a, dtype=np.float64), np.asarray(values_b, dtype=np.float64)
    if 1 - delta < _AS_GOOD_AS_1:
        limit = package_deal_limit(a, b)
        return PackageOffers(limit, limit)
    mine, theirs = _frontier(a, b)  # corners, A's worth rising
    # A asks for x where B keeps delta times what B's own proposal, worth delta x to A, would leave B.
    bends = np.union1d(mine, np.minimum(mine / delta, mine[-1]))
    gap = np.interp(bends, mine, theirs) - delta * np.interp(delta * bends, mine, theirs)  # falls, linear between
    asked = float(np.interp(0.0, -gap, bends))
    return PackageOffers(_deal(a, b, asked), _deal(a, b, delta * asked))


@EQUILIBRIA.register(
    "package-deal-limit", source="Binmore, Rubinstein & Wolinsky 1986, Rand J Econ 17:176-188; Nash 1950"
)
def package_deal_limit(values_a: npt.ArrayLike, values_b: npt.ArrayLike, weight: float = 0.5) -> PackageDeal:
    """Settle all issues at the weighted Nash point, which packages approach as rounds follow without delay.

    Args:
        values_a: (I,) worth of each whole issue to A, 0 or more
        values_b: (I,) worth to B, 0 or more
        weight:   A's bargaining weight, 0..1
    Returns:
        the deal
    Source:  limit of ``package_deal``. Issues go to A in the order of A's worth over B's until the product is greatest
    Example:
        >>> package_deal_limit([3, 1], [1, 3]).shares.tolist()
        [1.0, 0.0]
    """
    a, b = np.asarray(values_a, dtype=np.float64), np.asarray(values_b, dtype=np.float64)
    mine, theirs = _frontier(a, b)
    best = (-np.inf, 0.0)
    for k in range(a.size):  # on the edge from corner k: worths mine[k] + s da and theirs[k] - s db
        da, db = mine[k + 1] - mine[k], theirs[k] - theirs[k + 1]
        s = 1.0 if db == 0 else 0.0 if da == 0 else weight * theirs[k] / db - (1 - weight) * mine[k] / da
        s = min(max(s, 0.0), 1.0)
        point = mine[k] + s * da, theirs[k] - s * db
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.log(point)
        score = float(sum(w * log for w, log in zip((weight, 1 - weight), logs, strict=True) if w > 0))
        best = max(best, (score, float(point[0])))
    return _deal(a, b, best[1])


def _order(a: Floats, b: Floats) -> npt.NDArray[np.intp]:
    """Issues in the order in which they go to A: most worth to A for what they cost B."""
    return np.argsort(np.arctan2(b, a), kind="stable")


def _frontier(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Worth to A and to B at the corners of the efficient frontier: (I + 1,) each, A's rising."""
    order = _order(a, b)
    mine = np.concatenate([[0.0], np.cumsum(a[order])])
    return mine, np.asarray(b.sum() - np.concatenate([[0.0], np.cumsum(b[order])]))


def _deal(a: Floats, b: Floats, worth: float) -> PackageDeal:
    """The efficient deal that is worth so much to A."""
    shares = np.zeros(a.size)
    left = worth
    for issue in _order(a, b):
        shares[issue] = min(max(left / a[issue], 0.0), 1.0) if a[issue] > 0 else 0.0
        left -= shares[issue] * a[issue]
    return PackageDeal(shares, np.array([a @ shares, b @ (1 - shares)]))
