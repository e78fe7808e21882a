"""Replicator dynamics."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.foundations import ShapeError
from sim.games import replicator, replicator_pair

ROCK_PAPER_SCISSORS = np.array([[0.0, -1, 1], [1, 0, -1], [-1, 1, 0]])


@given(st.floats(-2, 2), st.floats(0.01, 0.99), st.floats(0, 5))
@settings(deadline=None)
def test_a_constant_advantage(gain, share, time):
    """A strategy that always earns g more grows as a logistic curve: x e^gt / (x e^gt + 1 - x)."""
    grown = share * math.exp(gain * time)
    assert replicator([[gain, gain], [0, 0]], [share, 1 - share], time)[0] == pytest.approx(
        grown / (grown + 1 - share), abs=1e-9
    )


def test_hawks_and_doves():
    """With a prize of 2 and a fight that costs 4 half of the population ends as hawks."""
    assert replicator([[-1, 2], [0, 1]], [0.9, 0.1], np.inf) == pytest.approx([0.5, 0.5])


@pytest.mark.slow
def test_rock_paper_scissors():
    """Zero-sum, the product of shares is kept and nothing comes to rest; a larger prize leads to thirds."""
    later = replicator(ROCK_PAPER_SCISSORS, [0.5, 0.3, 0.2], 30.0)
    assert later.prod() == pytest.approx(0.03)
    assert replicator(ROCK_PAPER_SCISSORS, [0.5, 0.3, 0.2], np.inf) is None
    for prize in (1.05, 2.0):
        generous = np.where(ROCK_PAPER_SCISSORS > 0, prize, ROCK_PAPER_SCISSORS)
        assert replicator(generous, [0.5, 0.3, 0.2], np.inf) == pytest.approx([1 / 3] * 3, abs=1e-7)
    assert replicator(np.where(ROCK_PAPER_SCISSORS < 0, -2.0, ROCK_PAPER_SCISSORS), [0.5, 0.3, 0.2], np.inf) is None


def test_limits_of_coordination():
    """A stag hunt ends at whichever side of .75 it began, and rests on it; who is absent stays absent."""
    hunt = [[4, 0], [3, 3]]
    assert replicator(hunt, [0.8, 0.2], np.inf).tolist() == [1, 0]
    assert replicator(hunt, [0.7, 0.3], np.inf).tolist() == [0, 1]
    assert replicator(hunt, [0.75, 0.25], np.inf) == pytest.approx([0.75, 0.25])
    assert replicator([[0, 0], [5, 5]], [1.0, 0.0], np.inf).tolist() == [1, 0]
    assert replicator(np.ones((2, 2)), [0.3, 0.7], np.inf).tolist() == [0.3, 0.7]


def test_weakly_worse_strategies_vanish_slowly():
    """A strategy that is worse only against itself goes like one over time, and its limit is still told."""
    assert replicator([[1, 1], [1, 0]], [0.5, 0.5], np.inf).tolist() == [1, 0]


@pytest.mark.slow
def test_two_populations():
    """Battle of the sexes settles on a pure equilibrium; matching pennies goes round for ever."""
    x, y = replicator_pair([[[2, 0], [0, 1]], [[1, 0], [0, 2]]], ([0.4, 0.6], [0.2, 0.8]), np.inf)
    assert (x.tolist(), y.tolist()) == ([0, 1], [0, 1])
    pennies = [[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]]
    assert replicator_pair(pennies, ([0.6, 0.4], [0.3, 0.7]), np.inf) is None
    x, y = replicator_pair(pennies, ([0.6, 0.4], [0.3, 0.7]), 7.0)
    assert x.prod() * y.prod() == pytest.approx(0.24 * 0.21)


def test_shapes_must_fit():
    """Three shares for two strategies are refused."""
    with pytest.raises(ShapeError, match="3 shares"):
        replicator(np.eye(2), [0.3, 0.3, 0.4], 1.0)
    with pytest.raises(ShapeError, match="populations of 2 and 3"):
        replicator_pair(np.zeros((2, 2, 2)), ([0.5, 0.5], [0.3, 0.3, 0.4]), 1.0)
