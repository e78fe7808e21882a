"""Dominated strategies are struck out, by single strategies and by mixtures, and equilibria survive it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.games import iterated_dominance, nash_equilibria, pure_equilibria

SMALL = st.integers(-3, 3).map(float)


def test_the_dilemma_is_solved():
    """To confess is better whatever the other does."""
    found = iterated_dominance([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    assert found.solvable
    assert found.left == ((1,), (1,))


def test_a_mixture_dominates_what_no_strategy_does():
    """Half of either extreme beats the middle, though neither does alone (Pearce 1984, figure 1)."""
    middle = [[[3, 0], [0, 3], [1, 1]], [[1, 1], [1, 1], [1, 1]]]
    assert iterated_dominance(middle).steps[0].by == {0: 0.5, 1: 0.5}
    assert iterated_dominance(middle, mixed=False).left == ((0, 1, 2), (0, 1))


def test_rounds_follow_each_other():
    """What is dominated only once something else is gone goes in a later round (Osborne & Rubinstein 1994, 4.2)."""
    game = [[[1, 1, 0], [0, 0, 2]], [[0, 2, 1], [3, 1, 0]]]
    found = iterated_dominance(game)
    assert [(one.round, one.player, one.strategy) for one in found.steps] == [(1, 1, 2), (2, 0, 1), (3, 1, 0)]
    assert found.left == ((0,), (1,))


def test_weak_dominance_may_lose_an_equilibrium():
    """The threat that nobody would carry out is weakly dominated, and the equilibrium that rests on it goes."""
    entry = [[[-1, 1], [0, 0]], [[0, 2], [4, 4]]]
    assert iterated_dominance(entry).steps == ()
    assert iterated_dominance(entry, weak=True).left == ((0,), (1,))


@pytest.mark.slow
@given(arrays(float, (2, 3, 3), elements=SMALL))
def test_strict_dominance_costs_no_equilibrium(payoff):
    """Every pure equilibrium survives, and so does everything that any equilibrium plays."""
    found = iterated_dominance(payoff)
    for profile in pure_equilibria(payoff):
        assert all(int(one) in left for one, left in zip(profile, found.left, strict=True))
    for mixed in nash_equilibria(payoff).extreme:
        for one, left in zip(mixed, found.left, strict=True):
            assert set(np.flatnonzero(one > 1e-6)) <= set(left)


def test_three_players():
    """Payoffs of any number of players are looked at along all others."""
    payoff = np.zeros((3, 2, 2, 2))
    payoff[0, 1] = payoff[1, :, 1] = payoff[2, :, :, 1] = 1.0
    assert iterated_dominance(payoff).left == ((1,), (1,), (1,))


@pytest.mark.parametrize("weak", [False, True])
def test_one_strategy_stays(weak):
    """Strategies that are alike everywhere dominate each other in no sense, so all stay."""
    assert iterated_dominance(np.zeros((2, 3, 2)), weak=weak).left == ((0, 1, 2), (0, 1))
