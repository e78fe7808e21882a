"""Waiting for better until late, then taking the best one may still hope for."""

import numpy as np

from sim.strategies import AcCombi
from tests.strategies.hearings import hearing_of, pie

ASKED = np.array([0.9])


def heard(*values):
    """A history of offers of the second actor, in the first one's payoff."""
    return [np.array([[np.nan, value]]) for value in values]


def late(*values, moments, time):
    """A hearing with a history of offers, the last of them on the table."""
    return hearing_of(pie(), standing=np.array([values[-1]]), heard=heard(*values), moments=list(moments), time=time)


def test_early_it_is_ac_next():
    """Before its time only what he would ask himself is taken."""
    assert not AcCombi(0.8).accepts(late(0.5, moments=[0.5], time=0.5), ASKED).any()
    assert AcCombi(0.8).accepts(late(0.9, moments=[0.5], time=0.5), ASKED).all()


def test_late_the_best_of_the_window_is_taken():
    """With a tenth left, the best offer of the last tenth is taken, a worse one not."""
    assert AcCombi(0.8).accepts(late(0.3, 0.4, moments=[0.85, 0.9], time=0.9), ASKED).all()
    assert not AcCombi(0.8).accepts(late(0.4, 0.3, moments=[0.85, 0.9], time=0.9), ASKED).any()


def test_offers_before_the_window_are_forgotten():
    """A better offer made long ago does not stop him."""
    assert AcCombi(0.8).accepts(late(0.6, 0.3, moments=[0.2, 0.9], time=0.9), ASKED).all()


def test_the_window_holds_what_was_said_as_long_ago_as_is_left():
    """With a tenth left, an offer exactly a tenth ago still counts, however 0.92 and 0.84 are rounded."""
    for time, moment in ((0.9, 0.8), (0.95, 0.9), (0.92, 0.84), (0.81, 0.62)):
        assert not AcCombi(0.8).accepts(late(0.4, 0.3, moments=[moment, time], time=time), ASKED).any()


def test_each_world_has_a_time_of_its_own():
    """Of two worlds in one block, only that in which it is late already takes the best of the window."""
    heard_in_both = [np.array([[np.nan, 0.3]] * 2), np.array([[np.nan, 0.4]] * 2)]
    hearing = hearing_of(
        pie(draws=2), standing=np.array([0.4, 0.4]), heard=heard_in_both, moments=[0.85, 0.9], time=0.9
    )
    taken = AcCombi(np.array([0.8, 0.95])).accepts(hearing, np.array([0.9, 0.9]))
    assert taken.tolist() == [True, False]
