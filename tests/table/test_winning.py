"""Coalitions, groups with members, and actors who stay apart: who can sign, and who does."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.negotiation import negotiate
from sim.equilibria.backward_induction import backward_induction
from sim.foundations import Dice
from sim.protocols.strategic_alternating_offers import StrategicAlternatingOffers
from sim.scenario import Scenario, rule_problems
from sim.scenario.quantity import Quantity
from sim.scenario.winning import winning_coalitions
from sim.table import BargainingTable
from sim.table.signing_rule import SigningRule, signing_rule

ZERO = {"x": Quantity(value=0, assumed="test")}


def parties(votes, sign):
    """A scenario with so many actors, whose votes these are."""
    issue = {"levels": ["a", "b"], "status_quo": "a"}
    actor = {"patience": {"value": 0.9}, "salience": {"x": {"value": 1}}, "position": {"x": {"value": "b"}}}
    actors = {f"p{n}": {**actor, "capability": {"value": vote}} for n, vote in enumerate(votes)}
    talks = {"sign": sign}
    return Scenario(title="t", issues={"x": issue}, actors=actors, talks=talks, default_assumed="test")


def told(scenario):
    """The winning coalitions as sets of names."""
    names = list(scenario.actors)
    return {frozenset(names[n] for n in np.flatnonzero(row)) for row in winning_coalitions(scenario)}


def test_pairs_that_stay_apart_are_in_no_coalition_together():
    """Seats 4, 3, 2, 1, six needed, the largest two apart: the first needs the third, the second both small ones."""
    sign = {"rule": "weighted", "quota": 6, "apart": [("p0", "p1")]}
    assert told(parties([4, 3, 2, 1], sign)) == {frozenset({"p0", "p2"}), frozenset({"p1", "p2", "p3"})}


def test_a_group_says_yes_with_more_than_half_of_its_members():
    """A union of three locals and a firm: any two locals and the firm."""
    scenario = parties([1, 1, 1, 1], {"rule": "all", "groups": {"union": ["p1", "p2", "p3"]}})
    assert told(scenario) == {frozenset({"p0", *pair}) for pair in itertools.combinations(("p1", "p2", "p3"), 2)}
    weighed = parties([1, 5, 1, 1], {"rule": "all", "groups": {"union": ["p1", "p2", "p3"]}})
    assert told(weighed) == {frozenset({"p0", "p1"})}


@given(st.lists(st.integers(1, 9), min_size=2, max_size=5), st.data())
def test_without_groups_that_bind_the_rule_is_that_of_votes(votes, data):
    """A group of one changes nothing: every set of yeses passes under votes just as under coalitions."""
    quota = data.draw(st.integers(1, sum(votes)))
    plain = signing_rule(parties(votes, {"rule": "weighted", "quota": quota}))
    single = signing_rule(parties(votes, {"rule": "weighted", "quota": quota, "groups": {"g": ["p0"]}}))
    sets = np.array(list(itertools.product([False, True], repeat=len(votes))))
    np.testing.assert_array_equal(plain.passes(sets), single.passes(sets))


def test_who_signs_is_one_coalition_with_the_proposer_in_it():
    """All say yes; the smallest coalition of whoever proposed signs, and no two who stay apart."""
    rule = signing_rule(parties([4, 3, 2, 1], {"rule": "weighted", "quota": 6, "apart": [("p0", "p1")]}))
    everybody = np.ones((3, 4), bool)
    seated = rule.seated(everybody, np.array([0, 3, -1]))
    assert seated.tolist() == [[True, False, True, False], [False, True, True, True], [True, False, True, False]]


def test_backward_induction_finds_the_cheapest_partner_that_may_sit_with_it():
    """Dividing a dollar, 2 of 3: apart from the second, the first has to buy the third."""
    splits = [(6, 0, 0), (3, 3, 0), (3, 0, 3), (0, 3, 3)]
    payoff = np.array(splits, dtype=float).T
    apart = SigningRule(np.ones(3), 2.0, np.zeros(3, bool), np.array([[True, False, True], [False, True, True]]))
    table = BargainingTable.of_payoffs(payoff, rule=apart, discount=0.9)
    plan = backward_induction(table, 3)
    talks = negotiate(StrategicAlternatingOffers(plan), table, Dice("t", np.arange(1)))
    assert splits[int(talks.deal[0])] in {(6, 0, 0), (3, 0, 3)}
    assert not talks.accepted[0, 1]


@pytest.mark.parametrize(
    ("sign", "message"),
    [
        ({"rule": "weighted", "quota": 3, "apart": [("p0", "p1")]}, "no coalition is left"),
        ({"rule": "all", "groups": {"g": ["p0", "px"]}}, 'no signer "px"'),
        ({"rule": "all", "groups": {"p0": ["p1"]}}, "which is an actor"),
        ({"rule": "all", "groups": {"g": ["p0"], "h": ["p0"]}}, "already"),
    ],
)
def test_rules_that_nobody_can_meet_are_told(sign, message):
    """Coalitions that cannot exist, and groups of nobody."""
    found = [problem.message for problem in rule_problems(parties([1, 1, 1], sign))]
    assert any(message in one for one in found)


def test_who_cares_for_nothing_counts_for_nothing_in_groups_and_pairs():
    """A member to whom nothing matters is left out of its group, and a pair that stays apart with him is none."""
    sign = {"rule": "all", "groups": {"union": ["p1", "p2", "p3"], "idle": ["p4"]}, "apart": [("p0", "p3")]}
    scenario = parties([1, 1, 1, 1, 1], sign)
    nothing = {name: scenario.actors[name].model_copy(update={"salience": ZERO}) for name in ("p3", "p4")}
    scenario = scenario.model_copy(update={"actors": {**scenario.actors, **nothing}})
    assert not list(rule_problems(scenario))
    assert told(scenario) == {frozenset({"p0", "p1", "p2"})}
