"""The lines on a regime map are those that the sweep stored, and the caption says what they are."""

from itertools import product

import numpy as np
import pytest
from matplotlib.markers import CARETDOWNBASE, CARETLEFTBASE

from sim.experiments.sweep import sweep
from sim.experiments.sweep.swept_axes import swept_axes
from sim.plots import PLOTS
from sim.plots.sweep.boundary_lines import alike, boundary_lines
from sim.plots.sweep.boundary_words import boundary_note
from sim.plots.sweep.ending_cells import oriented
from sim.plots.sweep.regime_map_panels import roles
from sim.plots.sweep.zero_lines import Scale, zero_lines
from tests.experiments.boundaries.lines import divided, lone_truce
from tests.plots.conftest import stored

RANGES = {"A.reservation": "0.1:0.9:5", "B.reservation": "0.1:0.9:5"}


@pytest.fixture(scope="module")
def split(tmp_path_factory):
    """Two who divide a stake, over what each has without a deal; read back from the disk."""
    scenario = divided({"W": 0.43, "delta": 0.9}, {"W": 0.27, "delta": 0.9})
    return stored(sweep(scenario, RANGES, draws=3), tmp_path_factory.mktemp("split"))


@pytest.fixture(scope="module")
def coarse():
    """The same with shares in thirds only."""
    return sweep(divided({"W": 0.43, "delta": 0.9}, {"W": 0.27, "delta": 0.9}, points=4), RANGES, draws=3)


def drawn(results, **more):
    """Artists of a regime map by their gid, and all its words."""
    figure = PLOTS["regime-map"].draw(results, **more)
    artists = figure.findobj(lambda artist: isinstance(artist.get_gid(), str))
    words = " ".join(text.get_text() for text in figure.findobj(lambda artist: hasattr(artist, "get_text")))
    return {artist.get_gid(): artist for artist in artists}, words.replace("\n", " ")


def kept(results, name):
    """The line of a stored variable, worked out from the file alone."""
    field = results[name].transpose("boundary_B.reservation", "boundary_A.reservation")
    places = [results[f"boundary_{side}.reservation"].values for side in "AB"]
    return zero_lines(field.values, *(Scale(p, p, steps=False) for p in places))


@pytest.mark.parametrize("style", ["screen", "dark"])
def test_the_line_is_the_stored_curve(split, style):
    """The drawn line is the zero of the closed form; circles lie on that of the signing rule."""
    artists, words = drawn(split, style=style)
    (line,) = kept(split, "boundary_bargaining_range")
    np.testing.assert_allclose(artists["boundary_bargaining_range:0"].get_xydata(), line)
    (rule,) = kept(split, "boundary_any_deal")
    for point in artists["boundary_any_deal:0"].get_xydata():
        one, two = rule[:-1], rule[1:]
        along = np.clip(((point - one) * (two - one)).sum(1) / ((two - one) ** 2).sum(1), 0, 1)
        assert np.abs(one + along[:, None] * (two - one) - point).sum(axis=1).min() < 1e-9
    assert "It is a closed form: bargaining range (Fearon 1995" in words
    assert "on its arrow's side some deal is acceptable to all who must sign at central values" in words
    assert "← acceptable deal, central values" in words


def test_with_few_levels_the_signing_rule_is_the_line(coarse):
    """In thirds the rule and the closed form are different lines: the rule is drawn, the form is circles."""
    artists, words = drawn(coarse)
    pieces = kept(coarse, "boundary_any_deal")
    for n, piece in enumerate(pieces):
        np.testing.assert_allclose(artists[f"boundary_any_deal:{n}"].get_xydata(), piece)
    assert artists["boundary_bargaining_range:0"].get_linestyle() == "None"
    assert "Circles: the closed form if levels were not so few: bargaining range" in words


def test_half_of_the_draws_has_a_line_of_its_own():
    """Where draws differ, a dotted line runs where a deal is acceptable in half of them."""
    scenario = divided({"W": 0.43, "delta": 0.9}, {"W": 0.27, "delta": 0.9}, points=21)
    raw = scenario.model_dump()
    raw["actors"]["B"]["reservation"] = {"value": 0.3, "low": 0.1, "high": 0.9, "assumed": "test"}
    scenario = type(scenario).model_validate(raw)
    results = sweep(scenario, {"A.reservation": "0.1:0.9:5", "A.patience": "0.5:0.9:3"}, draws=20)
    artists, words = drawn(results)
    share = results["any_deal_share"].sel(group="all").transpose("A.patience", "A.reservation").values
    (line,) = zero_lines(
        share - 0.5,
        *(Scale(results[name].values, results[name].values, steps=False) for name in ("A.reservation", "A.patience")),
    )
    np.testing.assert_allclose(artists["any_deal_share:0"].get_xydata(), line)
    assert "Dotted: some deal is acceptable in half of the draws" in words
    assert "numbers vary in the draws" in words


