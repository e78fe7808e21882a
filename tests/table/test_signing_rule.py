"""Who must sign, which deal comes closest, and red lines of every kind."""

import numpy as np
import pytest

from sim.scenario import draw
from sim.table import DealSpace, SigningRule, build, nearest_deal
from sim.table.signing_rule import signing_rule
from tests.engine.staged import one_deal, with_numbers
from tests.shipped import shipped
from tests.table.dispute import dispute, number


def rule_of(**sign):
    """The rule of the budget case, with other words about who signs."""
    scenario = shipped("budget")
    raw = scenario.model_dump()
    raw["talks"]["sign"] = sign
    return signing_rule(type(scenario).model_validate(raw))


@pytest.mark.parametrize(
    ("sign", "answers", "signed"),
    [
        ({"rule": "all"}, (True, True, False), False),
        ({"rule": "all"}, (True, True, True), True),
        ({"rule": "k-of-n", "k": 2}, (True, True, False), True),
        ({"rule": "k-of-n", "k": 2}, (True, False, False), False),
        ({"rule": "k-of-n", "k": 2, "veto": ("south",)}, (True, True, False), False),
        ({"rule": "k-of-n", "k": 2, "veto": ("south",)}, (True, False, True), True),
        ({"rule": "all", "signers": ("north", "east")}, (True, True, False), True),
        (
            {"rule": "weighted", "weights": {"north": 3, "east": 2, "south": 1}, "quota": 4},
            (True, False, True),
            True,
        ),
        (
            {"rule": "double-majority", "k": 3, "weights": {"north": 3, "east": 2, "south": 1}, "quota": 4},
            (True, True, False),
            False,
        ),
        (
            {"rule": "double-majority", "k": 2, "weights": {"north": 3, "east": 2, "south": 1}, "quota": 4},
            (False, True, True),
            False,
        ),
        (
            {
                "rule": "double-majority",
                "k": 2,
                "weights": {"north": 3, "east": 2, "south": 1},
                "quota": 4,
                "blocking": 2,
            },
            (False, True, True),
            True,
        ),
        (
            {"rule": "weighted", "weights": {"north": 3, "east": 2, "south": 1}, "quota": 4},
            (False, True, True),
            False,
        ),
    ],
)
def test_rules(sign, answers, signed):
    """All, k of n, weights and vetoes, as the file writes them."""
    assert rule_of(**sign).passes(np.array([answers]))[0] == signed


def test_mediators_and_guarantors_do_not_sign():
    """Left to itself the rule asks the parties and nobody else."""
    rule = signing_rule(shipped("ceasefire"))
    assert rule.signers.tolist() == [True, True, False, False]
    assert rule.unanimous
    assert not SigningRule.k_of_n(3, 2).unanimous


def test_nearest_deal_hurts_the_least_satisfied_least():
    """The deal with the largest smallest surplus among those whose yes it needs; lines weigh more than numbers."""
    scenario = shipped("ceasefire")
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(100)))
    surplus = worlds.payoff - worlds.alternative[:, :, None] - 10.0 * ~worlds.permitted
    needed = worlds.space.consent | worlds.rule.signers[:, None]
    least = np.where(needed, surplus, np.inf).min(axis=1)
    deal = nearest_deal(worlds)
    assert (least[np.arange(100), deal] == least.max(axis=1)).all()
    truces = worlds.space.kind == 0
    assert truces[nearest_deal(worlds, truces)].all()


def test_own_value_lines():
    """A line on one's own value is crossed below it, before the cost of crossing anything."""
    line = {"own_value": number(0.5), "firmness": number(0.5), "cost": number(0.2)}
    scenario = with_numbers(
        dispute({"W": 0, "delta": 0.9}, {"W": 0, "delta": 0.9}, shares=(0.4, 0.5)),
        {"actors.A.red_lines": {"home": line}},
    )
    space = DealSpace.of(scenario)
    worlds = build(space, draw(scenario, np.arange(40)))
    share = np.array([float(space.describe(deal)["share"]) for deal in range(len(space))])
    drawn = worlds.red_lines[0]
    assert (drawn.crossed == (share < 0.5)).all()
    assert 0 < drawn.hard.mean() < 1
    assert (worlds.permitted[:, 0] == ~(drawn.hard[:, None] & (share < 0.5))).all()
    assert worlds.permitted[:, 1].all()
    soft = ~drawn.hard
    np.testing.assert_allclose(worlds.flow[soft, 0], np.tile(share - 0.2 * (share < 0.5), (soft.sum(), 1)))
    np.testing.assert_allclose(worlds.flow[drawn.hard, 0], np.tile(share, (drawn.hard.sum(), 1)))


