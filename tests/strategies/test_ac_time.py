"""Taking anything bearable once it is late."""

import numpy as np
import pytest

from sim.foundations import InputError
from sim.strategies import AcTime
from tests.strategies.hearings import hearing_of, pie


def test_waits_for_the_clock():
    """Before the time nothing is taken, after it anything that beats no deal."""
    cases = ((0.5, 1.0, False), (0.9, 0.2, True), (0.9, 0.1, False))
    for time, value, answer in cases:
        hearing = hearing_of(pie(disagreement=0.2), standing=np.array([value]), time=time)
        assert AcTime(0.9).accepts(hearing, np.array([1.0])).tolist() == [answer]


@pytest.mark.parametrize("after", [-0.1, 1.1])
def test_a_time_outside_of_the_talks_is_refused(after):
    """It is a share of them."""
    with pytest.raises(InputError, match="after"):
        AcTime(after=after)
