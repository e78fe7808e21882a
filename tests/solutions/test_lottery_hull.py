"""The lottery hull of two parties."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import ShapeError
from sim.solutions import BargainingProblem, LotteryHull
from sim.table import BargainingTable
from tests.solutions.problems import quick

PAIRS = st.lists(st.tuples(st.integers(-3, 9), st.integers(-3, 9)), min_size=1, max_size=9)


def test_worked_example():
    """Theory's polygon: with d = (1, .5) the ideal is (3.75, 2.6667), not the polygon's own (4, 3)."""
    hull = LotteryHull.of_points([[0, 0], [4, 0], [3, 2], [0, 3]], [1, 0.5])
    assert np.allclose(hull.ideal, [3.75, 8 / 3])
    assert np.allclose(hull.frontier, [[1, 8 / 3], [3, 2], [3.75, 0.5]])


def test_disagreement_outside_the_hull():
    """Points above disagreement in both directions need no point at it: disposal is free."""
    hull = LotteryHull.of_points([[0, 1], [0.6, 0.9], [1, 0.2]], [0.1, 0.1])
    assert np.allclose(hull.ideal, [1, 0.98333333333])


def test_nothing_rational_is_empty():
    """Where no lottery reaches disagreement the frontier is empty and the ideal is disagreement."""
    for fallback in ([0.9, 0.9], [2, 0], [0, 2]):
        hull = LotteryHull.of_points([[1, 0], [0, 1]], fallback)
        assert hull.empty
        assert hull.ideal.tolist() == fallback
    assert LotteryHull.of_points([], [0, 0]).empty


def test_only_disagreement_is_one_point():
    """A hull that touches the rational quadrant at disagreement alone is that point."""
    assert LotteryHull.of_points([[1, 0], [0, 1]], [0.5, 0.5]).frontier.tolist() == [[0.5, 0.5]]
    assert LotteryHull.of_points([[0, 0]], [0, 0]).frontier.tolist() == [[0, 0]]


def test_tolerance_at_the_edge():
    """A point a hair below disagreement counts as rational."""
    assert not LotteryHull.of_points([[1 - 1e-12, 1]], [1, 0]).empty
    assert LotteryHull.of_points([[1 - 1e-6, 1]], [1, 0]).empty


def test_wrong_shapes_are_refused():
    """Points come in pairs."""
    with pytest.raises(ShapeError, match="pair"):
        LotteryHull.of_points([[1, 2, 3]], [0, 0])
    with pytest.raises(ShapeError, match="two signers"):
        LotteryHull.of_table(BargainingTable.of_payoffs(np.ones((3, 2))))


def test_lottery_of_irrational_deals_can_be_rational():
    """Two deals that one side each refuses make a lottery that both accept; a red line is no prize."""
    table = BargainingTable.of_payoffs([[4, -1], [-1, 4]])
    assert LotteryHull.of_table(table).frontier.tolist() == [[0, 3], [3, 0]]
    assert LotteryHull.of_problem(BargainingProblem.of_table(table)).empty
    permitted = table.permitted.copy()
    permitted[0, 1, 1] = False
    assert LotteryHull.of_table(replace(table, permitted=permitted)).empty


@quick
@given(points=PAIRS, fallback=st.tuples(st.integers(-3, 6), st.integers(-3, 6)))
def test_frontier_is_rational_falling_and_above_every_point(points, fallback):
    """Frontier vertices are rational, fall strictly, bend inwards, and no point lies beyond."""
    hull = LotteryHull.of_points(points, fallback)
    frontier = hull.frontier
    assert (frontier >= np.array(fallback) - 1e-12).all()
    steps = np.diff(frontier, axis=0)
    assert (steps[:, 0] > 0).all()
    assert (steps[:, 1] < 0).all()
    assert (np.diff(steps[:, 1] / steps[:, 0]) < 1e-12).all()
    for x, y in points:
        if x >= fallback[0] and y >= fallback[1]:
            assert x <= hull.ideal[0] + 1e-9
            assert y <= np.interp(x, frontier[:, 0], frontier[:, 1]) + 1e-9
