"""The Pareto frontier."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.solutions import BargainingProblem, pareto, pareto_frontier
from tests.solutions.problems import brute_frontier, problem_of, quick, tables


def indices(points, disagreement=0.0):
    """Frontier of one draw as indices."""
    return np.flatnonzero(pareto_frontier(problem_of(points, disagreement))[0]).tolist()


def test_worked_examples():
    """Frontiers by hand for two and three parties; reservation values cut both ends."""
    assert indices([[1, 9], [3, 8], [5, 6], [6, 4.5], [8, 2], [2, 2]], 1) == [0, 1, 2, 3, 4]
    assert indices([[1, 9, 3], [4, 6, 5], [6, 3, 6], [5, 5, 2], [3, 7, 4]], [1, 2, 1]) == [0, 1, 2, 3, 4]
    points = [[1, 0], [0.93, 0.4], [0.75, 0.52], [0.56, 0.6], [0.45, 0.8], [0, 0.9], [0.6, 0.5], [0.3, 0.3]]
    assert indices(points, [0.5, 0.3]) == [1, 2, 3]
    assert indices(points, [0.8, 0.8]) == []


@pytest.mark.parametrize("parties", [1, 2, 3, 4])
def test_duplicates_are_kept(parties):
    """Deals worth the same to everybody stay on the frontier together."""
    assert indices([[2] * parties, [1] * parties, [2] * parties]) == [0, 2]
    assert indices([[1] * parties] * 5) == [0, 1, 2, 3, 4]


def test_rounding_does_not_dominate():
    """0.1 + 0.2 is not better than 0.3."""
    assert indices([[0.1 + 0.2, 1.0], [0.3, 1.0]]) == [0, 1]
    assert indices([[0.1 + 0.2, 1.0, 1.0], [0.3, 1.0, 1.0]]) == [0, 1]


def test_infeasible_deal_dominates_nothing():
    """A deal that a signer refuses does not push others off the frontier."""
    assert indices([[5, 5, -1], [1, 1, 1]]) == [1]


@quick
@given(table=tables(actors=st.integers(1, 5)))
def test_equals_comparison_of_all_pairs(table):
    """The frontier is the one found by comparing all pairs."""
    problem = BargainingProblem.of_table(table)
    assert (pareto_frontier(problem) == brute_frontier(problem)).all()


@pytest.mark.parametrize("parties", [1, 2, 3, 4])
@pytest.mark.parametrize("deals", [63, 64, 65, 130])
def test_equals_comparison_of_all_pairs_across_word_boundaries(parties, deals, monkeypatch):
    """The bits of the sets are right around multiples of 64, and blocks of draws change nothing."""
    rng = np.random.default_rng(deals)
    gains = rng.integers(0, 8, (7, parties, deals)).astype(float)
    feasible = rng.random((7, deals)) < 0.9
    feasible[0] = False
    feasible[1, 2:] = False
    problem = BargainingProblem(gains, feasible)
    expected = brute_frontier(problem)
    assert (pareto_frontier(problem) == expected).all()
    monkeypatch.setattr(pareto, "_BLOCK_BYTES", 5000)
    assert (pareto_frontier(problem) == expected).all()


def test_striking_out_early_does_not_undo_rounding():
    """Among many deals, too, a difference below the rounding dominates nothing."""
    points = np.full((100, 3), 0.3)
    points[0, 0] = 0.1 + 0.2
    points[50:] -= 0.1
    assert indices(points) == list(range(50))


@pytest.mark.parametrize("parties", [1, 2, 3])
def test_draws_one_by_one_and_together_have_the_same_frontier(parties, monkeypatch):
    """What leaders strike out of one draw by itself is what is dominated, ties and differences of rounding included."""
    rng = np.random.default_rng(parties)
    gains = rng.integers(0, 30, (4, parties, 900)) / 10 + rng.integers(-1, 2, (4, parties, 900)) * 1e-13
    problem = BargainingProblem(gains, rng.random((4, 900)) < [[0.9], [1], [0.05], [0]])
    together = pareto_frontier(problem)
    alone = [pareto_frontier(BargainingProblem(gains[n : n + 1], problem.feasible[n : n + 1]))[0] for n in range(4)]
    monkeypatch.setattr(pareto, "WIDE", 0)
    assert np.array_equal(together, alone)
    assert np.array_equal(together, pareto_frontier(problem))
