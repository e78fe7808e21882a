"""Numbers as levels: told apart by index, named for people, written in files as the numbers they are."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import assume, given, settings
from pydantic import ValidationError

from sim.foundations import InputError
from sim.runs.run_scenario import run
from sim.scenario import Issue
from sim.scenario.changes import change
from sim.scenario.deal_count import deal_count
from sim.scenario.level_range import LevelRange
from sim.sweeps.axis_text import parse_axis
from sim.table import DealSpace
from tests.scenario.odd.sale import read, replaced, sale

NEAR = ("low = 2000000\nhigh = 2800000\npoints = 17", "low = 5000000\nhigh = 5000008\npoints = 9")
HERE = ("status_quo = 2800000", "status_quo = 5000000")
WANTS = (("value = 2000000", "value = 5000000"), ("value = 2800000 }", "value = 5000008 }"))


def test_levels_that_look_alike_are_told_apart():
    """Of nine prices that differ in the seventh digit one is on offer, and that one is signed."""
    scenario = sale(NEAR, HERE, *WANTS, ("unit = ", "available = [5000003]\nunit = "))
    space = DealSpace.of(scenario)
    assert len(space) == deal_count(scenario) == 4  # nobody has a stake in the colour, so it stays as it is
    assert set(next(iter(scenario.issues.values())).values[space.deals[:, 0]]) == {5000003.0}
    assert len(set(scenario.issues["price"].names)) == 9
    results = run(scenario, 5)
    assert set(results["deal_level"].values[0]) == {"5000003"}
    assert set(results["level_value"].values[0]) == {5000003.0}
    assert np.isnan(results["level_value"].values[2]).all()
    assert results["status_quo"].values.tolist() == ["5000000", "40", "grey"]


def test_numbers_in_data_have_no_exponent():
    """2.4 million dollars is 2400000 in data, "2.4 M USD" to people, or written out where the case says so."""
    price = sale().issues["price"]
    assert price.key(8) == "2400000"
    assert price.names[8] == "2.4 M USD"
    assert price.values[8] == 2.4e6
    full = sale(('unit = "USD"', 'unit = "USD"\nformat = "full"')).issues["price"]
    assert full.names[8] == "2,400,000 USD"


@pytest.mark.parametrize("level", [2400000, 2.4e6, "2400000", "2.4e6", "2400000.0"])
def test_a_level_is_named_by_its_number_however_it_is_written(level):
    """As a whole number, with an exponent, as text."""
    scenario = sale()
    assert scenario.issues["price"].index(level) == 8
    assert change(scenario, {"issues.price.available": [level]}).issues["price"].offered == (8,)
    assert parse_axis(f"issues.price.available={level},2000000..2.1e6", scenario).settings[0].structure == {
        "issues.price.available": ["2400000"]
    }


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("{ at_least = 2.7e6 }", (14, 15, 16)),
        ("{ at_most = 2050000 }", (0, 1)),
        ("{ between = [2040000, 2.16e6] }", (1, 2, 3)),
        ('{ at_least = "2.1e6", at_most = 2150000 }', (2, 3)),
        ("[2000000, { at_least = 2.8e6 }]", (0, 16)),
        ("2500000", (10,)),
    ],
)
def test_ranges_name_levels_on_offer(tmp_path, written, offered):
    """At least, at most, between; alone or among others."""
    text = replaced(("points = 17", f"points = 17\navailable = {written}"))
    assert read(tmp_path, text).scenario.issues["price"].offered == offered


def test_ranges_in_observations_consent_and_red_lines(tmp_path):
    """The deals that an observation, a consent and a red line are about are those in the range."""
    line = "red_lines.dear = { issue = 'price', levels = { at_least = 2.7e6 }, firmness = { value = 1 } }"
    consent = "consent = [{ levels = { at_most = 2.1e6 }, actors = ['bank'] }]"
    bank = """[actors.bank]
