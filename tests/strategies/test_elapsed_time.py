"""Concession by the time that has passed."""

from dataclasses import replace

import numpy as np
import pytest

from sim.foundations import InputError
from sim.strategies import ElapsedTime, still_asked
from tests.strategies.hearings import hearing_of, pie


def test_what_is_left_halves_in_the_half_life():
    """At a rate of ln 2 a year half of what was asked for is left after one year, a quarter after two."""
    assert still_asked(np.array([0.0, 1.0, 2.0]), np.log(2)).tolist() == pytest.approx([1.0, 0.5, 0.25])


def test_rounds_count_by_their_length():
    """Twelve rounds of a month are a year, whatever share of the talks that is."""
    hearing = hearing_of(pie().replace(round_years=1 / 12))
    for time in (0.1, 0.9):
        later = replace(hearing, round=12, time=time)
        assert ElapsedTime(speed=1.0).demand(later)[0] == pytest.approx(np.exp(-1))


def test_no_haste_no_concession():
    """With speed 0 everything is asked for, for ever; a negative one is refused."""
    assert ElapsedTime(speed=0.0).demand(replace(hearing_of(pie()), round=500))[0] == 1
    with pytest.raises(InputError, match="speed"):
        ElapsedTime(speed=-1.0)
