"""Edge cases of the known answers on cooperative solutions, beyond the vector files."""

import json

import pytest

from tests.known_answers.adapter import answer

POINTS = [[1.0, 0.0], [0.93, 0.4], [0.75, 0.52], [0.56, 0.6], [0.45, 0.8], [0.0, 0.9], [0.6, 0.5], [0.3, 0.3]]


def points_answer(points, reserved):
    """Textbook solutions of one case."""
    found = answer("bargaining_points", {"points": points, "reserved_values": reserved})
    json.dumps(found)
    return found


def test_missing_reservation_value_means_the_minimum():
    """Without a reservation value all points are rational and disagreement is the minimum over all."""
    assert points_answer(POINTS, [None, None]) == points_answer(POINTS, [0.0, 0.0])
    lifted = [[a + 3, b - 7] for a, b in POINTS]
    assert points_answer(lifted, [None, None]) == points_answer(POINTS, [0.0, 0.0])


def test_reservation_value_below_the_minimum_is_used_as_it_is():
    """Disagreement (0, 0) below all points selects another Nash point than the minimum would."""
    points = [[0.2, 0.9], [0.45, 0.55], [0.9, 0.1]]
    assert points_answer(points, [0.0, 0.0])["nash"] == [1]
    assert points_answer(points, [-10.0, -10.0])["nash"] == [0]


def test_duplicates_and_ties_are_all_listed():
    """Equal points and mirror images are told together."""
    found = points_answer([[2, 1], [1, 2], [2, 1], [0, 0]], [0, 0])
    assert all(found[name] == [0, 1, 2] for name in found)


def test_all_points_equal_disagreement():
    """Where nobody can gain every point ties in everything."""
    found = points_answer([[1, 1], [1, 1]], [1, 1])
    assert all(found[name] == [0, 1] for name in found)


@pytest.mark.parametrize("points", [[], [[0.1, 0.9]]])
def test_nothing_rational_is_empty(points):
    """No points, or none at or above the reservation values: empty lists."""
    found = points_answer(points, [0.5, 0.5])
    assert all(found[name] == [] for name in found)


def test_finite_set_without_rational_point():
    """What does not exist is None, sets are empty."""
    found = answer("B3_finite", {"points": [[0, 5]], "d": [1, 1], "weights": None})
    assert found["nash"] is None
    assert found["ideal"] is None
    assert [found[k] for k in ("pareto_ir", "kalai_smorodinsky", "egalitarian", "utilitarian")] == [[]] * 4


def test_finite_set_with_weights():
    """Weights lean the Nash solution and nothing else."""
    case = {"points": [[1, 9], [3, 8], [5, 6], [6, 4.5], [8, 2]], "d": [1, 1]}
    even = answer("B3_finite", {**case, "weights": [0.5, 0.5]})
    lean = answer("B3_finite", {**case, "weights": [0.9, 0.1]})
    assert (even.pop("nash"), lean.pop("nash")) == ([2], [4])
    assert even == lean


def test_hull_without_rational_lottery():
    """On a hull out of reach of disagreement no solution exists."""
    found = answer("B1_two_player_hull", {"points": [[0, 1], [1, 0]], "d": [2, 2], "nash_weight": 0.5})
    assert set(found.values()) == {None}


def test_hull_of_one_repeated_point():
    """A single point, however often listed, is every solution."""
    found = answer("B1_two_player_hull", {"points": [[2, 3]] * 3, "d": [0, 0], "nash_weight": 0.3})
    assert found.pop("utilitarian") == {"sum": 5.0, "argmax": [[2.0, 3.0], [2.0, 3.0]]}
    assert all(point == [2.0, 3.0] for point in found.values())


def test_simplex_beyond_the_pie():
    """Disagreement values that add up to more than the pie leave no solution."""
    found = answer("B2_smooth", {"set": "simplex", "d": [0.7, 0.7], "weights": [0.5, 0.5]})
    assert set(found.values()) == {None}
