"""Rubinstein's split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import rubinstein, rubinstein_limit


@pytest.mark.parametrize(
    ("deltas", "share"),
    [((0.9, 0.8), 0.7142857142857143), ((0.9, 0.9), 0.5263157894736842), ((0.95, 0.99), 0.16806722689075632)],
)
def test_published_shares(deltas, share):
    """Rubinstein 1982: the first proposer's share for three pairs of discount factors."""
    assert rubinstein(*deltas) == pytest.approx(share, abs=1e-12)


@given(st.floats(0, 0.99), st.floats(0, 0.99))
def test_responder_is_indifferent(d1, d2):
    """Player 2 gets exactly what he would keep as the next proposer, discounted."""
    assert 1 - rubinstein(d1, d2) == pytest.approx(d2 * rubinstein(d2, d1), abs=1e-12)


def test_quick_offers():
    """With short rounds the split tends to that of the discount rates."""
    dt = 1e-6
    assert rubinstein((1 - 0.02 * dt), (1 - 0.08 * dt)) == pytest.approx(rubinstein_limit(0.02, 0.08), abs=1e-4)


def test_patience_without_limit():
    """Two who are equally patient without limit share equally."""
    assert rubinstein(1, 1) == rubinstein_limit(0, 0) == 0.5
    assert rubinstein(1, 0.9) == 1
