"""Concession in proportion to the opponent's over a window."""

import numpy as np
import pytest

from sim.strategies import AveragedTitForTat, averaged, relative
from tests.strategies.hearings import hearing_of, pie


def test_worked_examples():
    """Two moves back the opponent stood at 30, now at 12: the answer runs into the limit."""
    assert averaged(19.0, np.array([30.0, 20.0, 12.0]), 2, 10, 20) == 20
    assert averaged(4.0, np.array([30.0, 20.0, 12.0]), 2, 0, 20) == pytest.approx(10.0)


def test_window_of_one_is_the_relative_tactic():
    """With a window of one it is relative tit-for-tat with lag one."""
    offers = np.array([30.0, 28.0, 25.0, 24.0])
    assert averaged(15.0, offers, 1, 10, 20) == relative(15.0, offers, 1, 10, 20)


def test_the_window_counts_the_opponents_moves():
    """In talks a window of two goes from the opponent's last offer but two to the last: 1.2 to 1.6 on the scale."""
    heard = [np.array([[np.nan, value]]) for value in (0.2, 0.5, 0.6)]
    hearing = hearing_of(pie(), heard=heard)
    for window, before in ((1, 1.5), (2, 1.2)):
        answers = AveragedTitForTat(window=window).answer(hearing, np.array([[1.8, 1.8]]))
        assert answers[0, 1] == pytest.approx(1.8 * before / 1.6)
