"""Unanimity with a rotating proposer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import rotating_proposer, rotating_proposer_shares, rubinstein


def test_published_shares():
    """Three players with discount factor .9, and three who differ."""
    assert rotating_proposer_shares([0.9] * 3) == pytest.approx([0.36900369, 0.33210332, 0.29889299], abs=1e-8)
    assert rotating_proposer_shares([0.9, 0.8, 0.95]) == pytest.approx(
        [0.3241394158313999, 0.1318087218620674, 0.5440518623065327]
    )


def test_two_players():
    """Two players who take turns are Rubinstein's."""
    assert rotating_proposer([0.9, 0.8])[0] == pytest.approx(rubinstein(0.9, 0.8))


@given(st.lists(st.floats(0, 0.95), min_size=1, max_size=6))
def test_shares_add_up(deltas):
    """Whoever speaks, the pie is handed out in full."""
    keep = rotating_proposer(deltas)
    turn = np.arange(len(deltas))
    for speaker in turn:
        assert (np.array(deltas) ** ((turn - speaker) % len(deltas)) * keep).sum() == pytest.approx(1)


def test_patience_without_limit():
    """Factors of 1 give the limit of factors that approach 1 together, not a singular matrix."""
    assert rotating_proposer([1, 1, 1]) == pytest.approx([1 / 3] * 3)
    near = np.array([1 - 1e-7, 1 - 1e-7, 0.5, 1 - 1e-7])
    assert rotating_proposer([1, 1, 0.5, 1]) == pytest.approx(rotating_proposer(near), abs=1e-5)
    assert rotating_proposer_shares([1, 1, 0.5, 1]).sum() == pytest.approx(1)
    assert rotating_proposer([0.5, 1]) == pytest.approx([0, 1])
