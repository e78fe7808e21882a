"""Axes are read as people write them, and refused with the nearest right name."""

import numpy as np
import pytest

from sim.foundations import InputError
from sim.scenario import read_case
from sim.sweeps.axis_text import parse_axis
from sim.sweeps.design_points import make_points
from sim.words import number_title
from tests.shipped import shipped

CASE = "scenarios/ceasefire"


@pytest.fixture(scope="module")
def scenario():
    """The case of the first article."""
    return read_case(CASE).scenario


def overlay(name):
    """One of its overlays."""
    return read_case(CASE, overlay=name).scenario


def test_a_range_has_its_ends_its_count_and_the_scenarios_own_place(scenario):
    """LOW:HIGH:N gives N values, ends included."""
    axis = parse_axis("russia.patience=0.6:0.9:4", scenario)
    assert axis.values == [0.6, 0.7, 0.8, 0.9]
    assert (axis.base, axis.title) == (0.8, "Russia: patience")


def test_an_axis_has_the_title_of_its_number(scenario):
    """The same words as in figures of runs and tables of numbers."""
    for path in ("true_hazard.fragile.enforcement", "russia.salience.nato", "talks.decisive_chance"):
        assert parse_axis(f"{path}=0.1:0.2:2", scenario).title == number_title(scenario, path)


def test_levels_on_offer_are_joined_or_spanned(scenario):
    """``a|b`` and ``first..last`` name levels; the choice that offers all of them is the base."""
    axis = parse_axis("issues.guarantees.available=none,none|monitoring,none..allied forces", scenario)
    offered = [setting.structure["issues.guarantees.available"] for setting in axis.settings]
    assert offered[1] == ["none", "monitoring"]
    assert len(offered[2]) == 4
    assert axis.base == "none..allied forces"


@pytest.mark.slow
def test_overlays_protocols_rounds_order_and_level_names_are_choices(scenario):
    """Anything in the scenario can be varied by its path."""
    assert parse_axis("overlay=base,strong-guarantees", scenario, overlay).base == "base"
    assert parse_axis("talks.rounds=6:24:4", scenario).values == [6, 12, 18, 24]
    assert parse_axis("talks.rounds=6 months,10 years", scenario).base == "10 years"
    assert parse_axis("talks.order=russia|ukraine,ukraine|russia", scenario).size == 2
    position = parse_axis("ukraine.position.line=1991 border,line of contact", scenario)
    assert [s.numbers["ukraine.position.line"] for s in position.settings] == pytest.approx([0, 2 / 3])
    assert parse_axis("talks.strategies.russia.aspiration=time-dependent,hard-liner", scenario).size == 2


def test_paths_joined_by_plus_move_together(scenario):
    """One axis may move several numbers."""
    axis = parse_axis("russia.beliefs.fragile.enforcement+ukraine.beliefs.fragile.enforcement=0:1:3", scenario)
    points = make_points([axis], "grid", None, "s")
    assert points.paths == ("russia.beliefs.fragile.enforcement", "ukraine.beliefs.fragile.enforcement")
    assert (points.numbers[:, 0] == points.numbers[:, 1]).all()


@pytest.mark.slow
def test_a_number_is_the_same_axis_under_its_name_in_the_file(scenario):
    """`actors.` before it changes nothing, for a range, for choices, for numbers that move together."""
    for short in ("russia.patience=0.6:0.9:3", "russia.patience=0.5,0.6", "russia.patience+ukraine.patience=0.5:0.9"):
        long = "+".join(f"actors.{part}" for part in short.split("+"))
        assert parse_axis(long, scenario) == parse_axis(short, scenario)


def test_a_range_of_a_position_is_in_the_users_unit():
    """Places on an issue run from 0 to 1 inside, in the issue's unit outside."""
    seller = shipped("buyer_seller")
    axis = parse_axis("buyer.position.price=80:120:5", seller)
    points = make_points([axis], "grid", None, "s")
    assert axis.values == [80, 90, 100, 110, 120]
    assert sorted(points.numbers[:, 0]) == pytest.approx([0, 0.25, 0.5, 0.75, 1])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rusia.patience=0:1:3", "russia.patience"),
        ("russia.patience=0.5:1.5:3", "1.5 is not allowed"),
        ("russia.patience=0.9:0.5:3", "lower end first"),
        ("russia.patience", "is no axis"),
        ("russia.patience=a,b", "not"),
        ("issues.guarantees.available=none|monitorin", "monitorin"),
        ("overlay=strong", 'no overlay "strong"'),
        ("talks.protocol=alternating", "alternating"),
        ("russia.patience=0.7,0.7", "twice"),
        ("talks.rounds=0.5:3", "whole number"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_remedy(scenario, text, said):
    """Every refusal names the thing."""
    with pytest.raises(InputError, match=said):
        parse_axis(text, scenario, overlay)


def test_two_axes_may_not_move_the_same_thing(scenario):
    """What one axis fixes another may not."""
    axes = [
        parse_axis(text, scenario) for text in ("russia.patience=0.6:0.9:2", "us.patience+russia.patience=0.6:0.9:2")
    ]
    with pytest.raises(InputError, match="varied twice"):
        make_points(axes, "grid", None, "s")


def test_equal_points_are_played_once(scenario):
    """Designs over few choices hit the same point again; it is played once and told as often as asked."""
    axis = parse_axis("talks.rounds=6,12", scenario)
    points = make_points([axis], "random", 20, "s")
    assert len(points) == 20
    assert len(points.played) == 2
    assert (points.table[points.played][points.inverse] == points.table).all()
    assert np.unique(points.inverse).tolist() == [0, 1]


def test_options_of_a_drawn_setting_are_choices_by_name(scenario):
    """An option is fixed as a number is, another registered name is another rule, and what is neither is refused."""
    axis = parse_axis("talks.protocol=alternating-offers,single-text,zeuthen", scenario)
    assert [dict(setting.numbers) for setting in axis.settings] == [{"talks.protocol": 0}, {"talks.protocol": 1}, {}]
    assert dict(axis.settings[2].structure) == {"talks.protocol": "zeuthen"}
    with pytest.raises(InputError, match="no protocol is called"):
        parse_axis("talks.protocol=alternating-offers,zeuten", scenario)
