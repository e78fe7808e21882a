"""Concession by the same amount as the opponent's."""

import numpy as np

from sim.strategies import RandomAbsoluteTitForTat, random_absolute
from tests.strategies.hearings import hearing_of, pie


def test_worked_examples():
    """The difference is added, the random amount with the sign of a concession."""
    offers = np.array([30.0, 28.0, 25.0, 24.0])
    limits = {"low": 10, "high": 20}
    assert random_absolute(15.0, offers, 1, 0.0, increasing=True, **limits) == 16.0
    assert random_absolute(15.0, offers, 1, 2.0, increasing=True, **limits) == 14.0
    assert random_absolute(15.0, offers, 1, 2.0, increasing=False, **limits) == 18.0


def test_random_amount_is_bounded_and_repeatable():
    """The extra concession lies between 0 and the spread and is the same when asked again."""
    table = pie(draws=200)
    still = [np.array([[np.nan, 0.2]] * 200)] * 2
    hearing = hearing_of(table, asked=[np.full(200, 0.9)], heard=still)
    demand = RandomAbsoluteTitForTat(spread=0.3).demand(hearing)
    assert 0.6 <= demand.min() < 0.65
    assert 0.85 < demand.max() <= 0.9
    assert (RandomAbsoluteTitForTat(spread=0.3).demand(hearing) == demand).all()
