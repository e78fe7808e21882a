"""Values of players."""

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import InputError
from sim.games import shapley_value, shapley_value_sampled

GLOVES = [0, 0, 0, 0, 0, 1, 1, 1]


def test_gloves():
    """Two left gloves and a right one: the right one is worth four times a left one, exactly."""
    exact = shapley_value(np.array([Fraction(one) for one in GLOVES], dtype=object))
    assert exact.tolist() == [Fraction(1, 6), Fraction(1, 6), Fraction(2, 3)]
    assert shapley_value(GLOVES) == pytest.approx([1 / 6, 1 / 6, 2 / 3])


@given(st.integers(1, 5), st.integers(0, 10**6))
def test_all_orders(players, seed):
    """The average over every order in which players can come, one order at a time."""
    worth = np.random.default_rng(seed).normal(size=2**players)
    added = []
    for order in permutations(range(players)):
        own, coalition = np.zeros(players), 0
        for player in order:
            own[player] = worth[coalition + 2**player] - worth[coalition]
            coalition += 2**player
        added.append(own)
    assert shapley_value(worth) == pytest.approx(np.mean(added, axis=0))
    assert shapley_value(worth).sum() == pytest.approx(worth[-1] - worth[0])


def test_samples_tell_their_error():
    """Sampled values lie within four standard errors of exact ones, and add up exactly."""
    weights = np.array([5, 4, 3, 2, 1, 1])
    worth = (((np.arange(64)[:, None] >> np.arange(6)) % 2) @ weights >= 9).astype(float)
    found = shapley_value_sampled(lambda who: who @ weights >= 9, 6, 2000, seed=3)
    assert (np.abs(found.value - shapley_value(worth)) < 4 * found.error).all()
    assert found.value.sum() == pytest.approx(1)
    with pytest.raises(InputError, match="no standard error"):
        shapley_value_sampled(lambda who: who.sum(axis=1), 3, 2)
