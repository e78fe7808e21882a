"""The lump that a war round by round costs."""

import pytest

from sim.equilibria import costly_lottery


def test_costly_lottery():
    """Flow cost times discounted time at war; a war without end costs its flow."""
    assert costly_lottery(1.0, 0.95, 0.05) == pytest.approx(0.5128205128205128)
    assert costly_lottery(0.4, 0.95, 0.0) == pytest.approx(0.4)
