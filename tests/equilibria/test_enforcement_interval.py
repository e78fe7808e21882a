"""Hazards at which a side signs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import enforcement_interval
from sim.table.durability import durability


@pytest.mark.parametrize(
    ("numbers", "interval"),
    [
        ((0.06, 0.0, -0.15, 0.95, 1.0), (0.0, 0.02105263157894739)),
        ((0.06, 0.02, -0.15, 0.95, 0.25), (0.0, 0.021975922564226383)),
        ((-0.05, 0.01, 0.15, 0.95, 0.25), (0.023218936498620658, 1.0)),
        ((0.05, 0.0, 0.1, 0.95, 1.0), (0.0, 1.0)),
        ((-0.01, 0.0, 0.0, 0.95, 1.0), None),  # guarantees cannot buy off root causes
        ((-0.01, 0.0, -0.1, 0.95, 0.5), None),
        ((0.0, 0.0, -0.1, 0.95, 0.5), (0.0, 0.0)),
        ((0.0, 0.0, 0.0, 0.95, 0.5), (0.0, 1.0)),
        ((0.05, 0.5, 0.1, 0.95, 1.0), (0.0, 0.125 / 19)),
    ],
)
def test_worked_intervals(numbers, interval):
    """Declining, rising and indifferent sides."""
    found = enforcement_interval(*numbers)
    assert found is None if interval is None else found == pytest.approx(interval)


@given(st.floats(-0.3, 0.3), st.floats(0, 0.2), st.floats(-0.4, 0.4), st.floats(0.2, 0.97), st.floats(0.05, 1))
def test_against_a_grid_of_hazards(a, damage, shift, delta, theta):
    """Slack is negative outside the interval and not inside it."""
    h = np.linspace(0, 1, 501)
    weights = durability(delta, h, 0.0, theta)
    slack = a - weights.chi * damage + shift * weights.psi
    found = enforcement_interval(a, damage, shift, delta, theta)
    inside = np.zeros(h.size, bool) if found is None else (h >= found[0] - 1e-12) & (h <= found[1] + 1e-12)
    assert (slack[inside] >= -1e-7).all()
    assert (slack[~inside] <= 1e-7).all()
