"""The egalitarian solution on finite sets, and leximin."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.solutions import BargainingProblem, Egalitarian
from tests.solutions.problems import chosen, problem_of, quick, tables


def test_worked_examples():
    """Smallest gains by hand: 4 of two parties, 3 of three."""
    assert chosen(Egalitarian(), [[1, 9], [3, 8], [5, 6], [6, 4.5], [8, 2], [2, 2]], 1) == [2]
    three = [[1, 9, 3], [4, 6, 5], [6, 3, 6], [5, 5, 2], [3, 7, 4]]
    assert chosen(Egalitarian(), three, [1, 2, 1]) == [1]
    assert chosen(Egalitarian(), [[2, 1], [1, 2]], 1) == [0, 1]


def test_ties_in_the_smallest_gain_go_to_the_next():
    """Leximin prefers (1, 5, 2) over (1, 1, 9) and (2, 1, 2); without it all three tie."""
    points = [[1, 1, 9], [1, 5, 2], [2, 1, 2]]
    assert chosen(Egalitarian(), points) == [1]
    assert chosen(Egalitarian(leximin=False), points) == [0, 1, 2]


def test_rounding_makes_no_difference():
    """0.1 + 0.2 and 0.3 are the same gain."""
    assert chosen(Egalitarian(), [[0.1 + 0.2, 1.0], [0.3, 1.0]]) == [0, 1]


@quick
@given(table=tables())
def test_sorted_gains_are_lexicographically_largest(table):
    """On integers the selection equals Python's own comparison of sorted tuples."""
    problem = BargainingProblem.of_table(table)
    found = Egalitarian().ties(problem)
    for gains, feasible, row in zip(problem.gains, problem.feasible, found, strict=True):
        ladders = [tuple(sorted(deal)) if ok else () for deal, ok in zip(gains.T, feasible, strict=True)]
        best = max(ladders)
        assert row.tolist() == [bool(best) and ladder == best for ladder in ladders]


@quick
@given(table=tables(), data=st.data())
def test_monotone_in_the_choice(table, data):
    """A larger choice of deals never lowers the smallest gain (Kalai's monotonicity)."""
    problem = BargainingProblem.of_table(table)
    size = problem.feasible.size
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    smaller = problem.within(kept.reshape(problem.feasible.shape))
    floors = [np.where(Egalitarian().ties(one), one.gains.min(axis=1), -1).max(axis=1) for one in (smaller, problem)]
    assert (floors[0] <= floors[1]).all()


def test_units_matter():
    """Counting one party's value in other units can select another deal: gains are compared."""
    points = np.array([[1.0, 4.0], [3.0, 2.0]])
    assert chosen(Egalitarian(), points) == [1]
    assert chosen(Egalitarian(), points * [10, 1]) == [0]


def test_one_party_gets_its_best():
    """With a single signer the solution is that party's best deal."""
    assert np.flatnonzero(Egalitarian().ties(problem_of([[1], [7], [3]]))).tolist() == [1]
