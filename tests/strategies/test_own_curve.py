"""Taking what one is asking for anyway."""

import numpy as np

from sim.strategies import OwnCurve
from tests.strategies.hearings import hearing_of, pie


def test_compares_with_the_curve_not_the_next_offer():
    """Asking for 0.55 he takes 0.57, though he would offer 0.6; indifference is a yes."""
    for value, answer in ((0.54, False), (0.55, True), (0.57, True)):
        hearing = hearing_of(pie(), standing=np.array([value]), next_offer=np.array([0.6]))
        assert OwnCurve().accepts(hearing, np.array([0.55])).tolist() == [answer]
