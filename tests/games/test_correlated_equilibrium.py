"""Correlated equilibrium."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import ShapeError
from sim.games import correlated_equilibrium, nash_equilibria


def test_chicken():
    """Aumann 1974: with payoffs 6, 2, 7, 0 advice reaches 5.25 each, above every mixture of equilibria."""
    found = correlated_equilibrium([[[6, 2], [7, 0]], [[6, 7], [2, 0]]])
    assert found.values == pytest.approx([5.25, 5.25])
    assert found.chances == pytest.approx(np.array([[0.5, 0.25], [0.25, 0]]))


@pytest.mark.slow
@given(st.integers(0, 10**6), st.lists(st.integers(1, 3), min_size=1, max_size=3))
def test_advice_is_followed(seed, sizes):
    """Nobody who is told what to do gains by doing something else."""
    games = np.random.default_rng(seed).normal(size=(len(sizes), *sizes))
    chances = correlated_equilibrium(games).chances
    assert chances.sum() == pytest.approx(1)
    for player, own in enumerate(games):
        joint, worth = np.moveaxis(chances, player, 0), np.moveaxis(own, player, 0)
        for told in range(sizes[player]):
            gains = [(joint[told] * (worth[other] - worth[told])).sum() for other in range(sizes[player])]
            assert max(gains) <= 1e-8


@pytest.mark.slow
@given(st.integers(0, 10**6))
def test_at_least_as_good_as_any_equilibrium(seed):
    """The best advice is worth no less, in sum or by other weights, than any Nash equilibrium."""
    a, b = np.random.default_rng(seed).normal(size=(2, 3, 3))
    for weights in ([1, 1], [3, 1]):
        best = correlated_equilibrium([a, b], weights).values @ weights
        for x, y in nash_equilibria([a, b]).extreme:
            assert best >= np.dot(weights, [x @ a @ y, x @ b @ y]) - 1e-8


def test_one_weight_for_each():
    """Three weights for two players are refused."""
    with pytest.raises(ShapeError, match="3 weights"):
        correlated_equilibrium(np.zeros((2, 2, 2)), [1, 1, 1])