role = "mediator"
patience = { value = 0.9 }
salience.days = { value = 1 }
position.days = { value = 10 }
"""
    text = replaced(
        ("status_quo = 2800000", f"status_quo = 2000000\n{consent}"),
        ("[actors.seller]", f"{bank}[actors.seller]"),
        ("[actors.buyer]\n", f"[actors.buyer]\n{line}\n"),
    )
    scenario = read(tmp_path, text, "{ at_least = 2650000 }").scenario
    space = DealSpace.of(scenario)
    price = next(iter(scenario.issues.values())).values[space.deals[:, 0]]
    levels = scenario.observations["bid"].deals.levels
    assert set(price[space.select((), levels)]) == {2650000, 2700000, 2750000, 2800000}
    assert set(price[space.consent[1]]) == {2000000, 2050000, 2100000}
    results = run(scenario, 3)
    barred = results["level_value"].values[0][results["cloud_permitted"].values[0] == 0]
    assert set(barred) == {2700000, 2750000, 2800000}


def test_a_single_number_in_an_observation(tmp_path):
    """Written as a number or as text, alone or in a list."""
    for written in ("2400000", "[2.4e6]", '["2400000"]', '"2.4e6"'):
        levels = read(tmp_path, replaced(), written).scenario.observations["bid"].deals.levels
        assert sale().issues["price"].indices(levels["price"]) == (8,)


OFF = [
    ("status_quo = 2800000", "status_quo = 2710000", "2700000 and 2750000", "status_quo = 2710000"),
    ("status_quo = 2800000", "status_quo = 2900000", "nearest: 2800000", "status_quo = 2900000"),
    ("points = 17", "points = 17\navailable = [2710000]", "2700000 and 2750000", "available = [2710000]"),
    ("points = 17", "points = 17\navailable = { at_least = 1e9 }", "outside issue", "available = { at_least"),
    ("points = 17", "points = 17\navailable = { between = [2710000, 2720000] }", "no level in the range", "available"),
    ("points = 17", "points = 17\nconsent = { 2710000 = ['seller'] }", "2700000 and 2750000", "consent"),
    ("points = 17", "points = 17\nenforcement = { 2700000 = 1, '2.7e6' = 2 }", "same level as", "enforcement"),
    ("points = 17", "points = 17\navailable = [true]", "true is no level", "available = [true]"),
    ('levels = ["grey", "red"]', 'levels = ["grey", "red"]\navailable = { at_least = "red" }', "no order", "available"),
    ("low = 2000000\nhigh = 2800000", "low = -1e308\nhigh = 1e308", "too far apart", ""),
    ("low = 2000000\nhigh = 2800000", "low = 1e15\nhigh = 1.0000000000000002e15", "too close", ""),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words", "source"), OFF, ids=[new for _, new, _, _ in OFF])
def test_numbers_beside_the_grid_are_refused_with_the_nearest(tmp_path, old, new, words, source):
    """At their line, with the two nearest levels; also the status quo."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, replaced((old, new)))
    (problem,) = (problem for problem in caught.value.problems if words in problem.message)
    assert problem.line
    assert problem.column
    assert source in problem.source


def test_observed_numbers_beside_the_grid_are_refused(tmp_path):
    """With the two nearest levels."""
    with pytest.raises(InputError, match="the nearest: 2700000 and 2750000"):
        read(tmp_path, replaced(), "[2710000]")


def test_an_axis_refuses_numbers_beside_the_grid():
    """With the two nearest levels, as a file does."""
    with pytest.raises(InputError, match="the nearest: 2700000 and 2750000"):
        parse_axis("issues.price.available=2710000", sale())


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9), st.integers(2, 200))
def test_every_key_names_its_own_level(low, span, points):
    """Keys and names are as many as levels, and the key of a level, read as a number, is that level again."""
    try:
        issue = Issue(kind="numeric", low=low, high=low + span, points=points, status_quo=low)
    except ValidationError:
        assume(False)
    assert len(set(issue.keys)) == len(set(issue.names)) == points
    for index, key in enumerate(issue.keys):
        assert issue.index(key) == issue.index(float(key)) == index
        assert "e" not in key or abs(float(key)) < 1e-8
    assert issue.indices([LevelRange(at_least=issue.keys[1])]) == tuple(range(1, points))
