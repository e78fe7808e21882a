"""Changes to a scenario by dotted path."""

import tomllib

import pytest

from sim.foundations import InputError
from sim.scenario import Scenario, change, settable_paths
from tests.scenario.small_case import SMALL


@pytest.fixture
def small():
    """A small scenario."""
    return Scenario.model_validate(tomllib.loads(SMALL))


def test_a_number_is_fixed_and_keeps_its_reason(small):
    """Sweeping a ranged number replaces its draw."""
    found = change(small, {"north.patience": 0.9}).numbers["north.patience"].quantity
    assert (found.value, found.spread, found.assumed) == (0.9, False, "x")
    assert small.numbers["north.patience"].quantity.value == 0.8


def test_a_position_takes_a_level(small):
    """By its name, or as a number on the issue's scale."""
    assert change(small, {"north.position.status": "bound"}).numbers["north.position.status"].quantity.value == "bound"
    assert change(small, {"south.position.price": 7}).numbers["south.position.price"].quantity.value == 7


@pytest.mark.parametrize(
    ("path", "value", "read"),
    [
        ("issues.line.available", ["front", "half"], lambda s: s.issues["line"].offered == (1, 2)),
        ("issues.price.available", [0, 2], lambda s: s.issues["price"].offered == (0, 1)),
        ("issues.price.points", 11, lambda s: len(s.issues["price"].names) == 11),
        (
            "issues.follow.follow_on.talks",
            0.5,
            lambda s: s.numbers["issues.follow.follow_on.talks"].quantity.value == 0.5,
        ),
        ("talks.protocol", "single-text", lambda s: s.talks.protocol == "single-text"),
        ("talks.round", "1 week", lambda s: s.talks.round == "1 week"),
        ("talks.order", ["south", "north"], lambda s: s.order == ("south", "north")),
        ("talks.settings.texts", 3, lambda s: s.talks.settings == {"texts": 3}),
        (
            "talks.strategies.north.aspiration",
            "micro",
            lambda s: s.talks.strategies["north"].aspiration == "micro",
        ),
        (
            "talks.strategies.south.aspiration",
            "micro",
            lambda s: s.talks.strategies["south"].aspiration == "micro",
        ),
        (
            "talks.strategies.south.settings.exponent",
            2,
            lambda s: "talks.strategies.south.settings.exponent" in s.numbers,
        ),
        ("talks.rearmament_speed", 0.5, lambda s: s.talks.rearmament_speed.value == 0.5),
        (
            "uncle.pressure.north.strength",
            0.2,
            lambda s: s.actors["uncle"].pressure["north"].strength.value == 0.2,
        ),
        ("actors.north.collapse_damage", 0.2, lambda s: s.actors["north"].collapse_damage.value == 0.2),
        ("north.patience.high", 0.99, lambda s: s.actors["north"].patience.high == 0.99),
        ("conventions.alternative", "talks", lambda s: s.conventions.recursive),
        ("draws", 10, lambda s: s.draws == 10),
        ("south.power_shift", 0.1, lambda s: s.numbers["south.power_shift"].quantity.mirrors is None),
        (
            "north.patience",
            {"value": 0.5, "range": [0.4, 0.6], "assumed": "y"},
            lambda s: s.actors["north"].patience.low == 0.4,
        ),
    ],
)
def test_everything_has_a_path(small, path, value, read):
    """Numbers, levels on offer, talks, strategies, conventions; present or not yet given."""
    assert read(change(small, {path: value}))


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("north.patienc", 0.5, 'did you mean "north.patience"'),
        ("russia.patience", 0.5, "nothing in the scenario is called"),
        ("talks.protocoll", "x", 'did you mean "talks.protocol"'),
        ("conventions.alternativ", "war", 'did you mean "conventions.alternative"'),
        ("issues.lin.available", [], 'did you mean "issues.line.available"'),
        ("north.patience", 1.5, "must be"),
        ("north.patience", True, "takes a number"),
        ("north.patience", "high", "a number"),
        ("north.position.line", "fron", "no level"),
        ("issues.line.available", ["fron"], "no level"),
        ("issues.line.available", [], "empty"),
        ("conventions.alternative", "peace", "not allowed"),
        ("talks.strategies.nort.aspiration", "micro", "nothing in the scenario"),
    ],
)
def test_wrong_changes_are_refused(small, path, value, words):
    """With the nearest right path, or the reason."""
    with pytest.raises(InputError) as caught:
        change(small, {path: value})
    assert words in str(caught.value)


def test_old_problems_are_not_blamed_on_the_change(small):
    """A scenario made in code may lack reasons; changing something else is still allowed."""
    raw = tomllib.loads(SMALL)
    del raw["actors"]["north"]["power"]["assumed"]
    assert change(Scenario.model_validate(raw), {"north.patience": 0.9}).actors["north"].patience.value == 0.9


def test_settable_paths_can_be_set(small):
    """Every number's own value, put back by its path, leaves the rest of the scenario alone."""
    assert set(small.numbers) <= set(settable_paths(small))
    for path, number in small.numbers.items():
        changed = change(small, {path: number.quantity.model_dump()})
        assert changed == small


def test_no_change_is_no_change(small):
    """An empty list of changes."""
    assert change(small, {}) is small
