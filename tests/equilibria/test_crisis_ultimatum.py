"""Take it or fight."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import Dispute, Document, crisis_ultimatum, crisis_ultimatum_two_types, screening


def test_risk_return():
    """Fearon 1995: at even odds and costs up to .4 a side with cost .1 asks for .65 and fights in 3 of 8 crises."""
    found = crisis_ultimatum(0.5, 0.1, 0.0, 0.4)
    assert (found.demand, found.war, found.value) == (
        pytest.approx(0.65),
        pytest.approx(0.375),
        pytest.approx(0.55625),
    )
    assert crisis_ultimatum(0.5, 0.4, 0.1, 0.5).war == pytest.approx(0.0)  # safe where cost is at least high - 2 low


@given(st.floats(0, 1), st.floats(0, 0.6), st.floats(0, 0.4), st.floats(0, 0.5))
def test_no_demand_pays_better(power, cost, low, width):
    """Among all demands none has a higher expected value."""
    found = crisis_ultimatum(power, cost, low, low + width)
    demands = np.linspace(power, 1, 301)
    war = np.clip((demands - power - low) / width, 0, 1) if width > 1e-9 else (demands > power + low + 1e-12) * 1.0
    assert found.value >= ((1 - war) * demands + war * (power - cost)).max() - 1e-7


def test_power_is_neutral():
    """Over a range of powers the chance of war stays the same, until the demand is the whole prize."""
    found = crisis_ultimatum(np.array([0.2, 0.5, 0.8, 0.95]), 0.1, 0.0, 0.4)
    assert found.war == pytest.approx([0.375, 0.375, 0.375, 0.125])


def test_a_document_without_burden():
    """A document of ours without grievance, damage and shift is Fearon's ultimatum."""
    ours = screening(Dispute(0.5, (0.1, 0.0), (0.9, 0.9)), Document(0.1), 0.4)
    found = crisis_ultimatum(0.5, 0.1, 0.0, 0.4)
    assert (ours.share, ours.refused) == pytest.approx((float(found.demand), float(found.war)))


@given(st.floats(0, 0.5), st.floats(0, 0.5), st.floats(0, 0.3), st.floats(0.01, 0.2), st.floats(0, 1))
def test_two_types(power, cost, low, more, tough):
    """The risky demand is made exactly where it pays, and war has the chance of a tough side or none."""
    found = crisis_ultimatum_two_types(power, cost, low, low + more, tough)
    risky = (1 - tough) * (power + low + more) + tough * (power - cost)
    assert found.value == pytest.approx(max(risky, power + low), abs=1e-9)
    assert float(found.war) in {0.0, tough}
