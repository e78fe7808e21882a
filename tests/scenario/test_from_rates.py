"""Numbers that rest on rates: what follows from the counts, what is refused and where, and ranges that disagree."""

import numpy as np
import pytest

from sim.foundations import InputError
from sim.jobs.check_case import check
from sim.scenario import asked_scenario, draw, lever_numbers, rate_comparisons, read_case
from tests.scenario.small_case import SMALL, write_case

EVIDENCE = f"""
[article]
title = "t"
sha256 = "{"0" * 64}"
[claims.first]
paragraph = 1
speaker = "s"
about = ["line"]
says = "something"
kind = "stated"
[rates.wars]
what = "wars that a side wins"
events = 2
exposure = 25
source = "s"
recipe = "r"
applies = "a"
[rates.winners]
what = "attackers that win"
events = 5
trials = 13
source = "s"
recipe = "r"
applies = "a"
[rates.disputed]
what = "whether it helps"
sign = "open"
source = "s"
recipe = "r"
applies = "a"
"""
CHANCE = 'decisive_chance = { value = 0.1, assumed = "x" }'
POWER = 'power = { value = 0.5, assumed = "x" }'


def case(tmp_path, number, **overlays):
    """The small case with evidence, and another chance that arms decide."""
    text = 'evidence = "seed.toml"\n' + SMALL.replace(CHANCE, f"decisive_chance = {number}")
    folder = write_case(tmp_path / "small", text, **overlays)
    (folder / "seed.toml").write_text(EVIDENCE, encoding="utf-8")
    return folder


def test_a_number_left_to_its_rates_is_drawn_from_their_posterior(tmp_path):
    """As a chance a year, between the ends of the 95 % interval, with its quantiles inside."""
    scenario = read_case(case(tmp_path, '{ rates = ["wars"] }')).scenario
    quantity = scenario.numbers["talks.decisive_chance"].quantity
    assert (quantity.low, quantity.high) == pytest.approx((0.0165, 0.2264), abs=1e-4)
    assert quantity.ground == "rate"
    drawn = draw(scenario, np.arange(4000))["talks.decisive_chance"]
    assert quantity.low <= drawn.min() < drawn.max() <= quantity.high
    assert np.median(drawn) == pytest.approx(float(quantity.posterior.quantile(np.array([0.5]))[0]), rel=0.05)


def test_weights_of_a_drawn_setting_may_rest_on_counted_rates(tmp_path):
    """The rate is a reason for the weights; no posterior stands in for them, and no range is compared with it."""
    folder = case(tmp_path, '{ value = 0.1, assumed = "x" }\nprotocol = { options = ["zeuthen"], rates = ["winners"] }')
    scenario = read_case(folder).scenario
    quantity = scenario.numbers["talks.protocol"].quantity
    assert (quantity.rates, quantity.posterior) == (("winners",), None)
    assert check(folder, quick=True).to_json()["numbers"]["total"] == len(scenario.numbers)


def test_changing_the_counts_keeps_the_quantile_of_a_draw(tmp_path):
    """Draws under a uniform range and under the posterior stand in the same order."""
    flat = read_case(case(tmp_path / "flat", '{ value = 0.1, range = [0.01, 0.3], assumed = "x" }')).scenario
    counted = read_case(case(tmp_path / "counted", '{ rates = ["wars"] }')).scenario
    one, two = (np.argsort(draw(s, np.arange(50))["talks.decisive_chance"]) for s in (flat, counted))
    assert (one == two).all()


def test_a_fixed_value_keeps_the_rates_and_widening_leaves_posteriors_alone(tmp_path):
    """A sweep's value is a reading of the number; what is counted is not overconfident."""
    scenario = read_case(case(tmp_path, '{ rates = ["wars"] }')).scenario
    fixed = asked_scenario(scenario, {"talks.decisive_chance": 0.2}).numbers["talks.decisive_chance"].quantity
    assert (fixed.value, fixed.rates, fixed.spread) == (0.2, ("wars",), False)
    wider = asked_scenario(scenario, {}, 1.29).numbers["talks.decisive_chance"].quantity
    assert wider == scenario.numbers["talks.decisive_chance"].quantity


def test_an_overlay_replaces_a_number_that_rests_on_rates_as_a_whole(tmp_path):
    """Nothing of the rates is left, and the other way round."""
    plain = 'extends = "../scenario.toml"\n[talks]\ndecisive_chance = { value = 0.3, assumed = "y" }\n'
    found = read_case(case(tmp_path / "one", '{ rates = ["wars"] }', plain=plain), overlay="plain")
    assert found.scenario.numbers["talks.decisive_chance"].quantity.rates == ()
    counted = 'extends = "../scenario.toml"\n[talks]\ndecisive_chance = { rates = ["wars"] }\n'
    found = read_case(case(tmp_path / "two", '{ value = 0.3, assumed = "y" }', counted=counted), overlay="counted")
    assert found.scenario.numbers["talks.decisive_chance"].quantity.assumed == ""


