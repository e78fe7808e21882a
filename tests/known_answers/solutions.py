"""Known answers for cooperative solutions, computed through the public functions of `sim.solutions`."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from sim.foundations import Bools, Floats
from sim.solutions import (
    BargainingProblem,
    Egalitarian,
    Ellipsoid,
    KalaiSmorodinsky,
    LotteryHull,
    Nash,
    Simplex,
    Utilitarian,
    hull_egalitarian,
    hull_equal_area,
    hull_kalai_smorodinsky,
    hull_nash,
    pareto_frontier,
    utilitarian_segment,
)
from sim.table import BargainingTable


def two_player_hull(inputs: dict) -> dict:
    """Solve a two-party problem on its lottery hull; every output is None if nothing is rational."""
    hull = LotteryHull.of_points(inputs["points"], inputs["d"])
    names = ("nash", "ideal", "kalai_smorodinsky", "egalitarian", "utilitarian", "equal_area")
    if hull.empty:
        return dict.fromkeys(names)
    weight = inputs.get("nash_weight")
    ends = utilitarian_segment(hull)
    return {
        "nash": hull_nash(hull, 0.5 if weight is None else weight).tolist(),
        "ideal": hull.ideal.tolist(),
        "kalai_smorodinsky": hull_kalai_smorodinsky(hull).tolist(),
        "egalitarian": hull_egalitarian(hull).tolist(),
        "utilitarian": {"sum": float(ends[1].sum()), "argmax": ends.tolist()},
        "equal_area": hull_equal_area(hull).tolist(),
    }


def smooth(inputs: dict) -> dict:
    """Solve an ellipsoid or a simplex; a simplex without surplus has no solution (None)."""
    weights = inputs.get("weights")
    if inputs["set"] == "ellipsoid":
        ellipsoid = Ellipsoid(np.asarray(inputs["a"], dtype=float))
        return {
            "nash": ellipsoid.nash(weights).tolist(),
            "kalai_smorodinsky": ellipsoid.kalai_smorodinsky().tolist(),
            "egalitarian": ellipsoid.egalitarian().tolist(),
            "utilitarian": ellipsoid.utilitarian().tolist(),
        }
    if inputs["set"] != "simplex":
        raise KeyError(inputs["set"])
    if sum(inputs["d"]) > 1 + 1e-12:
        return {"nash": None, "kalai_smorodinsky": None, "egalitarian": None}
    simplex = Simplex(np.asarray(inputs["d"], dtype=float))
    return {
        "nash": simplex.nash(weights).tolist(),
        "kalai_smorodinsky": simplex.kalai_smorodinsky().tolist(),
        "egalitarian": simplex.egalitarian().tolist(),
    }


def finite(inputs: dict) -> dict:
    """Solve a finite set without lotteries; all ties are listed, Nash is None where undefined."""
    fallback = np.asarray(inputs["d"], dtype=float)
    problem = _problem(_points(inputs["points"], len(fallback)), fallback)
    weights = inputs.get("weights")
    nash = _indices(Nash(weights=None if weights is None else tuple(weights)).ties(problem))
    return {
        "pareto_ir": _indices(pareto_frontier(problem)),
        "ideal": (fallback + problem.ideal[0]).tolist() if problem.feasible.any() else None,
        "nash": nash or None,
        "kalai_smorodinsky": _indices(KalaiSmorodinsky().ties(problem)),
        "egalitarian": _indices(Egalitarian().ties(problem)),
        "utilitarian": _indices(Utilitarian().ties(problem)),
    }


def bargaining_points(inputs: dict) -> dict:
    """Return textbook solutions as point indices; without a reservation value, disagreement is the minimum.

    The textbook maximises over the frontier the product, the smallest gain and the smallest part of the
    ideal gain as they stand: products of zero tie and smallest gains are not refined by leximin.
    """
    reserved = inputs["reserved_values"]
    points = _points(inputs["points"], len(reserved))
    lowest = points.min(axis=0, initial=math.inf)
    unset = [value is None or float(value) == -math.inf for value in reserved]
    fallback = np.array(
        [low if none else float(value) for low, none, value in zip(lowest, unset, reserved, strict=True)]
    )
    problem = _problem(points, fallback)
    frontier = pareto_frontier(problem)
    efficient = problem.within(frontier)
    return {
        "pareto_point_indices": _indices(frontier),
        "nash": _indices(Nash(strict=False).ties(efficient)),
        "kalai": _indices(Egalitarian(leximin=False).ties(efficient)),
        "ks": _indices(KalaiSmorodinsky(leximin=False).ties(efficient)),
        "max_welfare": _indices(Utilitarian().ties(efficient)),
    }


def _points(points: list[list[float]], parties: int) -> Floats:
    """Points (K, A), also when there are none."""
    return np.asarray(points, dtype=float).reshape(len(points), parties)


def _problem(points: Floats, fallback: Floats) -> BargainingProblem:
    """The bargaining problem of a table whose deals are the points."""
    return BargainingProblem.of_table(BargainingTable.of_payoffs(points.T, fallback))


def _indices(ties: Bools) -> list[int]:
    """Marked deals of the only draw."""
    return [int(deal) for deal in np.flatnonzero(ties[0])]


ANSWERS: dict[str, Callable[[dict], dict]] = {
    "B1_two_player_hull": two_player_hull,
    "B2_smooth": smooth,
    "B3_finite": finite,
    "bargaining_points": bargaining_points,
}
