"""Combinations of conventions: balanced, different from each other, and each can be played."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import talk_rules
from sim.ensemble.alternatives import alternatives
from sim.ensemble.convention_settings import combined, joint_design, open_conventions
from sim.foundations import InputError
from sim.foundations.duration import years
from sim.runs.readings import COMBINATIONS
from sim.scenario import change
from tests.shipped import shipped

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@settings(max_examples=4, deadline=None)
@given(st.lists(st.integers(2, 4), min_size=4, max_size=9), st.integers(24, 32))
def test_every_setting_comes_up_equally_often(sizes, count):
    """But for what cannot be divided; no combination twice, none outside of what there is."""
    design = joint_design(sizes, count, "s")
    assert len(np.unique(design, axis=0)) == len(design)
    assert (design >= 0).all()
    assert (design < np.array(sizes)).all()
    if len(design) == count and np.prod(sizes) > count:
        for column, size in zip(design.T, sizes, strict=True):
            times = np.bincount(column, minlength=size)
            assert times.max() - times.min() <= 1


def test_few_combinations_are_all_there():
    """Where fewer exist than are wanted, none is left out; the same seed gives the same design."""
    assert len(joint_design([2, 3], 24, "s")) == 6
    first, again = (joint_design([2, 3, 4, 2, 2], 24, "s") for _ in range(2))
    assert np.array_equal(first, again)


@pytest.mark.parametrize("seed", ["s", "t", "u", "v"])
def test_no_combination_is_thrown_twice_where_there_are_plenty(seed):
    """Of 64 combinations all 24 that are wanted are found, each another one."""
    assert len(joint_design([2] * 6, 24, seed)) == 24


def test_pairs_meet_more_evenly_than_at_random():
    """Of 32 combinations of ten conventions with two settings no pair of settings is missing."""
    design = joint_design([2] * 10, 32, "s")
    for f in range(10):
        for g in range(f):
            assert np.bincount(2 * design[:, f] + design[:, g], minlength=4).min() >= 3


@pytest.mark.parametrize(
    ("protocols", "settings"),
    [
        (["alternating-offers"], None),
        ([], None),
        (["zeuthen"], ["zeuthen"]),
        (["zeuthen", "alternating-offers", "single-text"], ["zeuthen", "single-text"]),
    ],
)
def test_a_choice_with_one_option_is_none(protocols, settings):
    """What is played anyway is no reading of its own."""
    scenario = change(shipped("buyer_seller"), {"conventions.protocols": protocols})
    found = {one.name: [setting for setting, _ in one.settings] for one in open_conventions(scenario)}
    assert found.get("protocol") == (None if settings is None else ["", *settings])
    assert all(len(one) > 1 for one in found.values())


def test_a_setting_named_twice_is_refused():
    """So nobody can lengthen the count of readings by repeating himself."""
    with pytest.raises(InputError, match="stands there twice"):
        change(shipped("buyer_seller"), {"conventions.protocols": ["zeuthen", "zeuthen"]})


def test_settings_that_nobody_can_choose_between_add_no_combination():
    """A convention with a single setting multiplies nothing; with nothing to choose there is one reading."""
    assert len(joint_design([2, 1, 3, 1], 24, "s")) == 6
    assert (joint_design([1, 1], 24, "s") == 0).all()


@pytest.mark.parametrize("name", sorted(folder.name for folder in SCENARIOS.iterdir() if folder.is_dir()))
def test_every_case_has_24_readings(name):
    """Single changes and combinations, the case as written among them, before any pair."""
    sizes = [len(one.settings) for one in open_conventions(shipped(name))]
    rows = {tuple(row) for row in joint_design(sizes, COMBINATIONS, "s").tolist()} | {(0,) * len(sizes)}
    for place, size in enumerate(sizes):
        rows |= {tuple(n if at == place else 0 for at in range(len(sizes))) for n in range(1, size)}
    assert len(rows) >= 24


@pytest.mark.slow
@pytest.mark.parametrize("name", ["budget", "buyer_seller", "ceasefire", "labour", "pie"])
def test_combinations_can_be_played(name):
    """Settings that a combination of rules does not know go with it; rounds keep the length of the story."""
    scenario = shipped(name)
    choices = open_conventions(scenario)
    sizes = [len(choice.settings) for choice in choices]
    assert np.prod(sizes) >= 24
    for row in joint_design(sizes, 8, "s"):
        variant = change(scenario, combined(scenario, choices, row))
        assert talk_rules(variant) == []
        length, story = (talks.talk_rounds * talks.round_years for talks in (scenario.talks, variant.talks))
        told = variant.talks.horizon_rounds * variant.talks.round_years
        written = scenario.talks.horizon_rounds * scenario.talks.round_years
        assert story / length == pytest.approx(1, rel=1.01)
        assert told == pytest.approx(max(written, story), rel=0.05)


def test_alternatives_halve_double_and_rule_out():
    """Rounds half and twice as long within the same time, talks of half as many rounds, arms that never decide."""
    case = shipped("ceasefire")
    talks = case.talks
    found = {(name, word): changes for name, word, changes in alternatives(case)}
    for word, factor in (("half as long", 0.5), ("twice as long", 2.0)):
        change = found["length of a round", word]
        assert years(change["talks.round"]) == pytest.approx(factor * talks.round_years, rel=1e-6)
        assert years(change["talks.rounds"]) == pytest.approx(talks.talk_rounds * talks.round_years, rel=1e-6)
        assert years(change["talks.horizon"]) == pytest.approx(talks.horizon_rounds * talks.round_years, rel=1e-6)
    shorter = found["length of the talks", "half as long"]["talks.rounds"]
    assert years(shorter) == pytest.approx(talks.talk_rounds // 2 * talks.round_years, rel=1e-6)
    assert found["arms may decide", "never"] == {"talks.decisive_chance": 0.0}
