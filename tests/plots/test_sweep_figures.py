"""Figures of sweeps say what the numbers say."""

import numpy as np
import pytest
import xarray as xr
from matplotlib.collections import QuadMesh
from matplotlib.colors import to_rgb
from matplotlib.legend import Legend
from matplotlib.lines import Line2D

from sim.foundations import ResultsError
from sim.plots import PLOTS, fitting, save
from sim.plots.frame.outcomes import vocabulary
from sim.plots.frame.style import ENDING_COLORS
from sim.plots.run.ending_triangle import shares
from sim.sweeps import sweep_in_memory
from sim.sweeps.sweep_points import SweepPoints
from sim.sweeps.swept_axes import on_axes, swept_axes
from sim.words import percent_span
from tests.plots.made_up import made_up
from tests.sweeps.faulty import tiny

WEIGHTS = np.array([0.2126, 0.7152, 0.0722])  # of red, green and blue in luminance
NAMES = ("regime-map", "ending-maps", "sweep-lines", "ending-triangle")


@pytest.fixture(scope="module")
def two():
    """A sweep over two numbers."""
    return made_up(tiny(over=("p.patience=0.5:0.9:4", "q.war_cost=0.05:0.5:3"), draws=30))


@pytest.fixture(scope="module")
def mixed():
    """A sweep over a number and a choice of words, and one thing that is fixed."""
    over = ("p.patience=0.5:0.9:4", "issues.x.available=a|b,a|c,a..c", "talks.rounds=4")
    return made_up(tiny(over=over, draws=30))


def words(figure):
    """Every text of a figure."""
    return [text.get_text() for text in figure.findobj(lambda artist: hasattr(artist, "get_text"))]


def test_each_sweep_has_the_figures_that_fit_it(two, mixed):
    """Maps need two axes, lines one, or a few choices besides."""
    one = sweep_in_memory(tiny(draws=20))
    scattered = sweep_in_memory(tiny(over=("p.patience=0.5:0.9",), design="lhs", points=5, draws=10))
    assert set(fitting(one)) == {"sweep-lines", "ending-triangle"}
    assert set(fitting(two)) == {"regime-map", "ending-maps", "ending-triangle"}
    assert set(fitting(mixed)) == set(NAMES)
    assert fitting(scattered) == ["ending-triangle"]
    with pytest.raises(ResultsError):
        PLOTS["regime-map"].draw(one)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_sweep_figure_can_be_saved(tmp_path, mixed, name):
    """Drawn on a dark page and written whole, as a picture and as lines."""
    files = save(PLOTS[name].draw(mixed, style="dark"), tmp_path, name)
    assert all(file.stat().st_size > 1000 for file in files)


def test_the_map_counts_its_cells_and_writes_their_shares(two):
    """Title and cells are the numbers of the results."""
    codes = two["modal_ending"].sel(group="all").values
    figure = PLOTS["regime-map"].draw(two)
    said = words(figure)
    assert f"of {codes.size} points" in " ".join(said).replace("\n", " ").replace("at all", "of")
    share = two["ending_share"].sel(group="all").values.max(axis=-1)
    written = {text.replace("\n•", "") for text in said}
    assert {f"{100 * value:.0f}" for value in share.ravel()} <= written


def test_axes_of_a_single_value_are_left_out(mixed):
    """What does not vary is no axis of a figure, and the base case is found on the others."""
    axes = swept_axes(mixed)
    assert [axis.name for axis in axes] == ["p.patience", "issues.x.available"]
    assert axes[0].base_place == pytest.approx(0.7)
    assert axes[1].base_place == 2
    assert on_axes(mixed, axes)["modal_ending"].dims == ("p.patience", "issues.x.available", "group")
    assert (np.diff(axes[0].edges) > 0).all()


def test_the_triangle_holds_every_point(two, mixed):
    """Places are the shares of a deal, of stalemate and of war, in the corners' coordinates."""
    found = shares(two)
    values = two["ending_share"].sel(group="all").values.reshape(-1, 5)
    np.testing.assert_allclose(found.values, np.stack([values[:, :3].sum(axis=1), values[:, 3], values[:, 4]], axis=1))
    np.testing.assert_allclose(found.color, np.repeat(two["p.patience"].values, 3))
    axes = PLOTS["ending-triangle"].draw(two).get_axes()[0]
    points = axes.collections[0].get_offsets()
    np.testing.assert_allclose(points[:, 1], found.values[:, 0] * np.sqrt(3) / 2, atol=1e-12)
    np.testing.assert_allclose(points[:, 0], found.values[:, 0] / 2 + found.values[:, 2], atol=1e-12)
    assert len(shares(mixed).values) == mixed["modal_ending"].sel(group="all").size


