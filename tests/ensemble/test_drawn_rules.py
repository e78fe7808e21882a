"""Rules drawn for each world: every world is played as under its own option, whatever the size of a block."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from sim.ensemble import Design, play
from sim.ensemble.judging import observed
from sim.ensemble.rows import Rows
from sim.scenario import change, read_scenario
from sim.sensitivity import tornado
from sim.table import DealSpace, build, observe, settled_parts
from tests.shipped import shipped

COLUMNS = ("ending", "deal", "round", "number", "consistent", "states", "would_sign", "utility")
INPUTS = Path(__file__).parents[1] / "robustness" / "inputs"
RULED = ("alternative", "after_collapse", "red_line", "damage", "time_scale")
RULES = {
    "talks.protocol": {"options": {"alternating-offers": 2, "zeuthen": 1}, "assumed": "toy"},
    "talks.rounds": {"options": [6, 12], "assumed": "toy"},
    "conventions.red_line": {"options": ["drawn", "whole claim"], "assumed": "toy"},
    "talks.strategies.union.offering": {"options": ["trade-off", "nearest-to-aspiration"], "assumed": "toy"},
}


@pytest.fixture(scope="module")
def drawn():
    """A quick case whose rules are drawn."""
    return change(shipped("labour"), RULES)


@pytest.mark.slow
def test_bits_do_not_depend_on_blocks(drawn):
    """Counts and columns alike."""
    whole, parts = (play(Design.of_draws(drawn, 16), columns=COLUMNS, block=block) for block in (None, 5))
    for name in COLUMNS:
        assert np.array_equal(whole[name].values, parts[name].values), name


@pytest.mark.slow
def test_each_world_is_played_under_its_option(drawn):
    """The same deal, round and payoff as where the option is written down."""
    found = play(Design.of_draws(drawn, 30), columns=COLUMNS)
    codes = {number.path: found["number"].sel(path=number.path).values.astype(int) for number in drawn.choices}
    for world in range(0, 30, 5):
        chosen = {number.path: number.options[codes[number.path][world]] for number in drawn.choices}
        plain = {path: int(value) if path == "talks.rounds" else value for path, value in chosen.items()}
        alone = play(Design.of_draws(change(drawn, plain), world + 1), columns=("deal", "round", "utility"))
        for name in ("deal", "round", "utility"):
            assert np.array_equal(found[name].values[world], alone[name].values[world]), (world, name)


@pytest.fixture(scope="module")
def war(tmp_path_factory):
    """A war in which every rule that can be drawn is drawn."""
    folder = tmp_path_factory.mktemp("war")
    shutil.copy(INPUTS / "seed.toml", folder)
    shutil.copy(INPUTS / "war.toml", folder / "scenario.toml")
    return read_scenario(folder)


@pytest.mark.slow
def test_whatever_is_drawn_every_column_has_a_place_for_each_world(war):
    """All rules of talks and all conventions at once; what only some worlds have is 0 in the others."""
    drawn = {number.path for number in war.choices}
    assert {f"conventions.{rule}" for rule in RULED} <= drawn
    whole, parts = (play(Design.of_draws(war, 8), block=block) for block in (None, 3))
    for name, found in whole.items():
        assert np.array_equal(found.values, parts[name].values, equal_nan=found.dtype.kind == "f"), name
    again = whole["surplus_part"].sel(term="signing again").fillna(0)
    on_talks = whole["number"].sel(path="conventions.alternative").values == 1
    assert (again.isel(draw=on_talks) == 0).all()
    assert again.isel(draw=~on_talks).any()


@pytest.mark.slow
def test_options_come_up_by_their_weights(drawn):
    """Two in three worlds, but for chance; and a fixed code decides."""
    values = play(Design.of_draws(drawn, 400), columns=("number",))["number"].sel(path="talks.protocol").values
    assert values.mean() == pytest.approx(1 / 3, abs=0.08)
    fixed = play(Design.of_draws(drawn, 10, fixed={"talks.protocol": 1.0}), columns=("deal",))
    plain = play(Design.of_draws(change(drawn, {"talks.protocol": "zeuthen"}), 10), columns=("deal",))
    assert np.array_equal(fixed["deal"].values, plain["deal"].values)


def test_other_numbers_keep_their_streams(drawn):
    """Drawing the rules moves no other number."""
    before = play(Design.of_draws(shipped("labour"), 5), columns=("number",))
    after = play(Design.of_draws(drawn, 5), columns=("number",))
    paths = [str(path) for path in before["path"].values]
    assert np.array_equal(after["number"].sel(path=paths).values, before["number"].values)


def test_observations_are_judged_under_the_option():
    """Red lines read otherwise let other worlds fit what was observed."""
    case = shipped("ceasefire")
    both = change(case, {"conventions.red_line": {"options": ["drawn", "any step"], "assumed": "toy"}})
    rows, space = Rows(np.arange(24)), DealSpace.of(both)
    kept = observed(space, rows).kept
    for part in settled_parts(space, rows.draws(both)):
        plain = change(case, {"conventions.red_line": str(part.space.scenario.conventions.red_line)})
        assert np.array_equal(kept[part.where], observed(DealSpace.of(plain), rows.part(part.where)).kept)


def test_verdicts_need_only_the_deals_that_observations_speak_of():
    """With the other deals left out every verdict is the same, and each deal is worth the same bit for bit."""
    case = shipped("ceasefire")
    for part in settled_parts(DealSpace.of(case), Rows(np.arange(40)).draws(case)):
        full, few = build(part.space, part.draws), build(part.space.observed, part.draws)
        which = part.space.places_of(few.space.deals)
        assert len(few.space) < len(full.space) / 2
        assert all(np.array_equal(getattr(full, of)[..., which], getattr(few, of)) for of in ("signed", "payoff"))
        assert np.array_equal(observe(full).holds, observe(few).holds)


def test_where_deals_hang_together_none_is_left_out():
    """Whether somebody cheats hangs on what else there is; and where any deal may be the settlement, all are needed."""
    for name in ("pie", "monitored_deal"):
        space = DealSpace.of(shipped(name))
        assert space.observed is space


@pytest.mark.slow
def test_sensitivity_sees_them(drawn):
    """A row of the tornado is the rule."""
    found = tornado(drawn, 20, of=["round < 4"])
    assert {number.path for number in drawn.choices} <= {str(name) for name in found["input"].values}


@pytest.mark.slow
def test_importance_sees_them(drawn):
    """What decides how long talks last is the rule that was drawn, and a run says so by its path."""
    results = play(Design.of_draws(drawn, 300), columns=("number", "round", "ending", "consistent"))
    rounds = results["round"].values
    codes = results["number"].sel(path="talks.protocol").values
    assert abs(rounds[codes == 0].mean() - rounds[codes == 1].mean()) > 1


def test_one_option_is_the_plain_setting():
    """A rule with a single option, or with all its weight on one, plays as where that is written down."""
    case = change(shipped("pie"), {"talks.protocol": "zeuthen"})
    plain = play(Design.of_draws(case, 6), columns=("deal", "round", "utility"))
    for options in (["zeuthen"], {"zeuthen": 1, "alternating-offers": 0}):
        one = change(case, {"talks.protocol": {"options": options, "assumed": "toy"}})
        assert play(Design.of_draws(one, 6), columns=("deal", "round", "utility")).equals(plain)
