"""Issues settled together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import package_deal, package_deal_limit, rubinstein

ISSUES = st.lists(st.tuples(st.floats(0.1, 5), st.floats(0.1, 5)), min_size=1, max_size=6)


def test_two_issues():
    """Each side gets the issue it cares for; the proposer takes a little of the other."""
    found = package_deal([3, 1], [1, 3], 0.9)
    assert found.first.values == pytest.approx([40 / 13, 36 / 13])
    assert package_deal_limit([3, 1], [1, 3]).values == pytest.approx([3, 3])


def test_one_issue_is_rubinstein():
    """A single issue is a pie."""
    found = package_deal([2], [5], 0.8)
    assert found.first.shares == pytest.approx([rubinstein(0.8, 0.8)])
    assert found.second.shares == pytest.approx([0.8 * rubinstein(0.8, 0.8)])
    assert package_deal_limit([2], [5], 0.3).shares == pytest.approx([0.3])


@given(ISSUES, st.floats(0.05, 0.99))
def test_who_accepts_is_indifferent(issues, delta):
    """Each side's proposal leaves the other what its own would, a round later."""
    a, b = np.array(issues).T
    found = package_deal(a, b, delta)
    assert found.second.values[0] == pytest.approx(delta * found.first.values[0])
    assert found.first.values[1] == pytest.approx(delta * found.second.values[1])


@given(ISSUES, st.floats(0, 1))
def test_no_deal_has_a_larger_product(issues, weight):
    """The limit maximises the weighted product over random deals, and splits at most one issue."""
    a, b = np.array(issues).T
    found = package_deal_limit(a, b, weight)
    shares = np.random.default_rng(1).random((200, len(a)))
    others = (shares @ a) ** weight * ((1 - shares) @ b) ** (1 - weight)
    assert found.values[0] ** weight * found.values[1] ** (1 - weight) >= others.max() - 1e-9
    assert ((found.shares > 1e-9) & (found.shares < 1 - 1e-9)).sum() <= 1


def test_patience_without_limit():
    """A discount factor of 1 gives the limit, and one close to it comes close."""
    limit = package_deal_limit([2, 1], [1, 1])
    assert package_deal([2, 1], [1, 1], 1.0).first.values == pytest.approx(limit.values)
    assert package_deal([2, 1], [1, 1], 1 - 1e-6).first.values == pytest.approx(limit.values, abs=1e-5)
