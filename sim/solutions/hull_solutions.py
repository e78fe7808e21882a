"""Two-party solutions on the lottery hull, in closed form along its edges."""

from __future__ import annotations

import numpy as np

from sim.foundations import Floats, InputError
from sim.solutions.lottery_hull import HULL_SOLUTIONS, LotteryHull
from sim.solutions.ties import TIE


@HULL_SOLUTIONS.register(
    "nash", source="Nash 1950, Econometrica 18:155-162; weights: Kalai 1977, Int J Game Theory 6:129-133"
)
def hull_nash(hull: LotteryHull, weight: float = 0.5) -> Floats:
    """Maximises gain_1 ** weight * gain_2 ** (1 - weight) over the lottery hull: (2,).

    Raises:  InputError if the weight of the first party is outside 0..1
    Example:
        >>> hull_nash(LotteryHull.of_points([[0, 0], [4, 0], [3, 2], [0, 3]])).tolist()
        [3.0, 2.0]
    """
    if not 0 <= weight <= 1:
        raise InputError(f"the Nash weight of the first party must lie in 0..1, not {weight}")
    frontier = hull.frontier
    if len(frontier) < 2:
        return _only_point(hull)
    if weight in {0, 1}:
        return np.array(frontier[-1 if weight else 0])
    start, step = frontier[:-1], np.diff(frontier, axis=0)
    gain = start - hull.disagreement
    dx, dy = step.T
    # First-order condition of the log product along start + t step, clipped to the edge.
    best = -(weight * dx * gain[:, 1] + (1 - weight) * dy * gain[:, 0]) / (dx * dy)
    points = start + np.clip(best, 0, 1)[:, None] * step
    gains = np.maximum(points - hull.disagreement, 0)
    return np.asarray(points[int(np.argmax(gains[:, 0] ** weight * gains[:, 1] ** (1 - weight)))])


@HULL_SOLUTIONS.register("kalai-smorodinsky", source="Kalai & Smorodinsky 1975, Econometrica 43:513-518")
def hull_kalai_smorodinsky(hull: LotteryHull) -> Floats:
    """Follows the ray from disagreement to the ideal point until it leaves the lottery hull: (2,).

    The ideal point is taken over the individually rational part.

    Example:
        >>> hull = LotteryHull.of_points([[0, 0], [4, 0], [3, 2], [0, 3]])
        >>> (13 * hull_kalai_smorodinsky(hull)).round(9).tolist()
        [36.0, 27.0]
    """
    return _where_ray_leaves(hull, hull.ideal - hull.disagreement)


@HULL_SOLUTIONS.register("egalitarian", source="Kalai 1977, Econometrica 45:1623-1630")
def hull_egalitarian(hull: LotteryHull) -> Floats:
    """Follows the ray of equal gains until it leaves the lottery hull: (2,).

    Where that happens at a point that one side could improve for nothing, the nearest end of the frontier
    is returned, which is the leximin of gains.

    Example:
        >>> hull_egalitarian(LotteryHull.of_points([[0, 0], [4, 0], [3, 2], [0, 3]])).tolist()
        [2.25, 2.25]
    """
    return _where_ray_leaves(hull, np.ones(2))


@HULL_SOLUTIONS.register("utilitarian", source="Harsanyi 1955, J Polit Econ 63:309-321")
def hull_utilitarian(hull: LotteryHull) -> Floats:
    """Returns the middle of the frontier's part with the largest sum of values: (2,).

    The solution is a set; `utilitarian_segment` returns its ends.

    Example:
        >>> hull_utilitarian(LotteryHull.of_points([[0, 2], [2, 0]])).tolist()
        [1.0, 1.0]
    """
    return np.asarray(utilitarian_segment(hull).mean(axis=0))


def utilitarian_segment(hull: LotteryHull) -> Floats:
    """Return both ends (2, 2) of the set of largest sums, first coordinate rising; equal if it is a point.

    Example:
        >>> utilitarian_segment(LotteryHull.of_points([[0, 2], [2, 0]])).tolist()
        [[0.0, 2.0], [2.0, 0.0]]
    """
    if hull.empty:
        return np.array([hull.disagreement, hull.disagreement])
    total = hull.frontier.sum(axis=1)
    best = float(total.max())
    # An edge whose ends tie is a set of maximisers; rounding in clipped ends calls for the tolerance.
    tied = np.flatnonzero(total >= best - TIE * max(1.0, abs(best)))
    return np.asarray(hull.frontier[[tied[0], tied[-1]]])


@HULL_SOLUTIONS.register("equal-area", source="Anbarci & Bigelow 1994, Math Soc Sci 28:133-142")
def hull_equal_area(hull: LotteryHull) -> Floats:
    """Finds the frontier point whose segment from disagreement halves the area between both: (2,).

    The area is that of the individually rational points with free disposal. It grows linearly along each
    edge, so the point is exact; no root finding is needed.

    Example:
        >>> hull_equal_area(LotteryHull.of_points([[0, 0], [4, 0], [3, 2], [0, 3]])).round(5).tolist()
        [2.83333, 2.05556]
    """
    if len(hull.frontier) < 2:
        return _only_point(hull)
    gains = hull.frontier - hull.disagreement
    before = gains[0, 0] * gains[0, 1] / 2  # triangle under the flat top, left of the frontier
    after = gains[-1, 0] * gains[-1, 1] / 2
    edges = (gains[1:, 0] * gains[:-1, 1] - gains[:-1, 0] * gains[1:, 1]) / 2
    swept = before + np.r_[0.0, np.cumsum(edges)]
    half = (swept[-1] + after) / 2
    edge = int(np.clip(np.searchsorted(swept, half) - 1, 0, len(edges) - 1))
    share = float(np.clip((half - swept[edge]) / edges[edge], 0, 1)) if edges[edge] > 0 else 0.0
    start, end = hull.frontier[edge], hull.frontier[edge + 1]
    return np.asarray(start + share * (end - start))


def _only_point(hull: LotteryHull) -> Floats:
    """The single point of the frontier, or disagreement if there is none."""
    return np.array(hull.disagreement if hull.empty else hull.frontier[0])


def _where_ray_leaves(hull: LotteryHull, direction: Floats) -> Floats:
    """The frontier point on the ray from disagreement, or the frontier's end nearest to the ray."""
    if len(hull.frontier) < 2:
        return _only_point(hull)
    gains = hull.frontier - hull.disagreement
    side = gains[:, 0] * direction[1] - gains[:, 1] * direction[0]  # rises along the frontier, 0 on the ray
    if side[0] >= 0:
        return np.array(hull.frontier[0])
    if side[-1] <= 0:
        return np.array(hull.frontier[-1])
    after = int(np.argmax(side > 0))
    share = -side[after - 1] / (side[after] - side[after - 1])
    start, end = hull.frontier[after - 1], hull.frontier[after]
    return np.asarray(start + share * (end - start))
