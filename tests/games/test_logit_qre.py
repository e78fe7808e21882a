"""Quantal responses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import InputError
from sim.games import logit_qre, logit_qre_trace
from sim.games.game import against

PENNIES = [[[9, 0], [0, 1]], [[0, 1], [1, 0]]]


def test_asymmetric_matching_pennies():
    """McKelvey and Palfrey's kind of example: rows overplay their better strategy, unlike in Nash's equilibrium."""
    p, q = logit_qre(PENNIES, 1.0)
    assert p == pytest.approx([0.8935763305539739, 0.10642366944602616])
    assert q == pytest.approx([0.3127803750295332, 0.6872196249704667])


@pytest.mark.slow
@given(st.integers(0, 10**6), st.lists(st.integers(1, 3), min_size=2, max_size=3), st.floats(0, 20))
def test_answers_are_logits_of_each_other(seed, sizes, rationality):
    """Everybody plays in proportion to the exponential of what a strategy earns against the others."""
    games = np.random.default_rng(seed).normal(size=(len(sizes), *sizes))
    mixed = logit_qre(games, rationality)
    for player, own in enumerate(games):
        logit = rationality * against(own, mixed, player)
        logit = np.exp(logit - logit.max())
        assert mixed[player] == pytest.approx(logit / logit.sum(), abs=1e-9)


def test_from_random_play_to_nash():
    """The branch begins at equal chances and ends close to the equilibrium of mixed strategies."""
    branch = logit_qre_trace(PENNIES, 2000.0)
    assert branch.rationality[0] == 0
    assert branch.mixed[0][0].tolist() == [0.5, 0.5]
    assert branch.mixed[0][-1] == pytest.approx([0.5, 0.5], abs=0.01)
    assert branch.mixed[1][-1] == pytest.approx([0.1, 0.9], abs=0.01)
    assert (np.abs(np.diff(branch.mixed[0][:, 0])) < 0.3).all()


def test_scale_is_rationality():
    """Payoffs twice as large make players twice as rational."""
    double = logit_qre(np.array(PENNIES) * 2.0, 1.5)
    for one, other in zip(double, logit_qre(PENNIES, 3.0), strict=True):
        assert one == pytest.approx(other)
    assert logit_qre(PENNIES, 0.0)[0].tolist() == [0.5, 0.5]
    with pytest.raises(InputError, match="0 or more"):
        logit_qre(PENNIES, -1.0)
