"""Learning on the battlefield."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import convergence


def test_worked_example():
    """Beliefs .7 and .4 worth ten rounds, range .1: twenty rounds of battle."""
    found = convergence(10, (7, 4), 0.1)
    assert (found.optimism, found.rounds, found.gap) == pytest.approx((0.3, 20, 0.1))
    assert convergence(10, (6, 5), 0.2).rounds == 0
    assert convergence(10, (7, 4), 0.0).rounds is None


@given(st.integers(1, 50), st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 0.5))
def test_first_round_at_which_the_range_opens(strength, a, b, length):
    """Optimism fits into the range at that round and not a round earlier."""
    found = convergence(strength, (a * strength, b * strength), length)
    assert found.gap <= length + 1e-8
    if found.rounds:
        assert strength * found.optimism / (strength + found.rounds - 1) > length - 1e-8
