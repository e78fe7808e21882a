"""Talk under a truce or under fire."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import random_closing, talks_under_truce

NUMBERS = {
    "flow": 0.45, "war": 0.43, "settlement_premium": 0.12, "damage": 0.02, "shift": -0.05, "tracking": 1.0,
    "delta": 0.95, "hazard": 0.1, "theta": 0.3, "closing": (0.1, 0.15), "m": 0.02,
}  # fmt: skip


def test_worked_example():
    """Leverage lost, rearmament and escalation make talks under fire better."""
    found = talks_under_truce(**NUMBERS)
    assert (found.under_truce, found.under_fire) == pytest.approx((0.01514687043847315, 0.08031631919482382))
    assert not found.truce_first


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 1))
def test_safe_truce(flow, war, closing):
    """When the truce is safe and talks go as fast, it comes first iff its flow beats war."""
    safe = NUMBERS | {"damage": 0.0, "shift": 0.0, "hazard": 0.0, "m": 0.0, "closing": (closing, closing)}
    if abs(flow - war) > 1e-6:
        assert talks_under_truce(**safe | {"flow": flow, "war": war}).truce_first == (flow > war)


def test_random_closing():
    """The mean of gamma^n over a geometric number of rounds."""
    assert random_closing(0.9025, 0.2) == pytest.approx(0.6492805755395683)
    assert random_closing(0.9, 1.0) == pytest.approx(0.9)
    series = sum(0.72**n * 0.2 * 0.8 ** (n - 1) for n in range(1, 500))
    assert random_closing(0.72, 0.2) == pytest.approx(series)
