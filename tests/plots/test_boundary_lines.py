"""The lines on a regime map are those that the sweep stored, and the caption says what they are."""

from itertools import product

import numpy as np
import pytest
from contourpy import contour_generator
from matplotlib.contour import ContourSet
from matplotlib.patheffects import TickedStroke
from matplotlib.text import Text

from sim.plots import PLOTS
from sim.plots.frame.style import STYLES
from sim.plots.sweep.boundary_drawing import draw_boundaries
from sim.plots.sweep.boundary_lines import BoundaryLine, alike, boundary_lines
from sim.plots.sweep.boundary_words import boundary_note
from sim.plots.sweep.map_axes import MapAxes
from sim.plots.sweep.map_frame import oriented
from sim.sweeps import sweep
from sim.sweeps.swept_axes import swept_axes
from tests.plots.conftest import stored
from tests.sweeps.boundaries.lines import divided, lone_truce

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
    """Contours of a regime map by their gid, and all its words."""
    figure = PLOTS["regime-map"].draw(results, **more)
    contours = {found.get_gid(): found for found in figure.findobj(ContourSet)}
    words = " ".join(text.get_text() for text in figure.findobj(Text))
    return contours, words.replace("\n", " ").replace("\N{NO-BREAK SPACE}", " ")


def on_zero(contour, field, across, up):
    """Whether every place of a contour lies where the field of the results is zero, and there are some."""
    known = np.concatenate(contour_generator(np.asarray(across), np.asarray(up), np.asarray(field)).lines(0.0))
    own = np.concatenate([path.vertices for path in contour.get_paths()])
    near = np.abs(own[:, None] - known[None]).sum(axis=2).min(axis=1)
    at_vertices = near < 1e-9  # but for the ends of the gap that a name is written into
    return len(own) > 2 and at_vertices.sum() >= len(own) - 2


@pytest.mark.slow
@pytest.mark.parametrize("style", ["screen", "dark"])
def test_the_line_is_the_stored_curve(split, style):
    """The drawn line is the zero of the closed form; circles lie on that of the signing rule."""
    contours, words = drawn(split, style=style)
    sides = [split[f"boundary_{side}.reservation"].values for side in "AB"]
    for name in ("boundary_bargaining_range", "boundary_any_deal"):
        field = split[name].transpose("boundary_B.reservation", "boundary_A.reservation").values
        assert on_zero(contours[name], field, *sides)
    assert "It is a closed form: bargaining range (Fearon 1995" in words
    assert "on the side of its strokes some deal is acceptable to all who must sign at central values" in words
    assert "acceptable deal, central values" in words


@pytest.mark.slow
def test_with_few_levels_the_signing_rule_is_the_line(coarse):
    """In thirds the rule and the closed form are different lines: the rule is drawn, the form is circles."""
    contours, words = drawn(coarse)
    effects = {name: [type(effect) for effect in found.get_path_effects()] for name, found in contours.items()}
    assert TickedStroke in effects["boundary_any_deal"]
    assert TickedStroke not in effects["boundary_bargaining_range"]
    assert "Circles: the closed form if levels were not so few: bargaining range" in words


@pytest.mark.slow
def test_names_stand_on_straight_pieces(coarse):
    """A name is upright or level where its line has corners only at right angles."""
    figure = PLOTS["regime-map"].draw(coarse)
    names = [text for text in figure.findobj(Text) if str(text.get_gid()).startswith("label:")]
    assert [text.get_text() for text in names] == ["acceptable deal, central values"]
    assert all(abs(text.get_rotation() % 90) < 1 for text in names)


