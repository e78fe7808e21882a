"""Issues settled one by one over a list of deals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import backward_induction, issue_by_issue, issue_by_issue_deals
from sim.table import BargainingTable


def two_issues(a, b, delta, size):
    """Two issues in equal steps, and a last level at which nothing of an issue has been given to anybody yet."""
    deals = np.array([[i, j] for i in range(size + 1) for j in range(size + 1)])
    mine = np.where(deals == size, 0, deals / (size - 1)) @ np.array(a)
    theirs = np.where(deals == size, 0, 1 - deals / (size - 1)) @ np.array(b)
    return BargainingTable.of_payoffs(np.stack([mine, theirs]), discount=delta, issues=("one", "two"), deals=deals)


@pytest.mark.parametrize(("a", "b"), [((2.0, 1.0), (1.0, 1.0)), ((3.0, 1.0), (1.0, 3.0))])
def test_fine_levels_are_the_closed_form(a, b):
    """With fine levels and many rounds the agenda is worth what the stationary equilibrium says, ever more closely."""
    exact = issue_by_issue(a, b, 0.8).values
    away = []
    for size in (11, 81):
        found = issue_by_issue_deals(two_issues(a, b, 0.8, size), 60, rest=np.array([size, size]))
        away.append(np.abs(found.value[0] - exact).max())
    assert away[1] < away[0]
    assert away[1] < 0.05


def test_each_side_wants_its_own_issue_first():
    """Whoever has the comparative advantage in an issue gains if it comes first, as theory says."""
    table = two_issues((3.0, 1.0), (1.0, 3.0), 0.8, 41)
    rest = np.array([41, 41])
    mine, theirs = (issue_by_issue_deals(table, 60, order, rest=rest).value[0] for order in ((0, 1), (1, 0)))
    assert mine[0] > theirs[0]
    assert mine[1] < theirs[1]


@given(st.integers(1, 6), st.floats(0.3, 1.0), st.integers(0, 10_000))
def test_one_issue_is_alternating_offers(rounds, delta, seed):
    """With a single issue it is backward induction, for any payoffs."""
    payoff = np.random.default_rng(seed).random((3, 2, 6))
    table = BargainingTable.of_payoffs(payoff, 0.3, discount=delta)
    found, known = issue_by_issue_deals(table, rounds), backward_induction(table, rounds)
    assert found.value == pytest.approx(known.value - 0.3, abs=1e-9)


def test_the_last_issue_decides_where_it_must_be_settled_too():
    """Each takes all of the issue on which he speaks; both wait for the second, as nothing takes effect before."""
    deals = np.array([[i, j] for i in range(3) for j in range(3)])
    payoff = np.stack([deals.sum(axis=1), 4 - deals.sum(axis=1)]) / 4
    table = BargainingTable.of_payoffs(payoff, discount=0.9, issues=("one", "two"), deals=deals)
    found = issue_by_issue_deals(table, 2)
    assert found.outcome()[1].tolist() == [1]
    assert found.value[0].tolist() == pytest.approx([0.45, 0.45])


def test_an_agenda_names_every_issue():
    """Anything else is refused, and so are talks without a round."""
    table = two_issues((1.0, 1.0), (1.0, 1.0), 0.9, 3)
    with pytest.raises(ValueError, match="does not name"):
        issue_by_issue_deals(table, 2, [0, 0])
    with pytest.raises(ValueError, match="at least one round"):
        issue_by_issue_deals(table, 0)
