"""Banzhaf values."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.games import banzhaf_value


def test_gloves():
    """Two left gloves and a right one: the right one completes three pairs of four, a left one one of four."""
    gloves = [0, 0, 0, 0, 0, 1, 1, 1]
    assert banzhaf_value(gloves).tolist() == [0.25, 0.25, 0.75]
    exact = banzhaf_value(np.array([Fraction(one) for one in gloves], dtype=object))
    assert (exact / exact.sum()).tolist() == [Fraction(1, 5), Fraction(1, 5), Fraction(3, 5)]


@given(st.integers(1, 5), st.integers(0, 10**6))
def test_all_coalitions(players, seed):
    """The average over every coalition of the others, one coalition at a time."""
    worth = np.random.default_rng(seed).normal(size=2**players)
    expected = [
        np.mean([worth[k + 2**i] - worth[k] for k in range(2**players) if not k >> i & 1]) for i in range(players)
    ]
    assert banzhaf_value(worth) == pytest.approx(expected)