@pytest.mark.parametrize(
    ("number", "message", "column"),
    [
        ('{ rates = ["war"] }', 'no rate "war"', 30),
        ('{ rates = ["disputed"] }', "no distribution follows from a rate without counts", 29),
        ('{ rates = ["wars", "winners"] }', "cannot be pooled", 29),
        ('{ rates = ["winners"], scale = "odds", range = [0.1, 3] }', "must be at least 0 and below 1", 57),
        ('{ rates = ["wars"], scale = "odds" }', "told as rate or chance", 29),
        ('{ value = 0.1, range = [0, 0.2], rates = ["disputed"] }', "rests on nothing but rates without counts", 56),
        ('{ distribution = "posterior", assumed = "x" }', "needs rates", 1),
    ],
)
def test_what_does_not_do_is_told_at_its_place(tmp_path, number, message, column):
    """File, line and column, and the nearest name where there is one."""
    with pytest.raises(InputError) as told:
        read_case(case(tmp_path, number))
    problem = next(one for one in told.value.problems if message in one.message)
    assert problem.source.startswith("decisive_chance")
    assert problem.line > 1
    if "war" in problem.message and "no rate" in problem.message:
        assert problem.nearest == "wars"
        assert problem.column == column


def test_levers_and_places_on_issues_take_no_rates(tmp_path):
    """What a lever does follows from no count, and a place is no rate."""
    text = SMALL.replace('{ value = "front", assumed = "x" }', '{ value = "front", rates = ["wars"], assumed = "x" }')
    folder = write_case(tmp_path / "small", 'evidence = "seed.toml"\n' + text)
    (folder / "seed.toml").write_text(EVIDENCE, encoding="utf-8")
    with pytest.raises(InputError, match="not a place on an issue"):
        read_case(folder)
    assert not list(lever_numbers(read_case(case(tmp_path / "two", '{ rates = ["wars"] }')).scenario))


def test_rates_without_an_evidence_file_are_told(tmp_path):
    """The number stays without a range."""
    folder = write_case(tmp_path / "small", SMALL.replace(CHANCE, 'decisive_chance = { rates = ["wars"] }'))
    with pytest.raises(InputError, match="names no evidence file"):
        read_case(folder)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ('{ value = 0.1, range = [0.01, 0.25], rates = ["wars"], assumed = "x" }', ""),
        ('{ value = 0.4, range = [0.3, 0.5], rates = ["wars"], assumed = "x" }', "leaves out most"),
        ('{ value = 0.4, range = [0, 0.99], rates = ["wars"], assumed = "x" }', "most of the range lies outside"),
        ('{ value = 0.4, range = [0.3, 0.5], rates = ["disputed"], assumed = "x" }', "leaves 0 out"),
    ],
)
def test_a_range_by_hand_is_compared_with_the_record(tmp_path, number, said):
    """By how much of the posterior it holds, by how much of itself the record holds, and by the sign."""
    found = read_case(case(tmp_path, number))
    (one,) = rate_comparisons(found.scenario, found.article)
    assert said in one.words
    assert bool(said) == bool(one.words)


def test_a_share_and_the_rest(tmp_path):
    """Two powers that add up to one: a number may mirror another from an offset."""
    text = 'evidence = "seed.toml"\n' + SMALL.replace(POWER, 'power = { rates = ["winners"] }', 1).replace(
        POWER, 'power = { mirrors = "north.power", factor = -1, offset = 1, rates = ["winners"] }', 1
    )
    folder = write_case(tmp_path / "small", text)
    (folder / "seed.toml").write_text(EVIDENCE, encoding="utf-8")
    scenario = read_case(folder).scenario
    drawn = draw(scenario, np.arange(9))
    assert drawn["north.power"] + drawn["south.power"] == pytest.approx(np.ones(9))
    assert scenario.grounds["rates"] == 2
    assert scenario.numbers["south.power"].quantity.words() == "1 − north.power"


def test_bad_rates_do_not_hide_that_a_number_names_one_that_is_not_there(tmp_path):
    """A negative exposure in the evidence and a misspelt name in the scenario: both at once, each in its file."""
    folder = case(tmp_path, '{ rates = ["warz"] }')
    (folder / "seed.toml").write_text(EVIDENCE.replace("exposure = 25", "exposure = -25"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_case(folder)
    told = {problem.message: problem for problem in caught.value.problems}
    assert told["a number above 0 is needed here, not -25"].file.endswith("seed.toml")
    assert told['the evidence file has no rate "warz"'].nearest == "wars"
    assert len(told) == 2
