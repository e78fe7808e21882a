"""The game over strategies: equilibria, regrets, and what is said where chance plays no part."""

import numpy as np
import pytest

from sim.foundations import InputError
from sim.runs.strategy_pool import pooled_strategy
from sim.runs.tournament import tournament
from tests.shipped import shipped


@pytest.fixture(scope="module")
def haggling():
    """A buyer and a seller who may hold out, concede late or concede early."""
    return tournament(shipped("buyer_seller"), 40, ["own", "hold-out", "boulware", "conceder"])


@pytest.mark.slow
def test_who_meets_a_holdout_gets_nothing_by_holding_out(haggling):
    """Both holding out leaves both without a deal, which is an equilibrium that pays less than another."""
    by_cell = {one.strategies: one for one in haggling.profiles}
    both = by_cell[(1, 1)]
    assert both.deal == 0
    assert both.regret == pytest.approx(0, abs=1e-9)
    assert sum(haggling.least_regret.payoffs) > sum(both.payoffs)


@pytest.mark.slow
def test_equilibria_are_those_without_regret(haggling):
    """Pure equilibria of the means are the combinations from which nobody gains by changing alone."""
    stable = {one.strategies for one in haggling.profiles if one.regret <= 1e-9}
    assert set(haggling.game.pure) == stable
    assert all(one.regret_low <= one.regret_high for one in haggling.profiles)
    assert haggling.least_regret.regret == 0


@pytest.mark.slow
def test_replies_are_paired(haggling):
    """What changes against one's own strategy has an interval, and the regret of the case is the larger gain."""
    own = next(one for one in haggling.profiles if one.strategies == (0, 0))
    assert max(one.gain for one in haggling.replies) == pytest.approx(own.regret)
    assert all(np.isnan(one.half) == (one.strategy == 0) for one in haggling.replies)


def test_where_seeds_change_nothing_it_is_deterministic():
    """The pie's numbers are fixed, so intervals are nought and said to be."""
    found = tournament(shipped("pie"), 2, ["hold-out", "linear"])
    assert found.deterministic
    assert found.switched
    assert {half for one in found.profiles for half in one.halves} == {0.0}


@pytest.mark.slow
def test_three_parties():
    """Of three parties pure equilibria, quantal responses and replicator dynamics are told, mixed ones not."""
    found = tournament(shipped("budget"), 12, ["hold-out", "conceder"])
    assert len(found.profiles) == 8
    assert found.game.nash is None
    assert found.learnt is None
    assert found.game.quantal is not None


@pytest.mark.parametrize("text", ["boulwar", "time-dependent:exponnt=1", "time-dependent:exponent=often"])
def test_strategies_that_there_are_not(text):
    """Names, settings and numbers are refused with the nearest."""
    with pytest.raises(InputError):
        pooled_strategy(text)


def test_too_many_combinations_are_refused():
    """With the number that they would be."""
    names = ["own", "hold-out", *(f"time-dependent:exponent={n}" for n in range(1, 7))]
    with pytest.raises(InputError, match="512 combinations"):
        tournament(shipped("budget"), 2, names)
