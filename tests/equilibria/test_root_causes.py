"""Root causes: stalemates and the salience that makes a side refuse a truce."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.equilibria import Dispute, Document, Loading, critical_salience, stalemate_frontier, truce_or_settlement

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


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 0.5), flows, flows, st.integers(0, 40), st.floats(-0.1, 0.1))
def test_verdict_agrees_with_the_fork(r, rho_truce, rho_settlement, rounds, shift):
    """A prefers the truce to a settlement in n rounds exactly on the named side of the critical salience."""
    dispute = Dispute(0.55, (0.12, 0.2), (0.95, 0.95))
    truce = Document(0.15, 0.25, shift, (r * (1 - rho_truce), 0.0))
    settlement = Document(0.02, 0.25, 0.0, (r * (1 - rho_settlement), 0.0))
    fork = truce_or_settlement(dispute, truce, 0.55, settlement, 0.5, m=0.02)
    found = critical_salience(
        war=0.43, shares=(0.55, 0.5), resolved=(rho_truce, rho_settlement),
        loadings=(Loading.of(0.95, truce), Loading.of(0.95, settlement)),
        shifts=(shift, 0.0), damage=0.0, discount=fork.gamma(0) ** rounds,
    )  # fmt: skip
    gap = fork.truce_range.premium(0.55)[0] - fork.prospect(0, rounds)
    if found.salience is None or abs(gap) < 1e-9:
        return
    assert (gap > 0) == ((r <= found.salience) == found.truce_below)
