"""Waiting for a settlement, in short rounds."""

import math

import pytest

from sim.equilibria import continuous_delay


def test_delay():
    """The longest wait worth while; none is defined where a range is closed."""
    wait = continuous_delay(0.05, 0.02, (0.15, 0.02), (0.22, 0.17))
    assert pytest.approx(math.exp(-0.07 * wait) * 0.17 / 0.07) == 0.22 / 0.20
    assert continuous_delay(0.05, 0.02, (0.15, 0.02), (-0.1, 0.17)) is None
