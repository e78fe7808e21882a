"""The document with most to share."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import DocumentDesign, best_document


@pytest.mark.parametrize(
    ("salience", "damage", "resolved", "enforcement", "joint"),
    [
        (0.1, 0.0, 0.220674, 1.0, 0.11835951306956669),
        (0.3, 0.0, 1.0, 0.760413, 0.09970112573635205),
        (0.1, 0.02, 0.29684, 1.0, 0.11233721547541192),
    ],
)
def test_worked_examples(salience, damage, resolved, enforcement, joint):
    """Root causes are resolved even against the larger objection where the document then lasts longer."""
    best = best_document(DocumentDesign(0.25, 2.0, 1.5, 0.95, 0.32, salience, 0.18, damage, 0.03))
    assert (best.resolved, best.enforcement) == pytest.approx((resolved, enforcement), abs=1e-5)
    assert best.joint_premium == pytest.approx(joint, abs=1e-9)
    assert best.any_document


@pytest.mark.slow
@given(
    st.floats(0, 0.5), st.floats(0, 3), st.floats(0, 3), st.floats(0.5, 0.97),
    st.floats(0, 0.5), st.floats(0, 0.5), st.floats(0, 0.1), st.floats(0, 0.2),
)  # fmt: skip
def test_nothing_on_a_grid_is_better(base, a_e, a_r, delta, salience, objection, damage, cost):
    """No document on a grid has a larger joint premium."""
    design = DocumentDesign(base, a_e, a_r, delta, 0.32, salience, objection, damage, cost)
    best = best_document(design)
    grid = np.linspace(0, 1, 41)
    assert best.joint_premium >= design.joint_premium(grid[:, None], grid[None, :]).max() - 1e-12
