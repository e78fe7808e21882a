"""The utilitarian solution on finite sets."""

from hypothesis import given

from sim.solutions import BargainingProblem, Utilitarian
from tests.solutions.problems import chosen, quick, tables


def test_worked_examples():
    """Sums by hand: 11 twice of two parties, 15 twice of three; all are told."""
    assert chosen(Utilitarian(), [[1, 9], [3, 8], [5, 6], [6, 4.5], [8, 2], [2, 2]], 1) == [1, 2]
    three = [[1, 9, 3], [4, 6, 5], [6, 3, 6], [5, 5, 2], [3, 7, 4]]
    assert chosen(Utilitarian(), three, [1, 2, 1]) == [1, 2]


def test_linear_frontier_ties_everywhere():
    """On u1 + u2 = 1 every rational deal is utilitarian, rounding notwithstanding."""
    points = [[k / 10, 1 - k / 10] for k in range(11)]
    assert chosen(Utilitarian(), points, [0.1, 0.3]) == [1, 2, 3, 4, 5, 6, 7]


def test_irrational_deal_with_the_largest_sum_is_left_out():
    """A sum counts only if nobody is below disagreement."""
    assert chosen(Utilitarian(), [[20, -1], [3, 3]]) == [1]


@quick
@given(table=tables())
def test_largest_sum_by_exact_arithmetic(table):
    """On integers the selection is the set of exact maximisers of the sum of values."""
    problem = BargainingProblem.of_table(table)
    found = Utilitarian().ties(problem)
    total = table.payoff.sum(axis=1)
    for row, feasible, sums in zip(found, problem.feasible, total, strict=True):
        best = max(sums[feasible], default=None)
        assert row.tolist() == [ok and value == best for ok, value in zip(feasible, sums, strict=True)]
