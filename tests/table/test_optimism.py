"""Sides that are too sure of winning leave less to bargain over, as the theory of mutual optimism says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import mutual_optimism
from sim.scenario import Scenario, draw
from sim.table import DealSpace, build
from sim.table.war import believed_chances, decision_weight
from sim.theory import READABLE, read_theories

COST = 0.3
PATIENCE, DECIDES = 0.9, 0.5


def side(position, optimism):
    """A belligerent at even odds."""
    found = {
        "patience": {"value": PATIENCE},
        "power": {"value": 1},
        "war_cost": {"value": COST},
        "salience": {"prize": {"value": 1}},
        "position": {"prize": {"value": position}},
    }
    return found | ({} if optimism is None else {"optimism": {"value": optimism}})


def war(first=None, second=None):
    """Two sides, one prize that arms may decide."""
    return Scenario(
        title="war",
        default_assumed="a textbook",
        issues={"prize": {"kind": "numeric", "low": 0, "high": 1, "points": 401, "status_quo": 0.5}},
        actors={"A": side(1, first), "B": side(0, second)},
        talks={"round": "1 year", "rounds": 3, "horizon": 3, "decisive_chance": {"value": DECIDES}},
    )


def worlds(scenario):
    """The core model of one draw."""
    return build(DealSpace.of(scenario), draw(scenario, np.arange(1)))


@given(st.floats(0, 0.5), st.floats(0, 0.5))
def test_a_deal_exists_where_the_theory_says(first, second):
    """The range is open iff the beliefs' excess is no more than both costs of war (C13; Fearon 1995, p. 393)."""
    mu = float(decision_weight(PATIENCE, DECIDES))
    cost = (1 - mu) * COST / mu  # in units of what arms decide
    found = mutual_optimism(0.5 + first, 0.5 - second, cost, cost)
    if abs(first + second - 2 * cost) < 0.01:
        return  # within a step of the issue
    table = worlds(war(first, second)).table
    assert bool(table.signable.any()) == bool(found.open)


def test_sober_sides_are_as_before():
    """Optimism of 0 changes no payoff."""
    one, other = worlds(war(0, 0)), worlds(war())
    assert np.allclose(one.no_deal.value, other.no_deal.value)
    assert np.allclose(one.payoff, other.payoff)


def test_the_theory_names_optimism_where_it_alone_is_to_blame():
    """Marked is what would be settled if both saw the chances as they are."""
    place = READABLE.index("mutual-optimism")
    assert read_theories(worlds(war(0.45, 0.45))).marked[:, place].tolist() == [1]
    assert read_theories(worlds(war(0.01, 0.01))).marked[:, place].tolist() == [0]


def test_what_arms_decide_is_not_what_is_believed():
    """Chances of the play stay as they are; beliefs add up to 1 for everybody and stop at certainty."""
    scenario = war(0.7, -0.2)
    found = worlds(scenario)
    assert found.no_deal.prevail[0] == pytest.approx([0.5, 0.5])
    believed = believed_chances(scenario, found.draws, found.no_deal.prevail)
    assert believed[0, 0] == pytest.approx([1.0, 0.0])
    assert believed[0, 1] == pytest.approx([0.7, 0.3])
