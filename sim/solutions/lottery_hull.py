"""The lottery hull of two parties: what they can reach when they may also toss coins between deals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from sim.foundations import TOLERANCE, Floats, Registry, ShapeError
from sim.solutions.bargaining_problem import BargainingProblem
from sim.table import BargainingTable


@dataclass(frozen=True)
class LotteryHull:
    """Individually rational Pareto frontier of the convex hull of finitely many points, with free disposal.

    frontier:     (N, 2) its vertices from the second party's best to the first party's best: the first
                  coordinate rises, the second falls; (0, 2) if no lottery is individually rational
    disagreement: (2,) the values of no deal

    One bargaining problem at a time: a hull has a different number of vertices in each draw.

    Raises:  ShapeError if the points are not pairs
    Source:  Andrew 1979, Inf Process Lett 9:216-219 (monotone chain)

    Example:
        >>> hull = LotteryHull.of_points([[0, 0], [4, 0], [3, 2], [0, 3]], [1, 0.5])
        >>> hull.frontier.round(4).tolist(), hull.ideal.round(4).tolist()
        ([[1.0, 2.6667], [3.0, 2.0], [3.75, 0.5]], [3.75, 2.6667])
    """

    frontier: Floats
    disagreement: Floats

    @classmethod
    def of_points(cls, points: object, disagreement: object = (0.0, 0.0)) -> LotteryHull:
        """Build the frontier from points (K, 2) in any order, duplicates allowed."""
        given = np.asarray(points, dtype=float)
        given = given.reshape(-1, 2) if given.size == 0 else given
        fallback = np.asarray(disagreement, dtype=float)
        if given.ndim != 2 or given.shape[1] != 2 or fallback.shape != (2,):
            raise ShapeError(f"a hull takes points (K, 2) and a pair, not {given.shape} and {fallback.shape}")
        chain = _clip(_upper_chain(given), 0, float(fallback[0]))
        chain = _clip(chain[::-1], 1, float(fallback[1]))[::-1]
        return cls(chain, fallback)

    @classmethod
    def of_table(cls, table: BargainingTable, draw: int = 0) -> LotteryHull:
        """Build the frontier over lotteries between the feasible deals of one draw, two signers.

        Deals that cross a red line or lack a needed consent are no prizes of the lottery; deals that
        one side alone refuses are, for a lottery can make up for them.
        """
        signers = np.flatnonzero(table.rule.signers)
        if len(signers) != 2:
            raise ShapeError(f"a lottery hull is for two signers; this table has {len(signers)}")
        one = table.select(np.array([draw]))
        prizes = one.permitted[0, signers].all(axis=0) & one.offerable[0]
        return cls.of_points(one.payoff[0, signers][:, prizes].T, one.disagreement[0, signers])

    @classmethod
    def of_problem(cls, problem: BargainingProblem, draw: int = 0) -> LotteryHull:
        """Build the frontier over lotteries between the feasible deals of one draw, in gains over (0, 0)."""
        return cls.of_points(problem.gains[draw][:, problem.feasible[draw]].T)

    @property
    def empty(self) -> bool:
        """Whether no lottery is individually rational."""
        return len(self.frontier) == 0

    @property
    def ideal(self) -> Floats:
        """(2,) the best of each party over the individually rational part; disagreement if empty."""
        if self.empty:
            return self.disagreement
        return np.array([self.frontier[-1, 0], self.frontier[0, 1]])


def _upper_chain(points: Floats) -> Floats:
    """Pareto frontier of the convex hull: its vertices with the first coordinate rising."""
    order = np.lexsort((points[:, 1], points[:, 0]))
    chain: list[tuple[float, float]] = []
    top = -np.inf
    for x, y in points[order[::-1]].tolist():  # from the first party's best leftwards
        if y <= top:
            continue
        top = y
        while len(chain) > 1 and _turn(chain[-2], chain[-1], (x, y)) <= 0:
            chain.pop()
        chain.append((x, y))
    return np.array(chain[::-1], dtype=float).reshape(-1, 2)


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    """Positive if the way a, b, c turns left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _clip(chain: Floats, axis: int, floor: float) -> Floats:
    """Cut a chain that rises in ``axis`` to the part at or above ``floor``, up to the tolerance."""
    if len(chain) == 0 or chain[0, axis] >= floor:
        return chain
    if chain[-1, axis] <= floor:
        return chain[-1:] if chain[-1, axis] >= floor - TOLERANCE else chain[:0]
    above = int(np.argmax(chain[:, axis] > floor))
    low, high = chain[above - 1], chain[above]
    cut = low + (high - low) * (floor - low[axis]) / (high[axis] - low[axis])
    cut[axis] = floor
    return np.vstack([cut[None], chain[above:]])


HullSolution: TypeAlias = Callable[[LotteryHull], Floats]

#: Solutions on the lottery hull by name: hull -> point (2,), the disagreement point where the hull is empty.
HULL_SOLUTIONS: Registry[HullSolution] = Registry("hull-solution", home="sim.solutions")
