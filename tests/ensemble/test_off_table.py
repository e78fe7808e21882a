"""Levels that a headline, a condition or a package names and that an overlay takes off the table."""

import json

import pytest

from sim.ensemble import Design, play
from sim.ensemble.headline_outcomes import headline_is_known, values_of
from sim.ensemble.off_table import named_off_table, packages_off_table, taken_off_table
from sim.foundations import InputError
from sim.jobs.run_case import play_case
from sim.runs.overlays import compare_overlays
from sim.runs.packages import packages_of
from sim.scenario import read_case
from sim.store.load import load_results

CASE = """
title = "A bridge"
question = "Where?"
default_assumed = "toy"
headline.outcomes = [{ of = "terms.place == south and signed", say = "South in {share}." }]
packages.far.levels = { place = "south" }
[issues.place]
levels = ["north", "middle", "south"]
status_quo = "north"
[actors.a]
patience = "0.8..0.9"
position.place = "middle"
[actors.b]
patience = "0.8..0.9"
position.place = "north"
"""
#: What takes the south away: it stays a level that nobody may agree on, or is none any more.
WAYS = {"off": 'issues.place.available = ["north", "middle"]', "gone": 'issues.place.levels = ["north", "middle"]'}


@pytest.fixture
def folder(tmp_path):
    """A case with two overlays that take away what its headline and its package name."""
    (tmp_path / "overlays").mkdir()
    (tmp_path / "scenario.toml").write_text(CASE)
    for name, taken in WAYS.items():
        text = f'extends = "../scenario.toml"\ntitle = "Without the south"\n{taken}\n'
        (tmp_path / "overlays" / f"{name}.toml").write_text(text)
    return tmp_path


def read(folder, overlay=None):
    """The scenario, checked as commands check it."""
    return read_case(folder, overlay=overlay, extra_rules=(headline_is_known,)).scenario


@pytest.mark.parametrize("overlay", WAYS)
def test_what_an_overlay_takes_away_holds_in_no_world(folder, overlay):
    """The case is sound under the overlay, the condition holds in no world, and the package is not told."""
    laid = read(folder, overlay)
    results = play(Design.of_draws(laid, 5))
    for text in ("terms.place == south", "terms.place in [south]", "terms_in_force.place == south or held < 0"):
        assert values_of(results, text).values.tolist() == [0] * 5
    assert named_off_table(laid, "signed and terms.place in [middle, south]") == ("south",)
    assert packages_off_table(laid) == ("far",)
    assert taken_off_table(read(folder), laid) == ("south",)
    assert "far" not in {package.name for package in packages_of(results, laid)}


@pytest.mark.parametrize("overlay", [None, *WAYS])
def test_a_wrong_name_is_refused_with_the_nearest(folder, overlay):
    """A level that no file of the case has is a mistake under every overlay too."""
    results = play(Design.of_draws(read(folder, overlay), 2))
    with pytest.raises(InputError, match="never") as refused:
        values_of(results, "terms.place == suth")
    assert refused.value.problems[0].nearest == "south"


def test_overlays_say_what_is_not_on_the_table(folder):
    """Beside the base each overlay holds what it takes away, and the headline's condition at 0."""
    laid = [(name, read(folder, name)) for name in WAYS]
    base, *others = compare_overlays(read(folder), laid, 20)
    assert base.off_table == ()
    for row in others:
        assert row.off_table == ("south",)
        told = {change.of: change for change in row.outcomes}
        assert told["terms.place == south and signed"].after.mean == 0


@pytest.mark.slow
@pytest.mark.parametrize("overlay", WAYS)
def test_the_headline_says_so(folder, overlay, tmp_path):
    """A run under the overlay tells 0 % and why, in its sentences and in those of its stored answer."""
    out = tmp_path / "out"
    play_case(read_case(folder, overlay=overlay), draws=20, out=out)
    said = "South in 0 % (“south” is not on the table in “Without the south”)."
    assert said in json.loads((out / "answer.json").read_text())["headline"]
    assert values_of(load_results(out), "terms.place == south").values.max() == 0
