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


#: Inhabitants of the 27 members of the European Union on 1 January 2023, in hundred thousands (Eurostat, demo_pjan).
MEMBERS = (844, 681, 589, 481, 368, 191, 178, 118, 108, 105, 105, 104, 96, 91, 64, 59, 56, 54, 52, 39, 29, 21, 19, 14,
           9, 7, 5)  # fmt: skip
#: Inhabitants of the 28 members in 2017 in ten thousands, as the package powerindices (Huettner) gives them.
TWENTY_EIGHT = (1135, 710, 1058, 575, 8252, 132, 478, 1077, 4653, 6699, 415, 6059, 85, 195, 285, 59, 980, 46, 1708, 877,
                3797, 1031, 1964, 207, 544, 550, 1000, 6581)  # fmt: skip


def test_the_council_of_the_european_union():
    """55 % of members with 65 % of people: 13.2 % of all coalitions pass (Petróczy & Csató 2023), and size is power."""
    found = weighted_voting(MEMBERS, Fraction(65, 100) * sum(MEMBERS), least=15, blocking=4)
    assert float(found.passing) == pytest.approx(0.132, abs=0.001)
    shares = [float(one) for one in found.shapley]
    assert shares == sorted(shares, reverse=True)
    assert sum(found.shapley) == 1
    assert not found.veto.any()


@pytest.mark.slow
def test_the_council_of_twenty_eight():
    """16 of 28 with 65 % of people: the Shapley-Shubik indices that the package powerindices 0.1 prints."""
    found = weighted_voting(TWENTY_EIGHT, round(0.65 * sum(TWENTY_EIGHT)), least=16)
    assert [round(float(one), 5) for one in found.shapley[:6]] == [0.0241, 0.01794, 0.02297, 0.01603, 0.14697, 0.00983]


def test_no_three_can_block():
    """The three largest of four hold 90 % of the votes; where four are needed to block, they alone cannot."""
    votes = [30, 30, 30, 10]
    assert weighted_voting(votes, 65).passing == Fraction(5, 16)
    assert weighted_voting(votes, 65, blocking=4).passing == Fraction(15, 16)


@given(st.lists(st.integers(1, 6), min_size=1, max_size=6), st.integers(1, 20), st.integers(0, 6), st.integers(0, 5))
def test_a_double_majority_coalition_by_coalition(weights, quota, least, blocking):
    """Members and votes counted together give the values of the game in which winning coalitions are worth 1."""
    inside = members(len(weights))
    heads, votes = inside.sum(axis=1), inside @ np.array(weights)
    winning = (heads >= least) & ((votes >= quota) | (len(weights) - heads < blocking))
    found = weighted_voting(weights, quota, least, blocking)
    worth = np.array([Fraction(int(one)) for one in winning], dtype=object)
    if not winning[0]:
        assert found.shapley.tolist() == shapley_value(worth).tolist()
    assert found.banzhaf.tolist() == banzhaf_value(worth).tolist()
    assert found.passing == Fraction(int(winning.sum()), len(winning))


def test_people_are_counted():
    """Half a member, or a negative one, cannot agree."""
    with pytest.raises(InputError, match="counted"):
        weighted_voting([1, 1], 1, least=-1)
