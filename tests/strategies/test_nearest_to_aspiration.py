"""The cheapest deal that still is what he asks for."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import NO_DEAL
from sim.strategies import NearestToAspiration
from tests.strategies.hearings import hearing_of, pie, tables


def test_smallest_payoff_above_the_target():
    """On a pie in tenths, asking for 0.55 offers 0.6 and asking for 0.6 offers 0.6."""
    hearing = hearing_of(pie())
    assert [NearestToAspiration().offer(hearing, np.array([x]))[0] for x in (0.55, 0.6, 1.0)] == [6, 6, 10]


def test_slack_lets_a_deal_lie_just_below():
    """With a slack of 0.06 the deal worth 0.5 is good enough for 0.55."""
    assert NearestToAspiration(slack=0.06).offer(hearing_of(pie()), np.array([0.55]))[0] == 5


def test_silent_without_a_bearable_deal():
    """Where no deal beats no deal there is nothing to offer."""
    assert NearestToAspiration().offer(hearing_of(pie(disagreement=2.0)), np.array([2.0]))[0] == NO_DEAL


@given(tables(), st.floats(0, 1))
def test_agrees_with_a_scan(table, target):
    """The offer is the deal a scan finds: least own payoff not below the target, first of equals."""
    hearing = hearing_of(table)
    found = NearestToAspiration().offer(hearing, np.full(table.draws, target))
    allowed = table.acceptable[:, 0] & table.offerable
    for b in range(table.draws):
        payoff = table.payoff[b, 0]
        good = np.flatnonzero(allowed[b] & (payoff >= target - 1e-9))
        if not allowed[b].any():
            assert found[b] == NO_DEAL
        elif good.size:
            assert found[b] == good[payoff[good].argmin()]
        else:
            assert found[b] == np.where(allowed[b], payoff, -np.inf).argmax()
