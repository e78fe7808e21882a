"""What a table says of its own deals: who would sign, who stops them, what is demanded, how like two deals are."""

import numpy as np
import pytest

from sim.foundations import NO_DEAL
from sim.table import BargainingTable, SigningRule

#: Two issues: three steps of the first, two options without an order of the second.
GRID = np.array([[i, j] for i in range(3) for j in range(2)])


def table(payoff, disagreement=0.0, **more):
    """Six deals, and what three actors have from each."""
    found = BargainingTable.of_payoffs(np.array(payoff, float), disagreement, deals=GRID, issues=("steps", "options"))
    return found.replace(**{"places": (np.array([0.0, 0.2, 1.0]), np.array([np.nan, np.nan])), **more})


PAYOFF = [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [3, 3, 3, 1, 1, 1]]


def test_a_deal_is_signed_where_it_is_no_worse_than_none_and_crosses_no_line():
    """To the last bit of rounding, actor by actor."""
    permitted = np.ones((1, 3, 6), bool)
    permitted[0, 1, 1] = False
    at = table(PAYOFF, [1.0 + 1e-12, 3.0, 2.0], permitted=permitted)
    assert at.acceptable[0].astype(int).tolist() == [[0, 1, 1, 1, 1, 1], [1, 0, 1, 0, 0, 0], [1, 1, 1, 0, 0, 0]]
    assert at.signable[0].tolist() == [False, False, True, False, False, False]


def test_who_does_not_sign_stops_only_what_needs_his_consent():
    """The third is asked about half of the deals: those of them that he would refuse may not be offered."""
    consent = np.zeros((3, 6), bool)
    consent[2, [1, 3, 5]] = True
    two = SigningRule.unanimity(3, np.array([True, True, False]))
    at = table(PAYOFF, [0.0, 0.0, 2.0], consent=consent, rule=two)
    assert at.offerable[0].tolist() == [True, True, True, False, True, False]
    assert at.signable[0].tolist() == [True, True, True, False, True, False]
    consent[0] = True
    at = at.replace(consent=consent, disagreement=np.array([[1.0, 0.0, 2.0]]))
    assert at.offerable[0].tolist() == [True, True, True, False, True, False]
    assert at.signable[0].tolist() == [False, True, True, False, True, False]


def test_likeness_is_what_is_left_of_the_distance():
    """On the scale of each issue; options without an order are the same or not."""
    at = table(PAYOFF)
    assert at.unordered == (1,)
    both = np.array([0, 1])
    for one, other, expected in (([0, 0], [1, 1], [0.8, 0]), ([2, 1], [0, 1], [0, 1]), ([1, 0], [2, 0], [0.2, 1])):
        assert at.likeness(np.array(one), np.array(other), both).tolist() == pytest.approx(expected)


def test_there_is_something_to_talk_about_where_deals_differ():
    """An issue on which all say the same is closed; with a single deal all are open."""
    assert table(PAYOFF).open_issues.tolist() == [0, 1]
    some = BargainingTable.of_payoffs(np.zeros((2, 3)), deals=GRID[[0, 2, 4]], issues=("steps", "options"))
    assert some.open_issues.tolist() == [0]
    alone = BargainingTable.of_payoffs(np.zeros((2, 1)), deals=GRID[:1], issues=("steps", "options"))
    assert alone.open_issues.tolist() == [0, 1]


def test_a_demand_is_the_deal_nearest_to_what_is_stated():
    """Of deals as near the better one for himself; never across his own line; nothing where nothing is stated."""
    stated = np.full((2, 3, 2), np.nan)
    stated[:, 0, 0], stated[:, 1, 0] = 0.7, 0.1  # in the middle of 0 and 0.2, both are as near for the second
    permitted = np.ones((2, 3, 6), bool)
    permitted[1, 0, 4:] = False
    at = table([PAYOFF, PAYOFF], stated=stated, salience=np.ones((2, 3, 2)), permitted=permitted)
    assert at.demands.tolist() == [[5, 0, NO_DEAL], [3, 0, NO_DEAL]]
    permitted[1, 0] = False
    assert at.replace(permitted=permitted).demands[:, 0].tolist() == [5, NO_DEAL]
    assert (table(PAYOFF).demands == NO_DEAL).all()
    chosen = at.select(np.array([1]))
    assert chosen.demands.tolist() == at.replace().demands[1:].tolist()


def test_demands_weigh_issues_by_salience():
    """Two issues with an order: what he is near on the one that matters more to him decides."""
    places = (np.array([0.0, 0.5, 1.0]), np.array([0.0, 1.0]))
    stated = np.array([[[1.0, 0.0], [1.0, 0.0], [1.0, 0.0]]])
    without = np.zeros((1, 3, 6), bool)
    without[:, :, 2] = True  # half off on the first
    without[:, :, 5] = True  # right on the first, wrong on the second
    for first, expected in ((1.0, 2), (3.0, 5)):
        salience = np.broadcast_to([first, 1.0], (1, 3, 2))
        at = table(PAYOFF, stated=stated, salience=salience, permitted=without, places=places)
        assert at.demands[0].tolist() == [expected] * 3


def test_every_outsider_may_stop_what_needs_his_consent():
    """Of two who do not sign each stops what he is asked about, whatever the other says."""
    consent = np.zeros((4, 6), bool)
    consent[2, [0, 1]], consent[3, [1, 2]] = True, True
    payoff = [PAYOFF[0], PAYOFF[1], [-1] * 6, [-1] * 6]
    rule = SigningRule.unanimity(4, np.array([True, True, False, False]))
    at = BargainingTable.of_payoffs(np.array(payoff, float), deals=GRID, issues=("steps", "options"), rule=rule)
    at = at.replace(consent=consent)
    assert at.offerable[0].tolist() == at.signable[0].tolist() == [False, False, False, True, True, True]
