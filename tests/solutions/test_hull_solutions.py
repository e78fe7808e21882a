"""Solutions on the lottery hull."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.foundations import InputError
from sim.solutions import (
    HULL_SOLUTIONS,
    LotteryHull,
    hull_egalitarian,
    hull_equal_area,
    hull_kalai_smorodinsky,
    hull_nash,
    hull_utilitarian,
    utilitarian_segment,
)
from tests.solutions.problems import quick

EVERY = pytest.mark.parametrize("name", HULL_SOLUTIONS.names)
PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=8)
POLYGON = LotteryHull.of_points([[0, 0], [4, 0], [3, 2], [0, 3]])


def test_worked_polygon():
    """Theory's polygon with d = 0: Nash (3, 2), KS (36/13, 27/13), egalitarian 9/4, equal area."""
    assert hull_nash(POLYGON).tolist() == [3, 2]
    assert np.allclose(hull_kalai_smorodinsky(POLYGON), [36 / 13, 27 / 13])
    assert np.allclose(hull_egalitarian(POLYGON), [2.25, 2.25])
    assert np.allclose(hull_equal_area(POLYGON), [17 / 6, 37 / 18])
    assert utilitarian_segment(POLYGON).tolist() == [[3, 2], [3, 2]]


def test_worked_three_deals():
    """Three deals, d = (.1, .1), weight .6: values computed independently."""
    hull = LotteryHull.of_points([[0, 1], [0.6, 0.9], [1, 0.2]], [0.1, 0.1])
    assert np.allclose(hull_nash(hull, 0.6), [0.6742857142857143, 0.77], atol=1e-9)
    assert np.allclose(hull_kalai_smorodinsky(hull), [0.7132203389830511, 0.7018644067796613], atol=1e-9)
    assert np.allclose(hull_egalitarian(hull), 0.7090909090909094, atol=1e-9)
    assert np.allclose(hull_equal_area(hull), [0.6950248756218906, 0.7337064676616913], atol=1e-9)


def test_flat_edge_is_utilitarian_as_a_whole():
    """On u1 + u2 = 2 both ends are told and the middle is the point."""
    hull = LotteryHull.of_points([[0, 2], [0.3, 1.7], [2, 0], [0.1, 0.1]])
    assert np.allclose(utilitarian_segment(hull), [[0, 2], [2, 0]])
    assert np.allclose(hull_utilitarian(hull), [1, 1])


def test_ray_that_misses_the_frontier_ends_at_its_nearest_end():
    """Where equal gains could be improved for one side alone, the leximin of gains is returned."""
    assert hull_egalitarian(LotteryHull.of_points([[5, 1], [6, 0.5]])).tolist() == [5, 1]
    assert hull_egalitarian(LotteryHull.of_points([[1, 5], [0.5, 6]])).tolist() == [1, 5]


def test_nash_on_a_line_splits_by_weight():
    """On u1 + u2 = 1 the weighted solution is d + w (1 - sum d); weights 0 and 1 are its ends."""
    hull = LotteryHull.of_points([[0, 1], [1, 0]], [0.1, 0.2])
    for weight in (0.0, 0.2, 0.5, 1.0):
        assert np.allclose(hull_nash(hull, weight), [0.1 + weight * 0.7, 0.2 + (1 - weight) * 0.7])


def test_weight_out_of_range_is_refused():
    """The weight of the first party lies between 0 and 1."""
    with pytest.raises(InputError, match="weight"):
        hull_nash(POLYGON, 1.5)


@EVERY
def test_degenerate_hulls(name):
    """An empty hull gives disagreement, a single point itself, a party that cannot gain the other's best."""
    solve = HULL_SOLUTIONS[name]
    assert solve(LotteryHull.of_points([[1, 0], [0, 1]], [3, 4])).tolist() == [3, 4]
    assert solve(LotteryHull.of_points([[2, 2], [2, 2], [1, 1]], [0, 1])).tolist() == [2, 2]
    assert solve(LotteryHull.of_points([[0, 1], [0, 5]])).tolist() == [0, 5]
    assert solve(LotteryHull.of_points([[0, 0]])).tolist() == [0, 0]


@EVERY
@quick
@given(points=PAIRS)
def test_efficient_symmetric_and_rational(name, points):
    """The point lies on the frontier, and swapping the parties swaps its coordinates."""
    hull = LotteryHull.of_points(points)
    x, y = HULL_SOLUTIONS[name](hull)
    assert y == pytest.approx(np.interp(x, hull.frontier[:, 0], hull.frontier[:, 1]))
    assert x <= hull.ideal[0] + 1e-9
    swapped = LotteryHull.of_points([[b, a] for a, b in points])
    assert np.allclose(HULL_SOLUTIONS[name](swapped), [y, x])


@pytest.mark.parametrize("name", ["nash", "kalai-smorodinsky", "equal-area"])
@quick
@given(points=PAIRS, scale=st.tuples(st.integers(1, 9), st.integers(1, 9)))
def test_scale_invariant_where_the_axiom_says_so(name, points, scale):
    """Measuring each party's value in other units moves the point along."""
    point = HULL_SOLUTIONS[name](LotteryHull.of_points(points))
    moved = HULL_SOLUTIONS[name](LotteryHull.of_points(np.array(points) * scale))
    assert np.allclose(moved, point * scale)


@quick
@given(points=PAIRS, weight=st.sampled_from([0.2, 0.5, 0.7]))
def test_nash_beats_every_lottery_on_a_fine_grid(points, weight):
    """No point of the frontier has a larger weighted product of gains."""
    hull = LotteryHull.of_points(points)
    best = np.prod(hull_nash(hull, weight) ** [weight, 1 - weight])
    x = np.linspace(hull.frontier[0, 0], hull.frontier[-1, 0], 101)
    y = np.interp(x, hull.frontier[:, 0], hull.frontier[:, 1])
    assert best >= (x**weight * y ** (1 - weight)).max() - 1e-9


@quick
@given(points=PAIRS)
def test_equal_area_halves_the_area(points):
    """The areas on both sides of the segment are equal."""
    hull = LotteryHull.of_points(points)
    assume(len(hull.frontier) > 1)
    x, y = hull_equal_area(hull)
    grid = np.r_[0.0, np.sort(np.r_[hull.frontier[:, 0], x])]
    height = np.interp(grid, hull.frontier[:, 0], hull.frontier[:, 1])
    total = np.trapezoid(height, grid)
    under = np.trapezoid(height[grid >= x], grid[grid >= x]) + x * y / 2
    assert under == pytest.approx(total / 2)
