"""Taking what passes a fixed mark."""

import numpy as np

from sim.strategies import AcConst
from tests.strategies.hearings import hearing_of, pie


def test_mark_lies_between_floor_and_best():
    """With no deal worth 0.2 a mark of one half stands at 0.6."""
    for value, answer in ((0.59, False), (0.6, True)):
        hearing = hearing_of(pie(disagreement=0.2), standing=np.array([value]))
        assert AcConst(0.5).accepts(hearing, np.array([1.0])).tolist() == [answer]
