"""Stahl's finite talks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import rubinstein, stahl


@pytest.mark.parametrize(("offers", "share"), [(1, 1.0), (2, 0.2), (3, 0.92), (10, 0.576077312), (11, 0.7695690752)])
def test_published_shares(offers, share):
    """Stahl 1972 at discount factors .9 and .8."""
    assert stahl(0.9, 0.8, offers) == pytest.approx(share, abs=1e-12)


@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 40))
def test_backward_induction(d1, d2, offers):
    """The closed form equals the recursion: the proposer leaves what the other would get next, discounted."""
    share = 1.0  # of whoever makes the last offer
    for left in range(1, offers):
        mover = (offers - 1 - left) % 2  # 0 is player 1
        share = 1 - (d2 if mover == 0 else d1) * share
    assert stahl(d1, d2, offers) == pytest.approx(share, abs=1e-9)


def test_long_talks_are_rubinsteins():
    """The last round no longer matters when it is far away."""
    assert stahl(0.9, 0.8, 400) == pytest.approx(rubinstein(0.9, 0.8), abs=1e-12)


def test_talks_without_an_offer():
    """Zero rounds are refused."""
    with pytest.raises(ValueError, match="at least one"):
        stahl(0.9, 0.9, 0)
