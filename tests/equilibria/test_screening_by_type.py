"""Sounding out somebody whose resolve is his secret, over a list of deals."""

import numpy as np
import pytest

from sim.equilibria import crisis_ultimatum, crisis_ultimatum_two_types, screening_by_type, screening_while_fighting
from sim.table import BargainingTable, TypeGrid

PIE = np.linspace(0, 1, 1001)


def stake(costs, cost, discount=1.0, power=0.5):
    """A divided stake: A wins with this chance at this cost; B's cost may be any of several."""
    payoff = np.stack([PIE, 1 - PIE])
    mine, theirs = power - cost, 1 - power - np.asarray(costs)
    table = BargainingTable.of_payoffs(payoff, [mine, float(theirs.mean())], discount=discount)
    return table, TypeGrid.of_values(payoff, np.stack([np.full(len(theirs), mine), theirs]))


def uniform(highest, count):
    """Costs in the middle of equal parts of the range from 0."""
    return (np.arange(count) + 0.5) / count * highest


def asked(plan):
    """What is asked for beyond power, offer by offer, as long as each is refused."""
    gone, found = 0, []
    for n in range(plan.offers):
        found.append(PIE[plan.offer[0, n, 0, gone]] - 0.5)
        gone = plan.cutoff[0, n, 0, gone]
    return found


@pytest.mark.parametrize(("offers", "gamma", "cost"), [(1, 0.5, 0.1), (2, 0.5, 0.1), (3, 0.5, 0.0)])
def test_many_types_are_the_closed_form(offers, gamma, cost):
    """With many types the plan is that of a cost spread evenly: same demands, chance of a deal and gain."""
    plan = screening_by_type(*stake(uniform(0.4, 150), cost, gamma), 0, 1, offers)
    exact = screening_while_fighting(0.4, cost, gamma, offers)
    assert asked(plan) == pytest.approx(exact.offers.tolist(), abs=0.006)
    assert float(plan.chance[0]) == pytest.approx(1 - exact.fighting[-1], abs=0.01)
    assert float(plan.value[0, 0]) == pytest.approx(exact.premium, abs=0.002)


def test_one_offer_is_fearons_ultimatum():
    """One offer is the risk-return trade-off of Fearon 1995, for the example with demand 0.65 and war in 0.375."""
    plan = screening_by_type(*stake(uniform(0.4, 200), 0.1), 0, 1, 1)
    exact = crisis_ultimatum(0.5, 0.1, 0.0, 0.4)
    assert asked(plan)[0] + 0.5 == pytest.approx(float(exact.demand), abs=0.002)
    assert 1 - float(plan.chance[0]) == pytest.approx(float(exact.war), abs=0.01)


@pytest.mark.parametrize("tough", [3, 7])
def test_two_types(tough):
    """With a few tough types it is worth a risk, with many it is not, as for two types of Fearon 1995."""
    costs = [0.05] * tough + [0.3] * (10 - tough)
    plan = screening_by_type(*stake(costs, 0.1), 0, 1, 1)
    exact = crisis_ultimatum_two_types(0.5, 0.1, 0.05, 0.3, tough / 10)
    assert asked(plan)[0] + 0.5 == pytest.approx(float(exact.demand), abs=1e-9)
    assert 1 - float(plan.chance[0]) == pytest.approx(float(exact.war), abs=1e-9)


def test_known_resolve_is_an_ultimatum():
    """One type leaves nothing to learn: it is offered what it just accepts, at once."""
    plan = screening_by_type(*stake([0.2], 0.1, 0.9), 0, 1, 1)
    assert asked(plan) == pytest.approx([0.2])
    assert plan.chance.tolist() == [1.0]


def test_more_offers_help_the_other_side():
    """Who can come back with another offer cannot bind himself: he gains less, the other more, deals are likelier."""
    found = [screening_by_type(*stake(uniform(0.4, 60), 0.0, 0.9), 0, 1, n) for n in (1, 4)]
    assert found[1].value[0, 0] < found[0].value[0, 0]
    assert found[1].value[0, 1] > found[0].value[0, 1]
    assert found[1].chance[0] > found[0].chance[0]


def test_battles_that_tell_are_worth_something():
    """What battles tell helps him who makes the offers; the grid of states grows by battles won."""
    table, types = stake(uniform(0.4, 40), 0.05, 0.9)
    blind, told = (screening_by_type(table, types, 0, 1, 3, leak=leak) for leak in (0.0, 1.0))
    assert told.value[0, 0] > blind.value[0, 0]
    assert blind.wins.tolist() == [0.5] * 40


def test_nothing_to_offer():
    """Where no deal suits him who offers, none is made; senseless numbers are refused."""
    payoff = np.array([[0.1], [0.9]])
    table = BargainingTable.of_payoffs(payoff, [0.5, 0.2])
    types = TypeGrid.of_values(payoff, np.array([[0.5, 0.5], [0.1, 0.3]]))
    plan = screening_by_type(table, types, 0, 1, 2)
    assert plan.chance.tolist() == [0.0]
    assert set(plan.offer.ravel().tolist()) == {-1}
    with pytest.raises(ValueError, match="at least one offer"):
        screening_by_type(table, types, 0, 1, 0)
    with pytest.raises(ValueError, match="between 0 and 1"):
        screening_by_type(table, types, 0, 1, 1, leak=2)
