"""The salience of root causes that makes a side refuse a truce."""

from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import Dispute, Document, Loading, critical_salience, truce_or_settlement

flows = st.floats(0, 1)


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
