"""Reported bids as evidence: nobody offers what he would not sign, and what he asks for he takes."""

import numpy as np
import pytest
from pydantic import ValidationError

from sim.scenario import Scenario, draw, rule_problems
from sim.scenario.conflicts import conflicts
from sim.table import DealSpace, build, observe


def seller(says, **levels):
    """A seller who needs something between 2 and 8 for what is worth his price, and what he was heard to say."""
    issue = {"kind": "numeric", "low": 0, "high": 10, "points": 11, "status_quo": 0}
    one = {"patience": {"value": 0.9}, "salience": {"price": {"value": 1}}}
    own = {"reservation": {"value": 0.5, "low": 0.2, "high": 0.8}, "position": {"price": {"value": 10}}}
    buyer = {"reservation": {"value": 0}, "position": {"price": {"value": 0}}}
    seen = {"says": says, "actor": "seller", "deals": {"levels": {"price": levels}}, "bluff": {"value": 0}}
    return Scenario(
        title="t",
        issues={"price": issue},
        actors={"seller": {**one, **own}, "buyer": {**one, **buyer}},
        observations={"bid": {**seen, "claims": ["c"]}},
        default_assumed="test",
    )


@pytest.mark.parametrize(
    ("says", "levels", "most"),
    [("offers", {"between": [4, 6]}, 0.6), ("asks", {"between": [4, 6]}, 0.4), ("accepts", {"at_most": 6}, 0.6)],
)
def test_a_bid_bounds_what_no_deal_can_be_worth(says, levels, most):
    """Of 4 to 6 he offers, one is worth his reservation; of 4 to 6 he asks for, each is: so it is at most 0.4."""
    scenario = seller(says, **levels)
    draws = draw(scenario, np.arange(200))
    holds = observe(build(DealSpace.of(scenario), draws)).holds[:, 0]
    np.testing.assert_array_equal(holds, draws["seller.reservation"] <= most + 1e-9)


def test_an_offer_of_what_is_rejected_is_a_conflict():
    """Whoever offers some of what he rejects contradicts himself."""
    scenario = seller("offers", between=[4, 6])
    seen = scenario.observations["bid"]
    both = {"bid": seen, "no": seen.model_copy(update={"says": "rejects"})}
    found = conflicts(scenario.model_copy(update={"observations": both}), None)
    assert [one.words for one in found] == ["seller offers some of the deals that seller rejects"]


def later(says, on, *, events=None, start=None):
    """The seller, heard to ask for 4 to 6 at some time, in a case in which things change."""
    raw = seller(says, between=[4, 6]).model_dump()
    raw["observations"]["bid"]["on"] = on
    raw["talks"] |= {"round": "1 month", "rounds": 12, "horizon": 24, "start": start}
    raw["events"] = events or {}
    return Scenario.model_validate(raw)


def held(scenario):
    """In which draws the observation holds, and the draws."""
    draws = draw(scenario, np.arange(200))
    return observe(build(DealSpace.of(scenario), draws)).holds[:, 0], draws


@pytest.mark.parametrize("on", ["3 months", "2026-04-01", 3])
def test_what_is_asked_for_later_is_judged_in_the_world_by_then(on):
    """A buyer elsewhere turns up after two months: from then on he needs 0.2 more, so he asks for it less often."""
    other = {"on": 2, "foreseen": False, "adds": {"seller.reservation": {"value": 0.2}}}
    scenario = later("asks", on, events={"other_buyer": other}, start="2026-01-01")
    assert rule_problems(scenario) == []
    holds, draws = held(scenario)
    np.testing.assert_array_equal(holds, draws["seller.reservation"] <= 0.2 + 1e-9)
    for early in (1, "2026-01-20", "2025-12-01"):
        holds, draws = held(later("asks", early, events={"other_buyer": other}, start="2026-01-01"))
        np.testing.assert_array_equal(holds, draws["seller.reservation"] <= 0.4 + 1e-9)


def test_an_event_that_has_not_come_in_a_world_changes_nothing_there():
    """With a chance each draw has its own event: the later observation is judged by whether it has come."""
    chance = {"on": 2, "chance": {"value": 0.5}, "foreseen": False, "sets": {"seller.reservation": {"value": 0.5}}}
    scenario = later("asks", 3, events={"thaw": chance})
    holds, draws = held(scenario)
    worlds = build(DealSpace.of(scenario), draws)
    came = worlds.due[:, 0] == 2
    assert 50 < came.sum() < 150
    assert not holds[came].any()
    np.testing.assert_array_equal(holds[~came], draws["seller.reservation"][~came] <= 0.4 + 1e-9)


@pytest.mark.parametrize("on", [None, 5])
def test_what_no_deal_has_gained_by_then_counts(on):
    """No deal gets better by so much a year: five months later that much more is there already, and 4 is too little."""
    raw = later("asks", on).model_dump()
    raw["issues"]["price"]["status_quo"] = 3
    raw["actors"]["seller"] |= {"reservation": None, "patience": {"value": 0.01}}
    raw["no_deal"] = {"model": "status-quo", "drift": {"seller": {"value": 0.5, "low": 0, "high": 1}}}
    holds, draws = held(Scenario.model_validate(raw))
    month, patience = draws["no_deal.drift.seller"] / 12, 0.01 ** (1 / 12)
    worth = 0.3 + month * patience / (1 - patience) + (on or 0) * month
    np.testing.assert_array_equal(holds, worth <= 0.4 + 1e-9)
    assert 20 < holds.sum() < 180


def test_a_time_that_makes_no_sense_is_told_where_it_stands():
    """A day without a first day, a time after the talks, and a round before the first."""
    (one,) = rule_problems(later("asks", "2026-04-01"))
    assert one.path == ("observations", "bid", "on")
    assert "talks.start is needed" in one.message
    (two,) = rule_problems(later("asks", "2 years"))
    assert two.message == "it was said in round 24, when the talks are over after 12 rounds"
    with pytest.raises(ValidationError, match="the first round after which something can be said is 1"):
        later("asks", 0)
    with pytest.raises(ValidationError):
        later("asks", "soon")


def test_who_changes_his_mind_is_no_conflict():
    """What he rejects at first and asks for later stands against nothing."""
    scenario = later("asks", 3)
    seen = scenario.observations["bid"]
    both = {"later": seen, "no": seen.model_copy(update={"says": "rejects", "on": None})}
    assert not conflicts(scenario.model_copy(update={"observations": both}), None)
