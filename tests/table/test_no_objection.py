"""Consensus: a deal stands unless some object, and objecting may cost something."""

import numpy as np
import pytest

from sim.scenario import draw
from sim.scenario.rules import rule_problems
from sim.table import DealSpace, build, classify
from tests.protocols.test_who_stays_and_speaks import number, outcome, three


def core(**sign):
    """The core model under a rule, in one draw: what a deal is worth to each is 1 less its distance from his ideal."""
    scenario = three(reservation=0.6, sign={"rule": "no-objection", **sign})
    return build(DealSpace.of(scenario), draw(scenario, np.arange(1)))


def stand(worlds):
    """The numbers that some deal which stands puts on the issue."""
    values = worlds.scenario.issues["x"].values
    return values[worlds.space.deals[worlds.table.signable[0], 0]].tolist()


def test_without_a_cost_it_is_unanimity():
    """Who wants 10 takes 6 and more, who wants 1 takes 5 and less: nothing stands."""
    worlds = core()
    assert stand(worlds) == []
    assert worlds.rule.unanimous
    assert not classify(worlds).any[0]


def test_what_objecting_costs_lets_worse_deals_stand():
    """At a cost of .05 the one lets 5.5 stand, the other too."""
    worlds = core(objecting_costs=number(0.05))
    assert stand(worlds) == [5.5]
    assert classify(worlds).any[0]
    np.testing.assert_allclose(worlds.no_deal.value, 0.6)  # nobody pays it where talks just run out


def test_one_objection_may_not_be_enough():
    """Where two must object, any deal that one alone minds stands: all from 2 to 10 but 5.5, which two mind."""
    found = stand(core(objections=2))
    assert found == [2.0 + 0.5 * n for n in range(17) if n != 7]


def test_the_talks_sign_what_stands():
    """They agree on the one deal that nobody objects to."""
    scenario = three(reservation=0.6, sign={"rule": "no-objection", "objecting_costs": number(0.05)})
    assert set(outcome(scenario, 4).deal.tolist()) == {11}


@pytest.mark.parametrize(
    ("sign", "message"),
    [
        ({"rule": "all", "objections": 2}, '"objections" has no effect'),
        ({"rule": "all", "objecting_costs": number(0.1)}, '"objecting_costs" has no effect'),
        ({"rule": "no-objection", "objections": 4}, "cannot come from 3 signers"),
    ],
)
def test_mistakes_are_told(sign, message):
    """Keys of this rule under another, and more objections than there are signers."""
    assert any(message in problem.message for problem in rule_problems(three(sign=sign)))