def test_every_ending_that_some_panel_shows_is_in_the_legend_of_the_lines(mixed):
    """The first panel need not have it."""
    found = mixed.copy(deep=True)
    share = found["ending_share"]
    share.values[:] = 0
    share.loc[{"ending": "stalemate"}] = 1
    later = {"issues.x.available": "a..c"}
    share.loc[{**later, "ending": "partial"}], share.loc[{**later, "ending": "stalemate"}] = 0.25, 0.75
    figure = PLOTS["sweep-lines"].draw(found)
    said = [text.get_text() for legend in figure.findobj(Legend) for text in legend.get_texts()]
    assert "A partial deal" in said
    last = next(axes for axes in figure.get_axes() if axes.get_title(loc="left").startswith("a..c"))
    (line,) = [bars.lines[0] for bars in last.containers if bars.get_label() == "partial"]
    np.testing.assert_allclose(line.get_ydata(), 25)


@pytest.mark.slow
def test_small_shares_do_not_get_the_full_colour_of_an_ending(two):
    """Four draws in a hundred are pale; where the highest share is a quarter or more, it has the full colour."""
    found = two.copy(deep=True)
    found["ending_share"].values[:] = np.array([0.04, 0, 0, 0.3, 0.66])
    figure = PLOTS["ending-maps"].draw(found)
    deepest = {}
    for axes in figure.get_axes():
        (mesh,) = [cells for cells in axes.collections if isinstance(cells, QuadMesh)]
        deepest[axes.get_title(loc="left").split(" (")[0]] = mesh.get_facecolor()[:, :3].mean(axis=0)
    full, page = (np.array(to_rgb(color)) for color in (ENDING_COLORS["truce"], "white"))
    np.testing.assert_allclose(deepest["A truce"], page + 0.04 / 0.25 * (full - page))
    np.testing.assert_allclose(deepest["No deal"], to_rgb(ENDING_COLORS["stalemate"]))
    assert "A partial deal" not in deepest  # it never occurs


def test_each_cell_of_the_regime_map_has_the_colour_of_its_ending(two):
    """Full colour of whatever ending is the only one at that point."""
    found = two.copy(deep=True)
    codes = np.random.default_rng(3).integers(0, found.sizes["ending"], found["modal_ending"].shape)
    found["modal_ending"].values[:] = codes
    alone = found["modal_ending"] == xr.DataArray(np.arange(found.sizes["ending"]), dims="ending")
    found["ending_share"] = alone.astype(float).transpose(*found["ending_share"].dims)
    axes = PLOTS["regime-map"].draw(found).get_axes()[0]
    mesh = next(c for c in axes.collections if isinstance(c, QuadMesh))
    at = found["modal_ending"].sel(group="all").transpose("q.war_cost", "p.patience").values
    expected = np.array([to_rgb(ENDING_COLORS[str(name)]) for name in found["ending"].values])[at]
    np.testing.assert_allclose(mesh.get_facecolor()[:, :3], expected.reshape(-1, 3))


@pytest.mark.slow
def test_each_map_of_an_ending_is_its_shares(two):
    """Cell by cell, and the last map is the share of worlds with an acceptable deal; the caption has the error."""
    figure = PLOTS["ending-maps"].draw(two)
    found = on_axes(two, swept_axes(two)).isel(group=0).transpose(..., "q.war_cost", "p.patience")
    seen = [name for name in found["ending"] if found["ending_share"].sel(ending=name).max() > 0]
    shares = [found["ending_share"].sel(ending=name) for name in seen] + [found["any_deal_share"]]
    for axes, share in zip(figure.get_axes(), shares, strict=True):
        written = [text.get_text() for text in axes.texts]
        assert written == [f"{100 * value:.0f}" for value in share.transpose("q.war_cost", "p.patience").values.ravel()]
    assert "a share is within ± 18 % at most" in PLOTS["ending-maps"].caption(two)


