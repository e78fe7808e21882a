"""War as a process and as the lottery it adds up to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.table.war import delayed, fighting_survival, war_value


def test_war_as_a_lottery():
    """A war of known flow cost is worth what theory's T2 says, and fighting for a while too."""
    war = war_value(0.6 - 1.0, 0.6, 0.95, 0.05)
    assert war == pytest.approx(0.08717948717948694)
    assert delayed(0.7, war, fighting_survival(0.95, 0.05), 8) == pytest.approx(0.3568981379686459)


@given(st.floats(0.05, 0.95), st.floats(0, 1), st.floats(-1, 1), st.integers(0, 40))
def test_a_round_of_war(delta, m, flow, rounds):
    """War satisfies its own recursion, and signing later is n steps of it."""
    war = war_value(flow, 0.6, delta, m)
    assert war == pytest.approx((1 - delta) * flow + delta * (m * 0.6 + (1 - m) * war), abs=1e-12)
    value = 0.7
    for _ in range(rounds):
        value = (1 - delta) * flow + delta * (m * 0.6 + (1 - m) * value)
    assert delayed(0.7, war, fighting_survival(delta, m), rounds) == pytest.approx(value, abs=1e-12)


def test_no_decision_fights_on():
    """Without a decision by arms the war is worth its flow."""
    assert war_value(-0.3, 1.0, 0.9, 0.0) == pytest.approx(-0.3)
