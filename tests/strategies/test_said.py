"""What everybody has said so far: first offers, wishes, where issues stood."""

import numpy as np

from sim.strategies import Said
from sim.table import BargainingTable

DEALS = np.array([[i, j] for i in range(3) for j in range(3)])
ONE = np.array([0])


def table(**more):
    """Two issues with three levels."""
    return BargainingTable.of_payoffs(np.zeros((2, 9)), deals=DEALS, issues=("a", "b")).replace(**more)


def say(said, at, actor, *deals):
    """Offer some deals, one after the other."""
    offered = set()
    for deal in deals:
        said.note(at, actor, ONE, np.array([deal]), np.array([deal not in offered]))
        offered.add(deal)


def test_issues_that_stay_are_counted_among_different_offers():
    """Deals 0, 0, 1, 4: three different ones; the first issue stood in two of them, the second in one."""
    at = table()
    said = Said.begin(at)
    say(said, at, 1, 0, 0, 1, 4)
    assert said.first[0].tolist() == [-1, 0]
    assert said.latest[0, 1] == 4
    assert said.different[0, 1] == 3
    assert said.stood[0, 1].tolist() == [2, 1]
    assert said.named[0, 1].tolist() == [[3, 1, 0], [2, 2, 0]]
    assert not said.named[0, 0].any()


def test_offers_in_a_row_are_counted():
    """Deals 0, 0, 1, 0, 0, 0: the last three; whoever has said nothing has no row."""
    at = table()
    said = Said.begin(at)
    say(said, at, 1, 0, 0, 1, 0, 0, 0)
    assert said.repeated.tolist() == [[0, 3]]
    assert said.select(ONE).repeated.tolist() == [[0, 3]]


def test_a_public_demand_is_not_yet_the_wish():
    """Who opens with what he has demanded wishes what he offers next; anybody else wishes his first offer."""
    places = np.array([[[0.0, 0.0], [np.nan, np.nan]]])
    at = table(stated=places, salience=np.full((1, 2, 2), 0.5))
    assert at.demands.tolist() == [[0, -1]]
    said = Said.begin(at)
    say(said, at, 0, 0, 4, 8)
    say(said, at, 1, 8, 4)
    assert said.first[0].tolist() == [0, 8]
    assert said.wish[0].tolist() == [4, 8]


def test_many_levels_share_cells():
    """What has been said takes no more memory for an issue with a fine grid."""
    at = BargainingTable.of_payoffs(np.zeros((2, 1000)))
    said = Said.begin(at)
    say(said, at, 0, 999)
    assert said.named.shape[3] <= 128
    assert said.named[0, 0, 0].sum() == 1


def test_part_of_the_draws():
    """The record of some draws is that of these draws."""
    at = BargainingTable.of_payoffs(np.zeros((3, 2, 4)))
    said = Said.begin(at)
    said.note(at, 0, np.array([1, 2]), np.array([3, 2]), np.array([True, True]))
    assert said.select(np.array([2])).first.tolist() == [[2, -1]]
