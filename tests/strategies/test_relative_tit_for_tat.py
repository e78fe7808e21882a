"""Concession in proportion to the opponent's."""

import numpy as np
import pytest

from sim.strategies import RelativeTitForTat, relative
from tests.strategies.hearings import hearing_of, pie


def test_worked_examples():
    """The opponent's move from 25 to 24 is answered in proportion; a large one runs into the limit."""
    assert relative(15.0, np.array([30.0, 28.0, 25.0, 24.0]), 1, 10, 20) == pytest.approx(15.625)
    assert relative(19.0, np.array([30.0, 20.0, 12.0]), 1, 10, 20) == 20


def test_on_his_own_payoff():
    """On the scale from 1 (worst) to 2 (best), 1.2 after 1.0 divides what he asks for by 1.2."""
    history = [np.array([[np.nan, 0.0]]), np.array([[np.nan, 0.2]])]
    hearing = hearing_of(pie(), asked=[np.array([0.8])], heard=history)
    assert RelativeTitForTat().demand(hearing) == pytest.approx([1.8 / 1.2 - 1])
