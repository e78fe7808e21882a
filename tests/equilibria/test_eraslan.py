"""Dividing a pie by vote among unequal members."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import baron_ferejohn, eraslan, random_proposer
from sim.foundations import InputError


def test_recognition_pays_only_at_the_top():
    """Three members of whom one proposes half of the time: the other two end up equal."""
    found = eraslan([0.5, 0.3, 0.2], [0.9] * 3, 2)
    assert found.value == pytest.approx([11 / 31, 10 / 31, 10 / 31])
    assert found.included == pytest.approx([0.0, 0.3777777777777776, 0.6222222222222221])
    assert (found.price, found.standing) == (pytest.approx(9 / 31), "HMM")


def test_impatience_pays():
    """Kawamori 2005: where every vote costs the same, shares go as one over the discount factor."""
    delta = np.array([0.9, 0.92, 0.95])
    found = eraslan([1 / 3] * 3, delta, 2)
    assert found.standing == "MMM"
    assert found.value == pytest.approx((1 / delta) / (1 / delta).sum())


@given(
    st.lists(st.tuples(st.floats(0.01, 1), st.floats(0, 1)), min_size=2, max_size=7),
    st.integers(1, 7),
)
def test_values_solve_the_equations(members, quota):
    """Each member expects his turns to propose, at the least cost, and the price of his vote when it is bought."""
    p = np.array([one[0] for one in members])
    p /= p.sum()
    delta = np.array([one[1] for one in members])
    quota = min(quota, len(p))
    found = eraslan(p, delta, quota)
    assert found.value.sum() == pytest.approx(1)
    assert ((found.included >= -1e-9) & (found.included <= 1 - p + 1e-9)).all()
    assert found.included.sum() == pytest.approx(quota - 1)
    prices = delta * found.value
    cost = [np.sort(np.delete(prices, i))[: quota - 1].sum() for i in range(len(p))]
    assert found.value == pytest.approx(p * (1 - np.array(cost)) + found.included * prices, abs=1e-7)


def test_equals_and_unanimity():
    """Equal members divide as in Baron and Ferejohn; unanimity is the random proposer; a quota of one is a lottery."""
    assert eraslan([0.2] * 5, [0.8] * 5, 3).price == pytest.approx(baron_ferejohn(5, 3, 0.8).partner)
    p, delta = [0.5, 0.3, 0.2], [0.9, 0.95, 0.8]
    assert eraslan(p, delta, 3).value == pytest.approx(random_proposer(p, delta).value)
    assert eraslan(p, delta, 1).value == pytest.approx(p)


def test_votes_for_nothing_and_limits():
    """Members who never propose or cannot wait sell their vote for nothing; patience without limit has a value."""
    free = eraslan([0.5, 0.5, 0.0, 0.0], [0.9] * 4, 2)
    assert (free.value, free.price) == (pytest.approx([0.5, 0.5, 0, 0]), 0.0)
    assert free.included.sum() == pytest.approx(1)
    assert eraslan([1 / 3] * 3, [1.0] * 3, 2).value == pytest.approx([1 / 3] * 3)
    assert eraslan([0.5, 0.3, 0.2], [1.0] * 3, 3).value == pytest.approx([0.5, 0.3, 0.2])
    with pytest.raises(InputError, match="between 1 and 3"):
        eraslan([1 / 3] * 3, [0.9] * 3, 4)
