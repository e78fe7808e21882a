"""Terms that depend on something that can be seen: a bet between those who expect different things."""

import numpy as np
import pytest

from sim.ensemble import Design, play
from sim.foundations import InputError
from sim.scenario import Scenario, draw
from sim.scenario.rules import rule_problems
from sim.solutions import solve_all
from sim.table import DealSpace, build
from sim.words import issue_title, number_title


def number(value):
    """A number without a range."""
    return {"value": value, "assumed": "toy"}


def bet(**more):
    """Two share a harvest; the farmer expects rain with .8, the trader with .2."""
    share = {"kind": "numeric", "low": 0, "high": 100, "step": 50, "status_quo": 50, "title": "Share"}
    issues = {"wet": {**share, "given": "rain"}, "dry": {**share, "unless": "rain"}}
    actors = {
        name: {
            "patience": number(0.9),
            "reservation": number(0.5),
            "salience": {"wet": number(1.0), "dry": number(1.0)},
            "position": {"wet": number(ideal), "dry": number(ideal)},
        }
        for name, ideal in (("farmer", 100), ("trader", 0))
    }
    rain = {"title": "it rains", "chance": number(0.5), "believed": {"farmer": number(0.8), "trader": number(0.2)}}
    raw = {"title": "bet", "issues": issues, "actors": actors, "contingencies": {"rain": rain}}
    return Scenario.model_validate({**raw, **more})


def test_those_who_expect_different_things_bet():
    """The Nash solution gives the farmer all if it rains and the trader all if not: .8 for each, not .5."""
    worlds = build(DealSpace.of(bet()), draw(bet(), np.arange(1)))
    (deal,) = solve_all(worlds.table, ["nash"])["nash"].deal
    assert worlds.space.describe(int(deal)) == {"wet": "100", "dry": "0"}
    np.testing.assert_allclose(worlds.payoff[0, :, deal], [0.8, 0.8])


def test_with_the_same_expectations_there_is_nothing_to_bet_on():
    """Every deal leaves the two with 1 together."""
    scenario = bet(contingencies={"rain": {"chance": number(0.3)}})
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(1)))
    np.testing.assert_allclose(worlds.payoff[0].sum(axis=0), 1.0)
    all_wet = worlds.payoff[0, 0, worlds.space.numbers((2, 0))]
    np.testing.assert_allclose(all_wet, 0.3)


def test_terms_say_what_they_depend_on():
    """In titles of issues, of numbers, and in results."""
    scenario = bet()
    assert issue_title(scenario, "wet") == "Share, if it rains"
    assert issue_title(scenario, "dry") == "Share, unless it rains"
    assert number_title(scenario, "contingencies.rain.believed.farmer") == "farmer: believed chance that it rains"
    results = play(Design.of_draws(scenario, 2))
    assert list(results.attrs["issue_titles"]) == ["Share, if it rains", "Share, unless it rains"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"given": "rian"}, 'no contingency "rian"'),
        ({"given": "rain", "unless": "rain"}, "given something, or unless it"),
        ({"given": "rain", "time_to_settle": number(1.0)}, "how long a deal lasts"),
    ],
)
def test_mistakes_are_told(change, message):
    """Unknown names, both at once, and what a contingent term cannot do."""
    raw = bet().model_dump()
    raw["issues"]["wet"].update(change)
    problems = rule_problems(Scenario.model_validate(raw))
    assert any(message in problem.message for problem in problems)
    raw["contingencies"]["snow"] = {"chance": number(0.1)}
    assert any('no term depends on "snow"' in one.message for one in rule_problems(Scenario.model_validate(raw)))
    with pytest.raises(InputError):
        raise InputError(problems)
