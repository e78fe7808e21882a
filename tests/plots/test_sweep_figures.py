"""Figures of sweeps say what the numbers say."""

import numpy as np
import pytest

from sim.experiments.sweep import sweep_in_memory
from sim.foundations import ResultsError
from sim.plots import PLOTS, fitting, save
from sim.plots.ending_triangle import shares
from sim.plots.sweep_axes import on_axes, swept_axes
from tests.experiments.faulty import tiny

NAMES = ("regime-map", "ending-maps", "sweep-lines", "ending-triangle")


@pytest.fixture(scope="module")
def two():
    """A sweep over two numbers."""
    return sweep_in_memory(tiny(over=("p.patience=0.5:0.9:4", "q.war_cost=0.05:0.5:3"), draws=30))


@pytest.fixture(scope="module")
def mixed():
    """A sweep over a number and a choice of words, and one thing that is fixed."""
    over = ("p.patience=0.5:0.9:4", "issues.x.available=a|b,a|c,a..c", "talks.rounds=4")
    return sweep_in_memory(tiny(over=over, draws=30))


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
@pytest.mark.parametrize("style", ["screen", "dark"])
def test_every_sweep_figure_can_be_saved(tmp_path, mixed, name, style):
    """Drawn in the house style and written whole."""
    files = save(PLOTS[name].draw(mixed, style=style), tmp_path, name)
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