def test_choices_have_steps_and_old_results_no_line(split):
    """A choice of levels on offer: the line runs between its cells. Without stored fields nothing is said."""
    case = {"a": 0.06, "eta": 0.0, "signedD": -0.15, "delta": 0.95, "theta": 1.0}
    results = sweep(lone_truce(case), {"A.power_shift": [-0.2, -0.01], "A.beliefs.base": "0:0.2:5"}, draws=2)
    across, up = oriented(swept_axes(results))
    (line, *_) = boundary_lines(results, across, up, "all")
    assert {line.across.steps, line.up.steps} == {True, False}
    for path in line.paths:
        assert (np.abs(np.diff(path, axis=0)) > 0).sum() == len(path) - 1  # every piece is level or upright
    old = split.drop_vars([name for name in split.variables if str(name).startswith("boundary_")])
    old.attrs = {name: value for name, value in old.attrs.items() if not name.startswith("boundary_")}
    assert boundary_lines(old, *oriented(swept_axes(old)), "all") == []
    assert boundary_note(old, []) == ""
    assert "central values, whatever" not in drawn(old)[1]


def test_no_line_is_told_too():
    """Where a deal is acceptable at every point, or at none, the caption says so."""
    scenario = divided({"W": 0.43, "delta": 0.9}, {"W": 0.27, "delta": 0.9}, points=11)
    for over, said in (("0.1:0.2:3", "at every point"), ("0.8:0.9:3", "at no point")):
        results = sweep(scenario, dict.fromkeys(RANGES, over), draws=2)
        assert f"acceptable to all who must sign {said}" in drawn(results)[1]


def test_every_map_of_a_third_axis_has_its_own_line():
    """Each panel draws the stored line of its value, with triangles on the side where a deal is acceptable."""
    scenario = divided({"W": 0.43, "delta": 0.9}, {"W": 0.27, "delta": 0.9}, points=11)
    over = {"A.reservation": "0.1:0.9:5", "B.reservation": "0.1:0.9:6", "A.beliefs.base": [0.0, 0.3]}
    over |= {"A.power_shift": "-0.3:0.1:2"}
    results = sweep(scenario, over, draws=2)
    figure = PLOTS["regime-map-panels"].draw(results)
    panels = [axes for axes in figure.get_axes() if axes.axison]
    part = roles(results)
    assert len(panels) == 4
    seen = set()
    for axes, (d, o) in zip(panels, product(part.downs, part.overs), strict=True):
        at = {part.over.name: part.over.values[o], part.down.name: part.down.values[d]}
        field = results["boundary_any_deal"].sel({f"boundary_{name}": value for name, value in at.items()})
        field = field.transpose(f"boundary_{part.up.name}", f"boundary_{part.across.name}")
        places = [results[f"boundary_{axis.name}"].values for axis in (part.across, part.up)]
        (line,) = zero_lines(field.values, *(Scale(p, p, steps=False) for p in places))
        drawn = {found.get_gid(): found for found in axes.lines if found.get_gid()}
        np.testing.assert_allclose(drawn["boundary_any_deal:0"].get_xydata(), line)
        assert drawn["side:boundary_any_deal"].get_marker() in (CARETLEFTBASE, CARETDOWNBASE)  # less for both
        seen.add(tuple(line[0]))
    assert len(seen) > 1
    words = " ".join(text.get_text() for text in figure.findobj(lambda a: hasattr(a, "get_text"))).replace("\n", " ")
    assert "on the side of its small triangles some deal is acceptable" in words
    assert "arrow" not in words


def test_several_maps_draw_the_same_thing_as_the_line(split, coarse):
    """Where the closed form is the line on one map and a check on another, the rule is the line on both."""
    across, up = oriented(swept_axes(split))
    exact, steps = (boundary_lines(found, across, up, "all") for found in (split, coarse))
    names = [{line.role: line.name for line in found} for found in (exact, steps)]
    assert [found["signing"] for found in names] == ["boundary_bargaining_range", "boundary_any_deal"]
    turned = alike([exact, steps])
    assert turned[1] == steps
    told = {line.role: (line.name, line.label) for line in turned[0]}
    assert told["signing"] == ("boundary_any_deal", "acceptable deal,\ncentral values")
    assert told["check"] == ("boundary_bargaining_range", "bargaining range")
    assert alike([exact, exact]) == [exact, exact]


def test_other_axes_are_held_where_they_are_asked():
    """With three axes the line of one map is that of the two-axis sweep at that value."""
    scenario = divided({"W": 0.43, "delta": 0.9}, {"W": 0.27, "delta": 0.9}, points=11)
    results = sweep(scenario, {"A.reservation": "0.1:0.9:5", "B.reservation": [0.1, 0.6], "A.patience": [0.8, 0.9]},
                    draws=1)  # fmt: skip
    axes = {axis.name: axis for axis in swept_axes(results)}
    lines = boundary_lines(results, axes["A.reservation"], axes["A.patience"], "all", {"B.reservation": 0.6})
    (rule,) = [line for line in lines if line.role == "signing"]
    assert {round(float(x), 2) for path in rule.paths for x in path[:, 0]} == {0.4}
