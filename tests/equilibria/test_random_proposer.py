"""Unanimity with a random proposer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import random_proposer, random_proposer_limit


def test_published_values():
    """Recognition (.5, .3, .2) and discount factors (.9, .95, .8)."""
    shares = random_proposer([0.5, 0.3, 0.2], [0.9, 0.95, 0.8])
    assert shares.value == pytest.approx([0.41666667, 0.5, 0.08333333], abs=1e-8)
    assert shares.surplus == pytest.approx(1 / 12)


@given(st.lists(st.tuples(st.floats(0.05, 1), st.floats(0, 0.97)), min_size=1, max_size=5))
def test_values_repeat_themselves(players):
    """Expected shares are consistent with what is proposed and add up to the pie."""
    p = np.array([chance for chance, _ in players])
    p /= p.sum()
    shares = random_proposer(p, [delta for _, delta in players])
    assert shares.value.sum() == pytest.approx(1)
    assert p * shares.proposing + (1 - p) * shares.responding == pytest.approx(shares.value)


def test_quick_rounds():
    """Short rounds lead to recognition divided by impatience."""
    dt = 1e-7
    shares = random_proposer([0.5, 0.5], [1 - 0.02 * dt, 1 - 0.08 * dt])
    assert shares.value == pytest.approx(random_proposer_limit([0.5, 0.5], [0.02, 0.08]), abs=1e-4)


def test_patience_without_limit():
    """Those with a factor of 1 share everything by their chances of proposing; nothing is left over for a proposer."""
    found = random_proposer([0.5, 0.3, 0.2], [1.0, 1.0, 1.0])
    assert (found.value, found.surplus) == (pytest.approx([0.5, 0.3, 0.2]), 0.0)
    assert random_proposer([0.5, 0.3, 0.2], [1.0, 0.9, 1.0]).value == pytest.approx([5 / 7, 0, 2 / 7])
    near = random_proposer([0.5, 0.3, 0.2], [1 - 1e-9, 0.9, 1 - 1e-9])
    assert near.value == pytest.approx([5 / 7, 0, 2 / 7], abs=1e-6)
    assert random_proposer([1.0, 0.0], [0.5, 1.0]).value == pytest.approx([1, 0])
    assert random_proposer_limit([0.5, 0.3, 0.2], [0.0, 0.1, 0.0]) == pytest.approx([5 / 7, 0, 2 / 7])
