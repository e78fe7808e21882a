"""Figures of sweeps over other designs than a grid of one or two axes: they show the numbers of the results."""

import json

import numpy as np
import pytest
from matplotlib.collections import LineCollection, QuadMesh

from sim.plots import PLOTS, fitting, save
from sim.plots.frame.style import STYLES
from sim.plots.sweep.ending_marks import EndingMarks
from sim.plots.sweep.map_axes import MOST_PANELS, MapAxes
from sim.sweeps.sweep_effects import most_moving, sweep_means
from sim.sweeps.sweep_points import SweepPoints, within_chance
from sim.words import Vocabulary, wilson
from sim.words.vocabulary import OutcomeWords
from tests.plots.made_up import made_up
from tests.sweeps.faulty import tiny

NUMBERS = ("p.patience=0.5:0.9:4", "q.war_cost=0.05:0.5:3")
CHOICE = "issues.x.available=a|b,a|c,a..c"
RANGES = ("p.patience=0.5:0.9", "q.war_cost=0.05:0.5", CHOICE)


@pytest.fixture(scope="module")
def alone():
    """Two numbers and a choice of words, moved one at a time."""
    return made_up(tiny(over=(*NUMBERS, CHOICE), design="one-at-a-time", draws=30))


@pytest.fixture(scope="module")
def scattered():
    """The same, all moved at once."""
    return made_up(tiny(over=RANGES, design="lhs", points=40, draws=20))


@pytest.fixture(scope="module")
def three():
    """A grid over three axes, the third of words."""
    return made_up(tiny(over=(*NUMBERS, CHOICE), draws=20))


@pytest.fixture(scope="module")
def four():
    """A grid over four axes of numbers."""
    over = (*NUMBERS, "q.patience=0.5:0.9:6", "p.war_cost=0.05,0.2")
    return made_up(tiny(over=over, draws=20))


def shown(figure):
    """Panels that hold something, in their order."""
    return [axes for axes in figure.get_axes() if axes.axison]


def rays(points):
    """The points along each axis of a one-at-a-time design."""
    return [points.at(points.ray(d)) for d in range(len(points.axes))]


def all_words(figure):
    """Every text of a figure in one line."""
    found = [text.get_text() for text in figure.findobj(lambda artist: hasattr(artist, "get_text"))]
    return " ".join(found).replace("\n", " ").replace("\N{NO-BREAK SPACE}", " ")


def test_each_design_has_the_figures_that_fit_it(alone, scattered, three, four):
    """Lines through a centre, scattered points and grids of many axes each have their own."""
    assert set(fitting(alone)) == {"one-at-a-time", "ending-triangle"}
    assert set(fitting(scattered)) == {"sweep-scatter", "sweep-trends", "ending-triangle"}
    assert set(fitting(three)) == set(fitting(four)) == {"regime-map-panels", "sweep-trends", "ending-triangle"}


def test_a_sweep_over_one_scattered_axis_has_trends_and_no_pairs():
    """Pairs need two axes, means some points."""
    many = made_up(tiny(over=RANGES[:1], design="sobol", points=8, draws=4))
    few = made_up(tiny(over=RANGES[:2], design="random", points=3, draws=4))
    assert set(fitting(many)) == {"sweep-trends", "ending-triangle"}
    assert fitting(few) == ["ending-triangle"]


@pytest.mark.slow
def test_every_figure_can_be_drawn_on_a_narrow_dark_page_and_saved(tmp_path, alone, scattered, three, four):
    """Drawn and written whole, of the sweep with most axes; the tests below draw them wide and light."""
    held = {name: results for results in (alone, scattered, three, four) for name in fitting(results)}
    assert len(held) == 5
    for name, results in held.items():
        (file,) = save(PLOTS[name].draw(results, style="dark", width=7.0), tmp_path, name, ("svg",))
        assert file.stat().st_size > 1000


def test_points_lie_where_the_results_say(scattered, three):
    """Numbers at their values, choices at their places in the order they were given, whatever the design."""
    for results in (scattered, three):
        points = SweepPoints.of(results).known
        names = [axis.name for axis in points.axes]
        assert names == ["p.patience", "q.war_cost", "issues.x.available"]
        assert points.axes[2].values == ("a|b", "a|c", "a..c")
        row = points.number == 7
        place = np.argwhere(results["point"].values == 7)[0]
        one = results.isel(dict(zip(results["failed"].dims, place.tolist(), strict=True)))
        assert points.places[row, 0] == one["p.patience"].item()
        assert points.axes[2].values[int(points.places[row, 2][0])] == one["issues.x.available"].item()
        np.testing.assert_allclose(points.share[row][0], one["ending_share"].sel(group="all").values)


