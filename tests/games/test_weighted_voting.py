"""Power in a vote."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import InputError
from sim.games import banzhaf_value, shapley_value, weighted_voting
from sim.games.coalition import members


def test_the_security_council():
    """[39; 7 x 5, 1 x 10]: a permanent member has 421/2145, a hundred times the power of another."""
    found = weighted_voting([7] * 5 + [1] * 10, 39)
    assert found.shapley[[0, -1]].tolist() == [Fraction(421, 2145), Fraction(4, 2145)]
    assert found.banzhaf_normalised[[0, -1]].tolist() == [Fraction(106, 635), Fraction(21, 1270)]
    assert found.veto.tolist() == [True] * 5 + [False] * 10
    assert not found.dictator.any()


def test_weights_are_not_power():
    """Lucas: 49, 48 and 3 votes with a quota of 51 have the same power; 49, 49 and 2 with 98 leave a dummy."""
    assert weighted_voting([49, 48, 3], 51).shapley.tolist() == [Fraction(1, 3)] * 3
    assert weighted_voting([49, 49, 2], 98).dummy.tolist() == [False, False, True]
    assert weighted_voting([3, 1, 1], 3).dictator.tolist() == [True, False, False]


@given(st.lists(st.integers(0, 6), min_size=1, max_size=6), st.integers(1, 20))
def test_the_same_as_coalition_by_coalition(weights, quota):
    """Counting by size and weight gives the values of the game in which winning coalitions are worth 1."""
    inside = members(len(weights))
    worth = np.array([Fraction(int(one)) for one in inside @ np.array(weights) >= quota], dtype=object)
    found = weighted_voting(weights, quota)
    assert found.shapley.tolist() == shapley_value(worth).tolist()
    assert found.banzhaf.tolist() == banzhaf_value(worth).tolist()
    winning = inside @ np.array(weights) >= quota
    for voter in range(len(weights)):
        assert found.veto[voter] == (winning[-1] and not winning[~inside[:, voter]].any())


def test_decimals_are_fractions():
    """Votes of .1 are tenths, not their binary neighbours; nonsense is refused."""
    assert weighted_voting([0.1, 0.2, 0.3], 0.3).dictator.tolist() == [False, False, False]
    assert weighted_voting([0.1, 0.2, 0.3], 0.3).shapley.tolist() == weighted_voting([1, 2, 3], 3).shapley.tolist()
    with pytest.raises(InputError, match="quota is above 0"):
        weighted_voting([1, 1], 0)
    with pytest.raises(InputError, match="too fine"):
        weighted_voting([0.123456789, 0.987654321], 1)
