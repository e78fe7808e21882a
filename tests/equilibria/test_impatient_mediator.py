"""Mediators in a hurry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import impatient_mediator


@pytest.mark.parametrize(
    ("numbers", "patience"),
    [
        ((0.2, 0.02, 0.0, 4), 0.8499688541208575),
        ((0.1, 0.05, 0.0, 6), 0.9407558153119999),
        ((0.2, 0.15, 0.05, 10), None),
        ((0.2, 0.02, 0.0, 0), 0.0),
    ],
)
def test_worked_examples(numbers, patience):
    """Longer waits and safer settlements; None means always for the truce."""
    found = impatient_mediator(*numbers)
    assert found is None if patience is None else found == pytest.approx(patience, abs=1e-12)


@given(st.floats(0.01, 1), st.floats(0, 1), st.floats(0, 0.3), st.integers(1, 30), st.floats(0.01, 0.99))
def test_truce_iff_impatient(truce, settlement, m, rounds, delta):
    """Below the threshold the truce is better, above it the settlement."""
    found = impatient_mediator(truce, settlement, m, rounds)
    quiet = (1 - delta + delta * settlement) / (1 - delta + delta * truce)
    gain = quiet - (delta * (1 - m)) ** rounds
    if abs(gain) > 1e-9:
        assert (gain > 0) == (found is None or delta <= found)
