"""Plans as plain arrays."""

import numpy as np
import pytest

from sim.foundations import ShapeError
from sim.table import RoundPlan


def test_select_keeps_the_rounds():
    """Selecting draws keeps proposers and rounds, and takes the rows of the rest."""
    value = np.array([[1.0, 2.0], [3.0, 4.0]])
    plan = RoundPlan(np.arange(6).reshape(2, 3), np.array([0, 1, 0]), np.zeros((2, 2, 3)), value)
    chosen = plan.select(np.array([False, True]))
    assert chosen.rounds == 3
    assert chosen.proposal.tolist() == [[3, 4, 5]]
    assert chosen.value.tolist() == [[3.0, 4.0]]


def test_arrays_must_fit():
    """A reservation without a value for each round is refused with both shapes."""
    with pytest.raises(ShapeError, match="reservation"):
        RoundPlan(np.zeros((1, 3), np.int64), np.zeros(3, np.int64), np.zeros((1, 2, 2)), np.zeros((1, 2)))
