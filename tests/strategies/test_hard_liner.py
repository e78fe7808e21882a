"""No concession at all."""

from sim.strategies import HardLiner
from tests.strategies.hearings import hearing_of, pie


def test_asks_for_the_best_to_the_end():
    """The demand is one at the first and at the last moment."""
    for time in (0.0, 1.0):
        assert HardLiner().demand(hearing_of(pie(), time=time)).tolist() == [1.0]