def test_rays_leave_the_centre_on_one_axis_only(alone):
    """Each holds the centre and all settings of its axis, in order."""
    points = SweepPoints.of(alone).known
    centre = points.places[points.number == 0][0]
    sizes = []
    for d, ray in enumerate(rays(points)):
        assert (np.delete(ray.places, d, axis=1) == np.delete(centre, d)).all()
        assert (np.diff(ray.places[:, d]) > 0).all()
        assert (ray.places[:, d] == centre[d]).sum() == 1
        sizes.append(len(ray))
    assert sum(sizes) - len(sizes) + 1 == len(points)


@pytest.mark.slow
def test_one_at_a_time_draws_the_shares_of_the_results(alone, drawn):
    """A panel for each axis, lines through its points, the centre marked, the largest mover first."""
    figure = drawn("one-at-a-time", alone)
    points = SweepPoints.of(alone).known
    panels = shown(figure)
    found = {points.axes[d].title: (d, ray) for d, ray in enumerate(rays(points))}
    moves = []
    for axes in panels:
        d, ray = found.pop(axes.get_title(loc="left").replace("\n", " "))
        moves.append(np.ptp(ray.share, axis=0).max())
        (centre,) = [line for line in axes.lines if line.get_gid() == "base"]
        assert centre.get_xdata()[0] == points.places[points.number == 0, d][0]
        lines = {bars.get_label(): bars.lines[0] for bars in axes.containers}
        np.testing.assert_allclose(lines["war"].get_ydata(), 100 * ray.share[:, 4])
        np.testing.assert_allclose(lines["stalemate"].get_ydata(), 100 * ray.share[:, 3])
        if points.axes[d].numeric:
            (deal,) = [line for line in axes.lines if line.get_label() == "_any deal"]
            np.testing.assert_allclose(deal.get_xydata(), np.column_stack([ray.places[:, d], 100 * ray.any_deal]))
        else:
            (deal,) = [bars for bars in axes.collections if bars.get_label() == "_any deal"]
            assert isinstance(deal, LineCollection)
            assert [tick.get_text().replace("\n", " ") for tick in axes.get_xticklabels()] == ["a|b", "a|c", "a..c"]
    assert not found
    assert moves == sorted(moves, reverse=True)
    assert "30 worlds at each point" in all_words(figure)


@pytest.mark.slow
def test_the_bars_of_one_at_a_time_are_intervals_within_0_and_100(alone, drawn):
    """Wilson's: nothing reaches below 0 % or above 100 %, and a share of 0 has a bar too."""
    points = SweepPoints.of(alone).known
    axes = shown(drawn("one-at-a-time", alone))[0]
    ray = rays(points)[[axis.title for axis in points.axes].index(axes.get_title(loc="left").replace("\n", " "))]
    (bars,) = [bars for bars in axes.containers if bars.get_label() == "stalemate"]
    ends = np.array([segment[:, 1] for segment in bars.lines[2][0].get_segments()])
    wanted = np.array([wilson(share * 30, 30) for share in ray.share[:, 3]])
    np.testing.assert_allclose(ends, 100 * wanted, atol=0.01)


def test_means_are_those_of_the_points(scattered, three):
    """Groups of equal size along a range, per value for choices and on a grid; all points are counted once."""
    points = SweepPoints.of(scattered).known
    along, choices = sweep_means(points, 0), sweep_means(points, 2)
    assert sum(map(len, along.rows)) == sum(map(len, choices.rows)) == len(points)
    assert np.ptp([len(rows) for rows in along.rows]) <= 1
    order = np.argsort(points.places[:, 0])[: len(along.rows[0])]
    np.testing.assert_allclose(along.share[0], points.share[order].mean(axis=0))
    np.testing.assert_allclose(choices.share[1], points.share[points.places[:, 2] == 1].mean(axis=0))
    assert (along.half[:, 3] > 0).all()
    full = sweep_means(SweepPoints.of(three).known, 0)
    values = three["ending_share"].sel(group="all").mean(["q.war_cost", "issues.x.available"])
    np.testing.assert_allclose(full.share, values.transpose("p.patience", "ending").values)
    errors = three["ending_error"].sel(group="all").mean(["q.war_cost", "issues.x.available"])
    np.testing.assert_allclose(full.half, 1.959964 * errors.transpose("p.patience", "ending").values, rtol=1e-6)


