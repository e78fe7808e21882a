"""Deadlines of single actors, and who speaks by lot, as a scenario declares them."""

import numpy as np
import pytest

from sim.engine import simulate
from sim.foundations import NO_DEAL
from sim.scenario import Scenario, draw
from sim.scenario.rules import rule_problems
from sim.table import DealSpace


def number(value):
    """A number without a range."""
    return {"value": value, "assumed": "toy"}


def three(ideals=(10, 6, 1), reservation=0.3, **talks):
    """Three on one issue, in twenty rounds of a month."""
    actors = {
        name: {
            "patience": number(0.9),
            "reservation": number(reservation),
            "salience": {"x": number(1.0)},
            "position": {"x": number(ideal)},
            "capability": number(votes),
        }
        for name, ideal, votes in zip("abc", ideals, (1.0, 1.0, 8.0), strict=True)
    }
    issue = {"kind": "numeric", "low": 0, "high": 10, "step": 0.5, "status_quo": 0}
    raw = {"title": "t", "issues": {"x": issue}, "actors": actors}
    return Scenario.model_validate({**raw, "talks": {"rounds": 20, "horizon": 40, **talks}})


def outcome(scenario, draws=40):
    """What comes of the talks."""
    return simulate(DealSpace.of(scenario), draw(scenario, np.arange(draws))).outcome


@pytest.mark.parametrize("protocol", ["alternating-offers", "zeuthen", "strategic-alternating-offers"])
def test_nothing_is_signed_by_all_after_one_has_left(protocol):
    """Where all must agree, the talks are over with the first deadline, under every protocol; they agree before."""
    found = outcome(three(protocol=protocol, deadlines={"b": 5}), 3)
    assert (found.deal != NO_DEAL).all()
    assert (found.round < 5).all()


def test_who_has_less_time_gives_way_sooner():
    """Two of three: in his last round, the first of all, he takes what the first speaker wants; else he waits."""
    hurried = outcome(three(sign={"rule": "k-of-n", "k": 2}, deadlines={"b": 1}), 3)
    assert (hurried.round == 0).all()
    assert hurried.signed_by[:, 1].all()
    assert (outcome(three(sign={"rule": "k-of-n", "k": 2}), 3).round > 0).all()


def test_a_majority_goes_on_without_who_has_left():
    """One who would be hard to please is gone after the first round, and the other two agree."""
    raw = three(sign={"rule": "k-of-n", "k": 2}, deadlines={"b": 1}).model_dump()
    raw["actors"]["b"]["reservation"] = number(1.0)
    found = outcome(Scenario.model_validate(raw), 3)
    assert (found.round >= 1).all()
    assert (found.signed_by == [True, False, True]).all()


def test_a_lot_draws_all_alike_and_votes_by_their_number():
    """Of deals signed in round 0 by a majority: each proposes a third of them by lot, and eight tenths by votes."""
    talks = {"sign": {"rule": "k-of-n", "k": 1}}
    lot = outcome(three(settings={"speakers": "lot"}, **talks), 1500)
    assert (lot.round == 0).all()
    shares = np.bincount(lot.by, minlength=3) / 1500
    assert shares == pytest.approx([1 / 3] * 3, abs=0.04)
    weighted = {"sign": {"rule": "weighted", "quota": 1.0}}
    votes = outcome(three(settings={"speakers": "votes"}, **weighted), 1500)
    assert np.bincount(votes.by, minlength=3)[2] / 1500 == pytest.approx(0.8, abs=0.035)


def test_the_last_one_at_the_table_is_always_drawn():
    """Where his votes are enough, whoever is left alone signs what he wants in the next round."""
    enough = {"sign": {"rule": "weighted", "quota": 8.0}, "settings": {"speakers": "lot"}}
    found = outcome(three(**enough, deadlines={"a": 1, "b": 1}), 40)
    assert (found.round <= 1).all()
    assert set(found.by[found.round == 1]) == {2}


def test_where_all_have_left_nobody_is_drawn():
    """Talks in which nobody can be pleased go on in silence to their end."""
    all_gone = three(reservation=1.0, settings={"speakers": "lot"}, deadlines={"a": 1, "b": 1, "c": 1})
    assert (outcome(all_gone, 3).deal == NO_DEAL).all()


def test_the_order_of_the_file_does_not_decide_who_is_drawn():
    """The same actors the other way round: the same deals, draw by draw."""
    scenario = three(settings={"speakers": "lot"}, sign={"rule": "k-of-n", "k": 2})
    raw = scenario.model_dump()
    raw["actors"] = dict(reversed(raw["actors"].items()))
    one, two = outcome(scenario), outcome(Scenario.model_validate(raw))
    assert one.deal.tolist() == two.deal.tolist()
    assert (2 - one.by).tolist() == two.by.tolist()


@pytest.mark.parametrize(
    ("talks", "message"),
    [
        ({"deadlines": {"z": 3}}, 'no actor "z"'),
        ({"deadlines": {"a": 20}}, "talks are over after 20"),
        ({"deadlines": {"a": 3}, "protocol": "zeuthen", "sign": {"rule": "k-of-n", "k": 2}}, "others go on without"),
    ],
)
def test_mistakes_with_deadlines_are_told(talks, message):
    """Unknown actors, deadlines that come too late, and what is not worked out."""
    assert any(message in problem.message for problem in rule_problems(three(**talks)))
