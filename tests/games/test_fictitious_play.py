"""Fictitious play."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import InputError
from sim.games import fictitious_play

SHAPLEY = np.array([np.eye(3), np.roll(np.eye(3), 1, axis=1)])


def step_by_step(games, rounds, start):
    """Frequencies from one round after the other."""
    times = [np.zeros(size) for size in games.shape[1:]]
    i, j = start
    for _ in range(rounds):
        times[0][i] += 1
        times[1][j] += 1
        i, j = int((games[0] @ times[1]).argmax()), int((times[0] @ games[1]).argmax())
    return times[0] / rounds, times[1] / rounds


def test_matching_pennies():
    """Robinson 1951: frequencies of a zero-sum game approach its equilibrium."""
    found = fictitious_play([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]], 100_000)
    assert found.row == pytest.approx([0.5, 0.5], abs=0.01)
    assert found.gain < 0.01


def test_shapleys_game():
    """Shapley 1964: play cycles in ever longer stretches, and a best reply to the past always gains."""
    assert all(fictitious_play(SHAPLEY, rounds).gain > 0.2 for rounds in (100, 10_000, 1_000_000))


@given(st.integers(0, 10**6), st.integers(1, 400), st.booleans())
def test_stretches_are_rounds(seed, rounds, coarse):
    """Counting stretches at once gives what one round after the other gives, whatever the first round was."""
    dice = np.random.default_rng(seed)
    games = dice.integers(-3, 4, (2, 3, 2)).astype(float) if coarse else dice.normal(size=(2, 3, 2))
    start = (int(dice.integers(3)), int(dice.integers(2)))
    found = fictitious_play(games, rounds, start)
    row, column = step_by_step(games, rounds, start)
    assert found.row.tolist() == row.tolist()
    assert found.column.tolist() == column.tolist()


def test_the_first_round_counts():
    """With a single round it is all there is."""
    assert fictitious_play(SHAPLEY, 1, (2, 1)).row.tolist() == [0, 0, 1]
    assert fictitious_play(SHAPLEY, 1).column.tolist() == [1, 0, 0]
    with pytest.raises(InputError, match="at least one round"):
        fictitious_play(SHAPLEY, 0)
