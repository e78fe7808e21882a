"""An offer is kept only where all that it followed from is as it was."""

import numpy as np
import pytest

from sim.foundations import Dice
from sim.strategies import Hearing
from sim.strategies.remembered_offers import RememberedOffers
from sim.table import BargainingTable

ROW = np.array([0])


@pytest.fixture
def hearing():
    """One who has four deals, and has heard the last of them."""
    found = Hearing.begin(
        BargainingTable.of_payoffs([[1.0, 0.7, 0.6, 0.2], [0.0, 0.2, 0.7, 1.0]]), 0, Dice("kept", np.arange(1))
    )
    found.said.note(found.table, 1, ROW, np.array([3]), np.array([True]))
    return found


def kept(hearing, asked, reached, besides=()):
    """What he remembers of an offer that he made when he asked for so much, which so many deals are worth."""
    RememberedOffers.of(hearing, besides).keep(hearing, ROW, np.array([asked]), np.array([reached]), np.array([1]))


def still(hearing, asked, besides=()):
    """Whether it is his offer by now."""
    return RememberedOffers.of(hearing, besides).still(hearing, np.array([asked])).tolist() == [True]


def test_what_he_asks_for_counts_by_the_deals_that_are_worth_it(hearing):
    """Anything between two deals is the same; nothing is before he has offered, or below what he gets anyway."""
    assert not still(hearing, 0.7)
    kept(hearing, 0.65, 2)
    assert [still(hearing, asked) for asked in (0.75, 0.7, 0.61, 0.6)] == [False, True, True, False]
    kept(hearing, 0.2, 4)
    assert [still(hearing, asked) for asked in (0.3, 0.2, 0.1)] == [False, True, False]
    kept(hearing, 0.1, 4)
    assert not still(hearing, 0.2)


def test_what_is_said_since_counts(hearing):
    """Another offer does, and so does one that is taken back again, as it tells what they hold on to."""
    kept(hearing, 0.65, 2)
    hearing.said.note(hearing.table, 1, ROW, np.array([3]), np.array([False]))
    assert still(hearing, 0.65)
    hearing.said.note(hearing.table, 1, ROW, np.array([2]), np.array([True]))
    assert not still(hearing, 0.65)
    hearing.said.note(hearing.table, 1, ROW, np.array([3]), np.array([False]))
    assert not still(hearing, 0.65)


def test_what_is_named_besides_counts(hearing):
    """Settings, for all draws or for each."""
    kept(hearing, 0.65, 2, (0.5, np.array([True])))
    assert still(hearing, 0.65, (0.5, np.array([True])))
    assert not still(hearing, 0.65, (0.6, np.array([True])))
    assert not still(hearing, 0.65, (0.5, np.array([False])))


def test_it_is_remembered_in_some_of_the_draws_too(hearing):
    """Where talks go on in these alone."""
    kept(hearing, 0.65, 2)
    assert still(hearing.select(ROW, hearing.said.select(ROW)), 0.65)
