"""Dividing a pie by vote among equals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import baron_ferejohn, random_proposer
from sim.foundations import InputError


def test_published_shares():
    """Baron and Ferejohn 1989: the proposer keeps 1 - delta (n - 1) / 2n under a simple majority of an odd number."""
    assert baron_ferejohn(3, 2, 0.9)[:2] == pytest.approx((0.7, 0.3))
    assert baron_ferejohn(101, 51, 1.0).proposer == pytest.approx(1 - 100 / 202)


@given(st.integers(1, 30), st.data(), st.floats(0, 1))
def test_the_pie_is_handed_out(players, data, delta):
    """Proposer and partners share one pie, and a partner gets what he would expect by waiting."""
    quota = data.draw(st.integers(1, players))
    found = baron_ferejohn(players, quota, delta)
    assert found.proposer + found.partners * found.partner == pytest.approx(1)
    assert found.partner == pytest.approx(delta * found.value)
    assert found.proposer >= found.partner - 1e-12


def test_unanimity_is_the_random_proposer():
    """With everybody's consent it is bargaining with a random proposer."""
    shares = random_proposer([0.25] * 4, [0.9] * 4)
    found = baron_ferejohn(4, 4, 0.9)
    assert (found.proposer, found.partner) == pytest.approx((shares.proposing[0], shares.responding[0]))


@pytest.mark.parametrize("quota", [0, 4])
def test_a_quota_lies_between_one_and_all(quota):
    """No vote at all, or more votes than members, carry nothing."""
    with pytest.raises(InputError, match="between 1 and 3"):
        baron_ferejohn(3, quota, 0.9)