@pytest.mark.slow
def test_trends_draw_every_point_and_the_means(scattered):
    """Clouds hold all shares, lines the means, in panels sorted by how far these move."""
    figure = PLOTS["sweep-trends"].draw(scattered)
    points = SweepPoints.of(scattered).known
    panels, ranked = shown(figure), most_moving(points)
    assert [axes.get_title(loc="left").replace("\n", " ") for axes in panels] == [points.axes[d].title for d in ranked]
    spans = [sweep_means(points, d).spans.max() for d in ranked]
    assert spans == sorted(spans, reverse=True)
    for axes, d in zip(panels, ranked, strict=True):
        (cloud,) = [dots for dots in axes.collections if dots.get_label() == "_points stalemate"]
        np.testing.assert_allclose(cloud.get_offsets()[:, 1], 100 * points.share[:, 3])
        found = sweep_means(points, d)
        if points.axes[d].numeric:
            np.testing.assert_allclose(cloud.get_offsets()[:, 0], points.places[:, d])
            (line,) = [line for line in axes.lines if line.get_label() == "stalemate"]
            np.testing.assert_allclose(line.get_xydata(), np.column_stack([found.places, 100 * found.share[:, 3]]))
        else:
            assert (np.abs(cloud.get_offsets()[:, 0] - points.places[:, d]) < 0.5).all()
            (bars,) = [bars for bars in axes.containers if bars.get_label() == "stalemate"]
            np.testing.assert_allclose(bars.lines[0].get_ydata(), 100 * found.share[:, 3])
    assert f"{len(points)} points" in all_words(figure)


@pytest.mark.slow
def test_the_scatter_has_a_mark_for_each_point_in_the_colour_of_its_ending(scattered):
    """Every pair of axes, every point once, coloured as on the regime map, dots where the lead is within chance."""
    figure = PLOTS["sweep-scatter"].draw(scattered)
    points = SweepPoints.of(scattered).known
    panels = shown(figure)
    assert len(panels) == 3
    colors = EndingMarks.of(scattered).shades(points.modal, points.share, STYLES["screen"])
    unsure = within_chance(points.share, points.counted)
    titles = {axis.title: d for d, axis in enumerate(points.axes)}
    for axes in panels:
        x, y = (titles[text.replace("\n", " ")] for text in (axes.get_xlabel(), axes.get_ylabel()))
        marks = {str(found.get_label()): found for found in axes.collections}
        assert sum(len(marks[points.endings[e]].get_offsets()) for e in np.unique(points.modal)) == len(points)
        assert len(marks["_within chance"].get_offsets()) == unsure.sum()
        for e in np.unique(points.modal):
            mine = points.modal == e
            found = marks[points.endings[e]]
            np.testing.assert_allclose(found.get_facecolors()[:, :3], colors[mine])
            for column, d in enumerate((x, y)):
                away = np.abs(found.get_offsets()[:, column] - points.places[mine, d])
                assert away.max() < (1e-9 if points.axes[d].numeric else 0.5)


@pytest.mark.slow
def test_of_many_scattered_axes_those_that_matter_most_are_paired():
    """Five axes give three pairs, and the caption says so."""
    over = (*RANGES, "q.patience=0.5:0.9", "p.war_cost=0.05:0.5")
    results = made_up(tiny(over=over, design="random", points=12, draws=4))
    figure = PLOTS["sweep-scatter"].draw(results)
    assert len(shown(figure)) == 3
    assert "Of 5 axes the 3" in all_words(figure)


def test_a_map_for_each_value_of_the_third_axis(three):
    """The two axes of numbers are on the maps; cells have the colours of the results, values of the third name them."""
    figure = PLOTS["regime-map-panels"].draw(three)
    panels = shown(figure)
    assert [axes.get_title(loc="left") for axes in panels] == ["a|b", "a|c", "a..c"]
    for n, axes in enumerate(panels):
        one = three.isel({"issues.x.available": n}).sel(group="all").transpose("q.war_cost", "p.patience", ...)
        (mesh,) = [found for found in axes.collections if isinstance(found, QuadMesh)]
        expected = EndingMarks.of(one).shades(one["modal_ending"].values, one["ending_share"].values, STYLES["screen"])
        np.testing.assert_allclose(mesh.get_array().reshape(expected.shape), expected)
    said = all_words(figure)
    assert all(text in said for text in ("of 36 points", "P: patience", "Q: cost of war", "A map for each: "))
    # the base case stands on the third value of the third axis, between cells of the others
    assert [any(line.get_marker() == "o" for line in axes.lines) for axes in panels] == [False, False, True]


