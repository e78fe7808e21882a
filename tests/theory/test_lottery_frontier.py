"""Play along the frontier of two parties meets the closed forms on a pie, and theory on any frontier."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import deal_me_out, outside_options, package_deal, package_deal_limit, rubinstein, stahl
from sim.table import BargainingTable
from sim.theory import LotteryFrontier

PATIENCE = st.floats(0.05, 0.98)


def pie(first=0.0, second=0.0):
    """A pie of 1 with a payoff of no deal for each side."""
    share = np.linspace(0, 1, 3)
    table = BargainingTable.of_payoffs(np.stack([share, 1 - share]), [first, second])
    return LotteryFrontier.of_table(table, 0, 1)


def one(delta):
    """A number for one draw."""
    return np.array([delta])


@given(PATIENCE, PATIENCE)
def test_by_turns_for_ever_is_rubinstein(first, second):
    """On a pie of 1 the opener gets the share of the closed form."""
    found, other = pie().by_turns(one(first), one(second))
    assert found[0] == pytest.approx(rubinstein(first, second), abs=1e-12)
    assert found[0] + other[0] == pytest.approx(1)


@given(PATIENCE, PATIENCE, st.integers(1, 12))
def test_by_turns_until_the_last_offer_is_stahl(first, second, offers):
    """On a pie of 1 the opener gets the share of the closed form, whoever makes the last offer."""
    found, _ = pie().by_turns_until(one(first), one(second), offers)
    assert found[0] == pytest.approx(stahl(first, second, offers), abs=1e-12)


@given(PATIENCE, PATIENCE, st.floats(0, 0.49), st.floats(0, 0.49))
def test_leaving_for_an_option_is_binmore_shaked_sutton(first, second, own, other):
    """On a pie of 1 an option binds only where it beats the talks, as in the closed form."""
    found, _ = pie().by_turns_or_leave(one(first), one(second), one(own), one(other))
    assert found[0] == pytest.approx(outside_options(first, second, own, other).first, abs=1e-9)


def test_quick_offers_and_leaving_are_deal_me_out():
    """As rounds shrink, the one with the option gets the larger of his share and his option."""
    quick = np.exp(-0.1 * 1e-5)
    _, found = pie().by_turns_or_leave(one(quick), one(quick), one(0.0), one(0.6))
    assert 1 - found[0] == pytest.approx(deal_me_out(0.1, 0.1, 0.0, 0.6), abs=1e-5)


@given(st.lists(st.tuples(st.floats(0.1, 5), st.floats(0.1, 5)), min_size=1, max_size=4), PATIENCE)
def test_several_issues_are_a_package(worths, delta):
    """Deals that give each issue whole to one side, with lotteries, are the packages of divisible issues."""
    a, b = np.array(worths).T
    to_first = (np.arange(2 ** len(a))[:, None] >> np.arange(len(a))) % 2
    table = BargainingTable.of_payoffs(np.stack([to_first @ a, (1 - to_first) @ b]))
    frontier = LotteryFrontier.of_table(table, 0, 1)
    found = np.array(frontier.by_turns(one(delta), one(delta)))[:, 0]
    assert found == pytest.approx(package_deal(a, b, delta).first.values, rel=1e-6, abs=1e-9)
    limit = np.array(frontier.weighted_nash(one(0.5)))[:, 0]
    assert limit == pytest.approx(package_deal_limit(a, b).values, rel=1e-6, abs=1e-9)


def test_no_deal_cuts_the_frontier_where_it_lies():
    """Gains are over no deal, and between two deals the cut falls on the line that joins them."""
    found = pie(0.2, 0.3)
    assert found.first[0, -1] == pytest.approx(0.5)
    assert found.second[0, 0] == pytest.approx(0.5)


def test_nothing_to_divide_is_empty():
    """Where no lottery satisfies both, the frontier says so."""
    assert pie(0.7, 0.7).empty.tolist() == [True]
