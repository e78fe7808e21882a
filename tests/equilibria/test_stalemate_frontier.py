"""Root causes that nobody can settle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import stalemate_frontier

flows = st.floats(0, 1)


@pytest.mark.parametrize(("r", "z", "whole", "divided"), [
    (0.2, 0.5, 0.2, 0.14285714285714288), (0.5, 0.45, 0.45, 0.2368421052631579), (0.6, 0.6, 0.6, 0.3),
])  # fmt: skip
def test_worked_losses(r, z, whole, divided):
    """Least losses with and without partial formulas; at equality a deal exists."""
    assert stalemate_frontier(r, z, 0.3).loss == pytest.approx(whole)
    partial = stalemate_frontier(r, z, 0.3, divisible=True)
    assert partial.loss == pytest.approx(divided)
    assert partial.deal_exists


@given(flows, flows)
def test_losses_are_least(r, z):
    """No way to resolve the root causes loses less."""
    rho = np.linspace(0, 1, 201)
    assert stalemate_frontier(r, z, 0.3).loss == pytest.approx((r * (1 - rho) + z * rho).min(), abs=1e-12)
    divided = stalemate_frontier(r, z, 0.3, divisible=True)
    assert divided.loss <= (r * (1 - rho) ** 2 + z * rho**2).min() + 1e-12
    at = divided.resolved
    assert divided.loss == pytest.approx(r * (1 - at) ** 2 + z * at**2, abs=1e-12)
