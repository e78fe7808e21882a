"""The Kalai-Smorodinsky solution on finite sets."""

import numpy as np
from hypothesis import given

from sim.solutions import BargainingProblem, KalaiSmorodinsky
from tests.solutions.problems import chosen, problem_of, quick, tables


def test_worked_examples():
    """Parts of the ideal gains by hand: (4/7, 5/8) of two parties, (3/5, 4/7, 4/5) of three."""
    assert chosen(KalaiSmorodinsky(), [[1, 9], [3, 8], [5, 6], [6, 4.5], [8, 2], [2, 2]], 1) == [2]
    three = [[1, 9, 3], [4, 6, 5], [6, 3, 6], [5, 5, 2], [3, 7, 4]]
    assert chosen(KalaiSmorodinsky(), three, [1, 2, 1]) == [1]
    assert problem_of(three, [1, 2, 1]).ideal.tolist() == [[5, 7, 5]]


def test_largest_smallest_part_not_the_smallest_spread():
    """(0.90, 0.41) beats (0.40, 0.42), whose parts are nearly equal but smaller."""
    assert chosen(KalaiSmorodinsky(), [[1, 0], [0, 1], [0.4, 0.42], [0.9, 0.41]]) == [3]


def test_of_equal_smallest_parts_the_next_part_decides():
    """Leximin (Imai 1983) prefers (0.5, 0.8) to (0.5, 0.5); the plain rule takes both."""
    points = [[1, 0], [0, 1], [0.5, 0.5], [0.5, 0.8]]
    assert chosen(KalaiSmorodinsky(), points) == [3]
    assert chosen(KalaiSmorodinsky(leximin=False), points) == [2, 3]


def test_ideal_point_uses_the_rational_part_only():
    """The best value in a deal the other party refuses is no ideal: it would select another deal."""
    points = [[100.0, -1.0], [4.0, 4.0], [9.0, 2.5], [2.0, 5.0]]
    assert problem_of(points).ideal.tolist() == [[9.0, 5.0]]
    assert chosen(KalaiSmorodinsky(), points) == [2]  # parts (1, 0.5) against (0.44, 0.8)
    assert chosen(KalaiSmorodinsky(), points[1:]) == [1]


def test_party_that_cannot_gain_drops_out():
    """A party at its disagreement value in every deal does not make all deals tie."""
    assert chosen(KalaiSmorodinsky(), [[0, 1], [0, 3], [0, 2]]) == [1]
    assert chosen(KalaiSmorodinsky(leximin=False), [[0, 1], [0, 3], [0, 2]]) == [1]


def test_disagreement_itself_is_a_deal_when_nobody_can_gain():
    """If the only rational deals give exactly disagreement, they all tie."""
    assert chosen(KalaiSmorodinsky(), [[0, 0], [0, 0], [-1, 5]]) == [0, 1]


@quick
@given(table=tables())
def test_smallest_part_is_as_large_as_possible(table):
    """No feasible deal has a larger smallest part of the ideal gains than the one selected."""
    problem = BargainingProblem.of_table(table)
    scale = np.where(problem.ideal > 0, problem.ideal, np.inf)[:, :, None]
    parts = np.where(np.isinf(scale), 1.0, problem.gains / scale).min(axis=1)
    best = np.where(problem.feasible, parts, -1).max(axis=1)
    found = np.where(KalaiSmorodinsky().ties(problem), parts, -1).max(axis=1)
    assert np.allclose(found, best)
