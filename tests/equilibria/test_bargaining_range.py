"""Ranges in which both sides sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import Dispute, Document, bargaining_range
from sim.table.durability import durability, value_of_document

shares = st.floats(0, 1)
hazards = st.floats(0, 1)


@pytest.mark.parametrize(
    ("document", "ends"),
    [
        (Document(0.1), (0.43, 0.73)),  # Fearon 1995: p - c_A, p + c_B whatever the hazard
        (Document(0.1, shift=-0.15), (0.715, 1.015)),
        (Document(0.1, grievance=(0.2, 0.0)), (0.63, 0.73)),
        (Document(0.1, damage=(0.05, 0.05)), (0.525, 0.635)),
    ],
)
def test_worked_ranges(document, ends):
    """Four documents between sides with costs .12 and .18 at power .55."""
    found = bargaining_range(Dispute(0.55, (0.12, 0.18), (0.95, 0.95)), document)
    assert (found.x_min, found.x_max) == pytest.approx(ends)


@given(shares, shares, hazards, st.floats(0.01, 1), st.floats(-0.5, 0.5), st.floats(0, 0.3), st.floats(0.1, 0.97))
def test_ends_are_indifference(p, x, h, theta, shift, damage, delta):
    """Premia by the range equal the value of the document less war, for both sides."""
    dispute = Dispute(p, (0.1, 0.2), (delta, 0.9))
    document = Document(h, theta, shift, (0.05, 0.02), (damage, 0.0))
    premium = bargaining_range(dispute, document).premium(x)
    for side, (flow, sign, eta) in enumerate(((x - 0.05, 1, damage), (1 - x - 0.02, -1, 0.0))):
        weights = durability(dispute.patience[side], h, 0.0, theta)
        value = value_of_document(flow, dispute.war[side], eta, sign * shift, weights)
        assert premium[side] == pytest.approx(float(value) - dispute.war[side], abs=1e-9)


@given(hazards, st.floats(0.01, 1), st.floats(-0.5, 0.5))
def test_equal_patience_moves_the_range(h, theta, shift):
    """With equal patience a power shift leaves the length of the range alone."""
    dispute = Dispute(0.5, (0.1, 0.2), (0.9, 0.9))
    assert bargaining_range(dispute, Document(h, theta, shift)).length == pytest.approx(0.3)


def test_patient_riser_widens():
    """With unequal patience a shift in favour of the more patient side widens the range."""
    dispute = Dispute(0.5, (0.1, 0.2), (0.98, 0.9))
    length = [bargaining_range(dispute, Document(0.1, 0.5, shift)).length for shift in (-0.1, 0.0, 0.1)]
    assert length[0] < length[1] < length[2]
