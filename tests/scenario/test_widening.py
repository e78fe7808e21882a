"""Stated ranges made wider: which, how far, and in what order with other changes."""

import pytest

from sim.foundations import InputError
from sim.scenario import Scenario, asked_scenario, widened, widening_words
from sim.scenario.levers_at import lever_numbers

RANGED = {"value": 0.5, "low": 0.4, "high": 0.7, "assumed": "x"}


def toy(patience=RANGED):
    """Two actors over one issue, one of whom holds a lever."""
    actor = {
        "patience": patience,
        "salience": {"line": {"value": 1, "assumed": "x"}},
        "position": {"line": {"value": "b", "low": "a", "high": "b", "assumed": "x"}},
    }
    lever = {
        "title": "push",
        "holder": "p",
        "moves": {"q.patience": {"mode": "set", "full": RANGED}},
        "cost": {"value": 0.1, "low": 0.05, "high": 0.2, "assumed": "x"},
    }
    issue = {"levels": ["a", "b"], "status_quo": "a"}
    raw = {"title": "toy", "issues": {"line": issue}, "actors": {"p": actor, "q": actor}, "levers": {"push": lever}}
    return Scenario.model_validate(raw)


def ends(scenario, path):
    """Low and high of a number."""
    quantity = scenario.numbers[path].quantity
    return quantity.low, quantity.high


def test_each_side_is_widened_for_itself():
    """0.5 (0.4 to 0.7) times 1.29 is 0.371 to 0.758; names of levels stay."""
    found = widened(toy(), 1.29)
    assert ends(found, "p.patience") == pytest.approx((0.371, 0.758))
    assert ends(found, "p.position.line") == ("a", "b")


def test_numbers_of_levers_are_widened_too():
    """Cost and full use; a cost stays at 0 or above."""
    found = {number.path: number.quantity for number in lever_numbers(widened(toy(), 3))}
    assert (found["levers.push.cost"].low, found["levers.push.cost"].high) == pytest.approx((0.0, 0.4))
    full = found["levers.push.moves.q.patience.full"]
    assert (full.low, full.high) == pytest.approx((0.2, 0.999))


def test_as_stated_is_the_scenario_itself():
    """The factor 1 does nothing at all."""
    scenario = toy()
    assert widened(scenario, 1) is scenario
    assert asked_scenario(scenario, {}, 1) is scenario


def test_what_is_set_by_hand_is_not_widened():
    """Changes come first: a number that is set has no range any more."""
    found = asked_scenario(toy(), {"p.patience": 0.6}, 2)
    assert ends(found, "p.patience") == (None, None)
    assert ends(found, "q.patience") == pytest.approx((0.3, 0.9))


def test_a_range_that_already_leaves_what_is_possible_is_not_cut():
    """A stated end beyond the usual bound stays where it was stated."""
    found = widened(toy({"value": 0.9995, "low": 0.9, "high": 0.9999, "assumed": "x"}), 2)
    assert ends(found, "p.patience") == pytest.approx((0.8005, 0.9999))


@pytest.mark.parametrize("factor", [0, -1, float("nan")])
def test_factors_that_make_no_sense_are_refused(factor):
    """Said, not computed with."""
    with pytest.raises(InputError, match="factor"):
        widened(toy(), factor)


def test_how_it_is_said():
    """The factor with its sign."""
    assert (widening_words(1.5), widening_words(1.0)) == ("× 1.5", "as stated")
