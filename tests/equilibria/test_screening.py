"""A take-it-or-leave-it document."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import Dispute, Document, bargaining_range, screening


def test_worked_examples():
    """Fearon's example, a burdened document, and a proposer who would rather not risk war."""
    dispute = Dispute(0.5, (0.1, 0.0), (0.95, 0.95))
    plain = screening(dispute, Document(0.1), 0.4)
    assert (plain.share, plain.refused) == pytest.approx((0.65, 0.375))
    heavy = screening(dispute, Document(0.1, 0.5, -0.1, (0.05, 0.05), (0.02, 0.02)), 0.4)
    assert (heavy.share, heavy.refused, heavy.burden) == pytest.approx((0.8159388646288209, 0.595, 0.176))
    timid = screening(Dispute(0.5, (0.5, 0.0), (0.95, 0.95)), Document(0.1), 0.4)
    assert (timid.share, timid.refused) == pytest.approx((0.5, 0.0))
    assert screening(dispute, Document(0.1), 0.0).refused == 0


@given(st.floats(0, 0.5), st.floats(0.05, 0.6), st.floats(-0.1, 0.1), st.floats(0, 0.2), st.floats(0.5, 0.97))
def test_no_other_share_pays_better(cost, highest, shift, grievance, delta):
    """Among all shares A could ask for none has a higher expected premium."""
    dispute = Dispute(0.5, (cost, 0.0), (delta, 0.9))
    document = Document(0.1, 0.5, shift, (grievance, 0.0), (0.01, 0.02))
    found = screening(dispute, document, highest)
    base = bargaining_range(dispute, document)
    peace = base.loading[0].peace

    def gain(share):
        refused = np.clip((share - base.x_max) / highest, 0, 1)
        return (1 - refused) * peace * (share - base.x_min)

    others = gain(base.x_max + np.linspace(0, highest, 401))
    assert gain(found.share) >= others.max() - 1e-9