def test_a_name_half_hides_no_share():
    """Shares that a name on a slanting line would cover are left out, a dot of theirs stays, and so do all others."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 4))
    axes = figure.add_subplot()
    axes.set(xlim=(0, 8), ylim=(0, 8))
    places = np.arange(0.5, 8)
    for x, y in product(places, places):
        axes.text(x, y, "51\n•" if x == y == 3.5 else "51", ha="center", va="center", gid="cell")
    side = np.linspace(0, 8, 33)
    field = side[None, :] - side[:, None]
    line = BoundaryLine("any_deal", "half", "acceptable deal, half of worlds", field, side, side)
    draw_boundaries(axes, [line], STYLES["screen"])
    cells = {text.get_position(): text.get_text() for text in axes.texts if text.get_gid() == "cell"}
    gone = {place for place, text in cells.items() if text in {"", "•"}}
    (name,) = [text for text in axes.texts if text.get_gid() == "label:any_deal"]
    assert 0 < name.get_rotation() < 90
    assert {(3.5, 3.5), (4.5, 4.5)} <= gone <= {(x, x) for x in places}
    assert cells[3.5, 3.5] == "•"
    assert cells[0.5, 0.5] == cells[7.5, 7.5] == "51"


@pytest.mark.slow
def test_half_of_the_worlds_has_a_line_of_its_own():
    """Where worlds differ, a dotted line runs where a deal is acceptable in half of them."""
    scenario = divided({"W": 0.43, "delta": 0.9}, {"W": 0.27, "delta": 0.9}, points=21)
    raw = scenario.model_dump()
    raw["actors"]["B"]["reservation"] = {"value": 0.3, "low": 0.1, "high": 0.9, "assumed": "test"}
    scenario = type(scenario).model_validate(raw)
    results = sweep(scenario, {"A.reservation": "0.1:0.9:5", "A.patience": "0.5:0.9:3"}, draws=20)
    contours, words = drawn(results)
    share = results["any_deal_share"].sel(group="all").transpose("A.patience", "A.reservation").values
    assert on_zero(
        contours["any_deal_share"], share - 0.5, results["A.reservation"].values, results["A.patience"].values
    )
    assert "Dotted: some deal is acceptable in half of the worlds" in words
    assert "numbers vary from world to world" in words


@pytest.mark.slow
def test_choices_have_steps_and_old_results_no_line(split):
    """A choice of levels on offer: the line runs between its cells. Without stored fields nothing is said."""
    case = {"a": 0.06, "eta": 0.0, "signedD": -0.15, "delta": 0.95, "theta": 1.0}
    results = sweep(lone_truce(case), {"A.power_shift": [-0.2, -0.01], "A.beliefs.base": "0:0.2:5"}, draws=2)
    across, up = oriented(swept_axes(results))
    (line, *_) = boundary_lines(results, across, up)
    contours, _ = drawn(results)
    (path,) = contours[line.name].get_paths()
    border = across.edges[1] if across.choice else up.edges[1]
    choice, other = (path.vertices[:, d] for d in ((0, 1) if across.choice else (1, 0)))
    moves = np.abs(np.diff(other)) > 1e-4
    stays = np.abs(np.diff(choice)) < 1e-4
    assert (stays | ~moves).all()  # every piece is level or upright
    assert np.abs(choice - border).min() < 1e-4
    old = split.drop_vars([name for name in split.variables if str(name).startswith("boundary_")])
    old.attrs = {name: value for name, value in old.attrs.items() if not name.startswith("boundary_")}
    assert boundary_lines(old, *oriented(swept_axes(old))) == []
    assert boundary_note(old, []) == ""
    assert "central values, whatever" not in drawn(old)[1]


@pytest.mark.slow
def test_no_line_is_told_too():
    """Where a deal is acceptable at every point, or at none, the caption says so."""
    scenario = divided({"W": 0.43, "delta": 0.9}, {"W": 0.27, "delta": 0.9}, points=11)
    for over, said in (("0.1:0.2:3", "at every point"), ("0.8:0.9:3", "at no point")):
        results = sweep(scenario, dict.fromkeys(RANGES, over), draws=2)
        assert f"acceptable to all who must sign {said}" in drawn(results)[1]


@pytest.mark.slow
def test_every_map_of_a_third_axis_has_its_own_line():
    """Each panel draws the stored line of its value, with strokes on the side where a deal is acceptable."""
    scenario = divided({"W": 0.43, "delta": 0.9}, {"W": 0.27, "delta": 0.9}, points=11)
    over = {"A.reservation": "0.1:0.9:5", "B.reservation": "0.1:0.9:6", "A.beliefs.base": [0.0, 0.3]}
    over |= {"A.power_shift": "-0.3:0.1:2"}
    results = sweep(scenario, over, draws=2)
    figure = PLOTS["regime-map-panels"].draw(results)
    panels = [axes for axes in figure.get_axes() if axes.axison]
    maps = MapAxes.of(results)
    assert len(panels) == len(maps.places) == 4
    assert maps.places == [place[::-1] for place in product(*maps.chosen[::-1])]
    seen = set()
    for axes, place in zip(panels, maps.places, strict=True):
        field = results["boundary_any_deal"].sel({f"boundary_{k}": value for k, value in maps.at(place).items()})
        field = field.transpose(f"boundary_{maps.up.name}", f"boundary_{maps.across.name}").values
        places = [results[f"boundary_{axis.name}"].values for axis in (maps.across, maps.up)]
        (found,) = [line for line in axes.findobj(ContourSet) if line.get_gid() == "boundary_any_deal"]
        assert on_zero(found, field, *places)
        (path,) = found.get_paths()
        one, two = path.vertices[:2]
        left = one + (two - one) / 2 + 0.03 * np.array([-(two - one)[1], (two - one)[0]]) / np.hypot(*(two - one))
        row, column = np.abs(places[1] - left[1]).argmin(), np.abs(places[0] - left[0]).argmin()
        assert field[row, column] >= 0  # strokes stand to the left
        seen.add(tuple(path.vertices[0]))
    assert len(seen) > 1
    words = " ".join(text.get_text() for text in figure.findobj(Text)).replace("\n", " ")
    assert "on the side of its strokes some deal is acceptable" in words


def test_several_maps_draw_the_same_thing_as_the_line(split, coarse):
    """Where the closed form is the line on one map and a check on another, the rule is the line on both."""
    across, up = oriented(swept_axes(split))
    exact, steps = (boundary_lines(found, across, up) for found in (split, coarse))
    names = [{line.role: line.name for line in found} for found in (exact, steps)]
    assert [found["signing"] for found in names] == ["boundary_bargaining_range", "boundary_any_deal"]
    turned = alike([exact, steps])
    assert turned[1] == steps
    told = {line.role: (line.name, line.label) for line in turned[0]}
    assert told["signing"] == ("boundary_any_deal", "acceptable deal, central values")
    assert told["check"] == ("boundary_bargaining_range", "bargaining range")
    assert alike([exact, exact]) == [exact, exact]


def test_other_axes_are_held_where_they_are_asked():
    """With three axes the line of one map is that of the two-axis sweep at that value."""
    scenario = divided({"W": 0.43, "delta": 0.9}, {"W": 0.27, "delta": 0.9}, points=11)
    results = sweep(scenario, {"A.reservation": "0.1:0.9:5", "B.reservation": [0.1, 0.6], "A.patience": [0.8, 0.9]},
                    draws=1)  # fmt: skip
    axes = {axis.name: axis for axis in swept_axes(results)}
    lines = boundary_lines(results, axes["A.reservation"], axes["A.patience"], {"B.reservation": 0.6})
    (rule,) = [line for line in lines if line.role == "signing"]
    found = np.concatenate(contour_generator(rule.across, rule.up, rule.field).lines(0.0))
    assert {round(float(x), 2) for x in found[:, 0]} == {0.4}