def test_lines_on_options_without_an_order():
    """A line on a categorical issue forbids the options it names."""
    scenario = shipped("budget")
    line = {"issue": "division", "levels": ("6-0-0", "0-6-0"), "firmness": number(1.0)}
    scenario = with_numbers(scenario, {"actors.south.red_lines": {"all": line}})
    space = DealSpace.of(scenario)
    worlds = build(space, draw(scenario, np.arange(3)))
    names = [space.describe(deal)["division"] for deal in range(len(space))]
    forbidden = np.isin(names, ["6-0-0", "0-6-0"])
    assert (worlds.permitted[:, 2] == ~forbidden).all()
    assert worlds.permitted[:, :2].all()


def test_nobody_presses_for_what_crosses_his_own_line():
    """A presser with a hard line lends no weight to deals beyond it."""
    line = {"own_value": number(0.9), "firmness": number(1.0)}
    mediator = {"role": "mediator", "patience": number(0.5), "war_cost": number(0.9)}
    mediator |= {"salience": {"share": number(1.0)}, "position": {"share": number("0.5")}}
    mediator |= {"pressure": {"A": {"strength": number(0.1)}}, "red_lines": {"own": line}}
    scenario = dispute({"W": 0, "delta": 0.9}, {"W": 0, "delta": 0.9}, shares=(0.4, 0.5, 0.7))
    scenario = with_numbers(scenario, {"actors.M": mediator})
    space = DealSpace.of(scenario)
    worlds = build(space, draw(scenario, np.arange(1)))
    share = np.array([float(space.describe(deal)["share"]) for deal in range(len(space))])
    assert ((worlds.pressure[0, 0] > 0) == (np.abs(share - 0.5) < 0.1 + 1e-9)).all()


def test_members_of_a_bloc_without_votes_of_their_own_sign():
    """Votes are the bloc's, and any two of three make it say yes: nobody is in every coalition, and all can sign."""
    bloc = {"groups": {"bloc": ("north", "east", "south")}}
    rule = rule_of(rule="weighted", weights={"bloc": 1}, quota=1, **bloc)
    assert sorted(rule.winning.sum(axis=1).tolist()) == [2, 2, 2]
    assert rule.signers.tolist() == [True, True, True]
    assert rule.passes(np.array([[True, True, False], [True, False, False]])).tolist() == [True, False]


def test_a_majority_of_all_heads_is_everybody():
    """Three heads of three leave nobody out, whatever the votes; two do. Heads count only where a rule says so."""
    votes = {"weights": {"north": 3, "east": 2, "south": 1}, "quota": 4}
    assert rule_of(rule="double-majority", k=3, **votes).unanimous
    assert not rule_of(rule="double-majority", k=2, **votes).unanimous
    assert not SigningRule.k_of_n(3, 2).counts_heads
    for veto in (False, True):  # a quota that all together do not reach
        beyond = SigningRule(np.ones(2), 2.5, np.full(2, veto))
        assert not beyond.by_vetoes
        assert not beyond.passes(np.ones((1, 2), bool)).any()


def test_a_settlement_that_gains_nobody_anything_is_still_one_to_refer_to():
    """Half of the pie is what no deal is worth to both, to the last bit: its product of gains is 0, and it counts."""
    side = {"W": 0.5, "delta": 0.9}
    scenario = dispute(side, side)
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(1)))
    settlement = one_deal(worlds.space, share="0.5", causes="1.0", watch="unwatched")
    assert (worlds.signed[0, :, settlement] - 0.5).tolist() == [0.0, 0.0]
    assert worlds.reference[0] == settlement