@pytest.mark.slow
def test_letters_on_cells_can_be_read_on_dark_pages_too(two):
    """Every number differs from its cell by a contrast of 4 at least."""

    def luminance(color):
        values = np.array(to_rgb(color))
        return float(np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4) @ WEIGHTS)

    axes = PLOTS["regime-map"].draw(two, style="dark").get_axes()[0]
    (mesh,) = [cells for cells in axes.collections if isinstance(cells, QuadMesh)]
    cells = mesh.get_array().reshape(-1, 3)
    numbers = [text for text in axes.texts if text.get_text()[:1].isdigit()]
    assert len(numbers) == len(cells)
    for text, cell in zip(numbers, cells, strict=True):
        light, dark = sorted((luminance(text.get_color()), luminance(cell)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4


def test_the_triangle_rings_the_base_case():
    """The ring is at the point where the scenario stands."""
    over = ("p.patience=0.5:0.9:3", "q.war_cost=0.05,0.2")
    standing = sweep_in_memory(tiny(over=over, draws=5))
    base = shares(standing).base
    assert base.tolist() == [False, False, False, True, False, False]
    (ring,) = [dots for dots in PLOTS["ending-triangle"].draw(standing).get_axes()[0].collections if dots.get_gid()]
    assert len(ring.get_offsets()) == 1


@pytest.mark.slow
def test_numbers_given_out_of_order_are_drawn_in_order(two):
    """The map is that of the same sweep in order; words keep the order they were given in."""
    mixed_up = two.isel({"p.patience": [2, 0, 3, 1]})
    for name in ("regime-map", "ending-maps"):
        pictures = []
        for results in (two, mixed_up):
            meshes = PLOTS[name].draw(results).findobj(QuadMesh)
            pictures.append([(np.asarray(mesh.get_array()), mesh.get_coordinates()) for mesh in meshes])
        for one, other in zip(*pictures, strict=True):
            np.testing.assert_array_equal(one[0], other[0])
            np.testing.assert_array_equal(one[1], other[1])
    assert PLOTS["regime-map"].title(mixed_up) == PLOTS["regime-map"].title(two)
    words = sweep_in_memory(tiny(over=("issues.x.available=a..c,a|b", "q.war_cost=0.5,0.05,0.2"), draws=2))
    assert [axis.values for axis in swept_axes(words)] == [("a..c", "a|b"), (0.05, 0.2, 0.5)]


def with_shares(results, rows):
    """The same sweep with other shares of endings, one row for each value of its axis."""
    share = results["ending_share"].copy()
    share.loc[{"group": "all"}] = np.array(rows)
    return results.assign(ending_share=share)


def test_lines_that_end_where_they_begin_are_not_said_to_rise_or_fall():
    """All the same: nothing changes; a hump: from where to where it moves."""
    results, name = sweep_in_memory(tiny(over=("p.patience=0.5:0.9:3",), draws=5)), "sweep-lines"
    flat = with_shares(results, [[0, 0, 1, 0, 0]] * 3)
    assert PLOTS[name].title(flat).startswith("No ending becomes more or less frequent as")
    hump = with_shares(results, [[0, 0, 0, 0.2, 0.8], [0, 0, 0.2, 0.6, 0.2], [0, 0, 0, 0.2, 0.8]])
    assert PLOTS[name].title(hump).startswith("A broken deal moves between 20 % and 80 % as")
    slope = with_shares(results, [[0, 0, 0, 0.2, 0.8], [0, 0, 0, 0.7, 0.3], [0, 0, 0.1, 0.8, 0.1]])
    assert PLOTS[name].title(slope).startswith("A broken deal falls from 80 % to 10 % as")
    faint = with_shares(results, [[0, 0, 0, 0.2, 0.8], [0, 0, 0, 0.2, 0.8], [0, 0, 0.2, 0.2, 0.6]])
    assert PLOTS[name].title(faint).startswith("No ending's share moves more than chance may as")


@pytest.mark.slow
def test_of_very_many_values_some_are_marked():
    """A line for all, marks for sixty at most."""
    figure = PLOTS["sweep-lines"].draw(made_up(tiny(over=("p.patience=0.5:0.9:200",), draws=20)))
    lines = [line for line in figure.findobj(Line2D) if line.get_markevery() == 4]
    assert len(lines) >= 4
    assert {len(line.get_xdata()) for line in lines} >= {200}


def test_captions_tell_what_follows_a_signature_beside_what_is_acceptable(two):
    """A deal that could be signed may break: both shares stand in the caption, as the points have them."""
    points = SweepPoints.of(two).known
    words = vocabulary(two)
    kept = points.share[:, [name in words.kinds for name in points.endings]].sum(axis=1)
    broke = points.share[:, [name == words.broken for name in points.endings]].sum(axis=1)
    assert broke.max() > 0
    caption = PLOTS["ending-maps"].caption(two)
    could = percent_span(points.any_deal.min(), points.any_deal.max())
    assert f"some deal is acceptable in {could} of worlds; at the horizon one is in force in " in caption
    assert f"in force in {percent_span(kept.min(), kept.max())}, and one that was signed has broken in " in caption
    assert f"has broken in {percent_span(broke.min(), broke.max())}. " in caption