@pytest.mark.slow
def test_four_axes_give_rows_and_columns(four):
    """The longest two are on the maps, the others in rows and columns of maps."""
    part = MapAxes.of(four)
    assert {part.across.name, part.up.name} == {"p.patience", "q.patience"}
    assert [axis.name for axis in part.others] == ["p.war_cost", "q.war_cost"]
    panels = shown(PLOTS["regime-map-panels"].draw(four))
    assert len(panels) == 6
    one = four.isel({"p.war_cost": 1, "q.war_cost": 0}).sel(group="all")
    (mesh,) = [found for found in panels[1].collections if isinstance(found, QuadMesh)]
    one = one.transpose(part.up.name, part.across.name, ...)
    expected = EndingMarks.of(one).shades(one["modal_ending"].values, one["ending_share"].values, STYLES["screen"])
    np.testing.assert_allclose(mesh.get_array().reshape(expected.shape), expected)


def test_of_too_many_values_both_ends_and_the_base_case_have_a_map():
    """The caption says how many are left out."""
    over = ("p.patience=0.5:0.9:13", "q.war_cost=0.05:0.5:13", "q.patience=0.4:0.95:12")
    results = made_up(tiny(over=over, draws=1))
    part = MapAxes.of(results)
    assert len(part.chosen[0]) == MOST_PANELS
    assert part.chosen[0][0] == 0
    assert part.chosen[0][-1] == 11
    assert part.others[0].values[6] == pytest.approx(0.7)
    assert 6 in part.chosen[0]
    said = PLOTS["regime-map-panels"].caption(results)
    assert "Maps of 9 of the 12 values of “Q: patience” are shown." in said


@pytest.mark.slow
def test_points_without_draws_are_left_out(scattered):
    """They have no share to be shown."""
    found = scattered.copy(deep=True)
    found["draws_played"][{"point": 3}] = 0
    found["modal_ending"][{"point": 3}] = -1
    for name in ("ending_share", "ending_error", "any_deal_share", "any_deal_error"):
        found[name][{"point": 3}] = np.nan
    points = SweepPoints.of(found).known
    assert len(points) == len(SweepPoints.of(scattered).known) - 1
    assert 3 not in points.number
    assert np.isfinite(sweep_means(points, 0).share).all()
    PLOTS["sweep-scatter"].draw(found)
    PLOTS["sweep-trends"].draw(found)


def test_choices_of_numbers_out_of_order_lie_at_their_values():
    """A range of numbers needs no order; choices of words keep theirs."""
    over = ("talks.rounds=6,2,4", RANGES[0], "issues.x.available=a..c,a|b")
    points = SweepPoints.of(made_up(tiny(over=over, design="lhs", points=9, draws=3))).known
    assert set(points.places[:, 0]) == {2.0, 4.0, 6.0}
    assert points.axes[2].values == ("a..c", "a|b")
    described = json.loads(made_up(tiny(over=over, design="lhs", points=9, draws=3)).attrs["axes"])
    assert described[0]["values"] == [6.0, 2.0, 4.0]


@pytest.mark.slow
def test_endings_are_the_case_s_own(scattered, three):
    """Kinds of deal with names of their own are told by these names, each in a colour and with a marker of its own."""
    own = ("deal", "interim accord", "no_deal", "broken")
    words = {code: OutcomeWords(f"the {code}", code, code, code, code) for code in own}
    told = Vocabulary(False, own[:2], "no_deal", "broken", words, {}, {})
    done = set()
    for results in (scattered, three):
        found = results.isel(ending=[0, 2, 3, 4]).assign_coords(ending=list(own)).assign_attrs(**told.to_attrs())
        modal = found["ending_share"].argmax("ending").transpose(*found["modal_ending"].dims)
        found["modal_ending"] = modal.astype("int8")
        marks = EndingMarks.of(found)
        assert len(set(marks.colors)) == len(set(marks.markers)) == len(own)
        for name in sorted({*fitting(found)} - done):
            said = all_words(PLOTS[name].draw(found))
            assert not any(word in said for word in ("truce", "settlement", "stalemate")), name
            done.add(name)
    assert len(done) == 4
