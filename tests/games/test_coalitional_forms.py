"""Coalitional games as textbooks give them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import InputError
from sim.games import nucleolus, shapley_value, weighted_voting
from sim.games.coalitional_forms import airport_worth, bankruptcy_worth, glove_worth, named_worth, voting_worth


def test_the_talmud():
    """Aumann and Maschler 1985: 100, 200 and 300 are owed, 200 is there."""
    assert nucleolus(bankruptcy_worth([100, 200, 300], 200)).allocation == pytest.approx([50, 75, 75])


@given(st.lists(st.integers(0, 20), min_size=1, max_size=5))
def test_fees_of_a_runway(costs):
    """Littlechild and Owen 1973: each segment is shared by those who need it, which is the Shapley value."""
    order = sorted(range(len(costs)), key=costs.__getitem__)
    fees, before, paid = np.zeros(len(costs)), 0, 0.0
    for rank, player in enumerate(order):
        paid += (costs[player] - before) / (len(costs) - rank)
        before = costs[player]
        fees[player] = paid
    assert shapley_value(airport_worth(costs)) == pytest.approx(-fees)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=5), st.integers(1, 20))
def test_votes_as_a_game(weights, quota):
    """The Shapley value of the game of votes is the index of Shapley and Shubik."""
    expected = [float(one) for one in weighted_voting(weights, quota).shapley]
    assert shapley_value(voting_worth(weights, quota)) == pytest.approx(expected)


def test_named_and_listed_are_the_same():
    """A market of one left and two right gloves, by name."""
    named = named_worth({"1 2": 1, 13: 1, 123: 1})
    assert named.tolist() == glove_worth(1, 2).tolist()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: bankruptcy_worth([1, -1], 1),
        lambda: bankruptcy_worth([1], -1),
        lambda: airport_worth([]),
        lambda: glove_worth(-1, 2),
        lambda: glove_worth(0, 0),
        lambda: voting_worth([1] * 17, 3),
        lambda: named_worth({11: 1}),
        lambda: named_worth({"a": 1}),
        lambda: named_worth({}),
    ],
)
def test_nonsense_is_refused(wrong):
    """Negative numbers, nobody, too many."""
    with pytest.raises(InputError):
        wrong()
