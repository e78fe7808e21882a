"""Beliefs about the other side by Bayes' rule, and offers guided by them."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import Dice, InputError
from sim.strategies import BayesianGuided, Hearing
from sim.strategies.bayesian_guided import beliefs, offer_likelihood, refusal_likelihood, type_shares
from sim.table import BargainingTable, LazyTypes, TypeGrid
from tests.shipped import shipped

#: Three deals; the other may like the second more than the third, or the third more than the second.
MINE = [1.0, 0.6, 0.6]
KINDS = np.array([[[0.0, 1.0, 0.2], [0.0, 0.2, 1.0]]])


def listening(draws=1):
    """A hearing of actor 0, who does not know which of two types the other is."""
    table = BargainingTable.of_payoffs(np.stack([MINE, KINDS[0, 1]])).select(np.zeros(draws, np.int64))
    payoff = np.stack([np.tile(np.array(MINE), (2, 1)), KINDS[0]])[None]
    grid = TypeGrid(np.arange(2), payoff, np.zeros((1, 2, 2)), np.ones(payoff.shape, bool))
    rows = np.zeros(draws, np.int64)
    return Hearing.begin(table, 0, Dice("b", np.arange(draws)), types=LazyTypes(lambda: grid.select(rows)))


def says(hearing, actor, deal):
    """Somebody offers a deal."""
    one = np.array([deal])
    hearing.said.note(hearing.table, actor, np.array([0]), one, np.array([True]))


def test_belief_is_what_bayes_says():
    """One offer of the third deal, by hand: bells at 1 and at 0.2, even odds before; one refusal of the second."""
    hearing = listening()
    says(hearing, 1, 2)
    BayesianGuided().offer(hearing.at(0.0, 0, 0, standing=np.array([2]), heard=np.zeros((1, 2))), np.array([0.5]))
    bell = float(np.exp(-(0.8**2) / (2 * 0.25**2)))
    assert beliefs(hearing, 1)[0].tolist() == pytest.approx([bell / (1 + bell), 1 / (1 + bell)])
    says(hearing, 0, 1)
    BayesianGuided().offer(hearing.at(0.0, 1, 0, standing=np.array([2]), heard=np.zeros((1, 2))), np.array([0.5]))
    refusal = refusal_likelihood(np.array([1.0, 0.2]), 1.0, 0.25)
    odds = bell**2 * refusal[0] / refusal[1]
    assert beliefs(hearing, 1)[0, 0] == pytest.approx(float(odds / (1 + odds)))


def test_a_type_counts_from_what_it_has_without_a_deal():
    """What a deal leaves it is its gain over that, by the most it can gain; below that it would not sign."""
    hearing = listening()
    grid = hearing.types.grid
    better = dataclasses.replace(grid, disagreement=grid.disagreement + np.array([0.0, 0.1]))
    hearing = dataclasses.replace(hearing, types=LazyTypes(lambda: better), memory={})
    found = type_shares(hearing, 1, np.zeros(3, np.int64), np.arange(3))
    np.testing.assert_allclose(found, [[0.0, -1.0], [1.0, 1 / 9], [0.2, 1.0]])


def test_he_offers_what_they_seem_to_want():
    """Before anything is said either deal will do; after an offer it is the one that the other seems to like."""
    hearing = listening()
    says(hearing, 1, 2)
    now = hearing.at(0.0, 0, 0, standing=np.array([2]), heard=np.zeros((1, 2)))
    assert BayesianGuided().offer(now, np.array([0.6])).tolist() == [2]


def test_a_turn_is_learnt_from_once():
    """Asking twice in the same turn changes nothing."""
    hearing = listening()
    says(hearing, 1, 2)
    now = hearing.at(0.0, 0, 0, standing=np.array([2]), heard=np.zeros((1, 2)))
    first = BayesianGuided().offer(now, np.array([0.6]))
    kept = beliefs(hearing, 1).copy()
    assert BayesianGuided().offer(now, np.array([0.6])).tolist() == first.tolist()
    assert beliefs(hearing, 1).tolist() == kept.tolist()


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=6), st.floats(0, 1), st.floats(0.05, 1))
def test_likelihoods_are_chances(shares, demand, spread):
    """Both lie in 0..1, and nobody is thought to take what he would not sign."""
    found = np.array(shares)
    for likelihood in (offer_likelihood, refusal_likelihood):
        chance = likelihood(found, demand, spread)
        assert ((chance >= 0) & (chance <= 1)).all()
    assert (refusal_likelihood(found, demand, spread)[found < -1e-6] == 1).all()


@pytest.mark.parametrize("wrong", [{"spread": 0}, {"concession": 2}, {"band": -1}])
def test_settings_out_of_range(wrong):
    """Senseless settings are refused."""
    with pytest.raises(InputError):
        BayesianGuided(**wrong)


@pytest.mark.slow
def test_learning_finds_more_for_both():
    """In a case, guided offers lead to deals that are better for both than offers that mind oneself only."""
    from sim.engine import simulate
    from sim.scenario import change, draw
    from sim.table import DealSpace

    found = {}
    for rule in ("bayesian-guided", "nearest-to-aspiration"):
        names = {f"talks.strategies.{one}.offering": rule for one in ("union", "firm")}
        scenario = change(shipped("labour"), names)
        block = simulate(DealSpace.of(scenario), draw(scenario, np.arange(150)))
        deal, rows = block.outcome.deal, np.arange(150)
        premium = block.worlds.table.premium[rows, :, np.maximum(deal, 0)] * (deal >= 0)[:, None]
        found[rule] = premium[:, block.worlds.rule.signers].mean(axis=0)
    assert (found["bayesian-guided"] > found["nearest-to-aspiration"]).all()
