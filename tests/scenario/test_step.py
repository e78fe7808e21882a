"""Numeric issues by step, and continuous ones."""

import pytest
from pydantic import ValidationError

from sim.scenario import Issue, Scenario
from sim.scenario.changes import change


def price(**more):
    """A price from 0 to 10."""
    return {"kind": "numeric", "low": 0, "high": 10, "status_quo": 0, **more}


def test_a_step_is_so_many_points():
    """From 0 to 10 in steps of a half: 21 numbers, the same issue as with 21 points."""
    one, two = Issue(**price(step=0.5)), Issue(**price(points=21))
    assert one.points == 21
    assert one.keys == two.keys


@pytest.mark.parametrize(("low", "high", "points"), [(2.9e6, 3.8e6, 451), (0, 1, 201), (44, 70, 261), (0, 1 / 3, 401)])
def test_a_continuous_issue_has_round_steps(low, high, points):
    """2000 dollars, half a hundredth, a tenth of a week; and 400 steps where no round one fits."""
    assert Issue(**price(low=low, high=high, status_quo=low)).points == points


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"step": 3}, "3.33333333333 or 2.5 would"),
        ({"step": 2, "points": 3}, "6 points, not 3"),
        ({"step": 0}, "greater than 0"),
        ({"step": 20}, "does not lead"),
        ({"kind": "ordered", "levels": ["a", "b"], "low": None, "high": None, "status_quo": "a", "step": 1}, "or step"),
    ],
)
def test_steps_that_do_not_fit(said, message):
    """Each says what would."""
    with pytest.raises(ValidationError, match=message):
        Issue(**price(**said))


def test_points_can_be_changed_where_a_step_was_given():
    """As a sweep does; the step is forgotten."""
    number = {"value": 1.0, "assumed": "toy"}
    actor = {"patience": {"value": 0.9, "assumed": "toy"}, "salience": {"x": number}, "position": {"x": number}}
    scenario = Scenario(title="t", issues={"x": Issue(**price(step=0.5))}, actors={"p": actor, "q": actor})
    assert change(scenario, {"issues.x.points": 5}).issues["x"].keys == ("0", "2.5", "5", "7.5", "10")
