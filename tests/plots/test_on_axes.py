"""Figures in the place of one Axes of somebody else's figure."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

from sim.foundations import ResultsError
from sim.plots import PLOTS, figures
from sim.plots.frame.measuring_canvas import MeasuringCanvas

NAMES = PLOTS.names
#: Figures of every make, whose places the layout of a figure around them finds; the others find their own: bars,
#: tables, waterfalls, planes with a colour bar, legends outside, maps with lines, panels of a sweep.
LAID_OUT = (
    "agreed-terms", "deal-space-map", "ending-maps", "endings", "forecast-bands", "offer-log", "payoff-plane",
    "regime-map", "settled-levels", "sweep-trends", "why-not",
)  # fmt: skip


def two(layout=None, size=(20, 11)):
    """A figure with two Axes; in the right one there is something."""
    page = Figure(figsize=size, layout=layout)
    MeasuringCanvas(page)  # keeps what it has measured
    left, right = page.subplots(1, 2)
    right.plot([1, 2], label="mine")
    return page, left, right


@pytest.mark.slow
def test_the_of_every_kind_fit_most_figures(of_every_kind):
    """So that the contract below is not kept by skipping."""
    assert sum(any(PLOTS[name].fits(one) for one in of_every_kind) for name in NAMES) >= 0.8 * len(NAMES)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "layout"), [(name, "constrained" if name in LAID_OUT else None) for name in NAMES])
def test_every_figure_can_stand_in_a_figure_of_two(name, layout, of_every_kind):
    """All artists lie in the left half, the Axes is gone, the other one is as it was, and the title is there."""
    plot = PLOTS[name]
    found = next((one for one in of_every_kind if plot.fits(one)), None)
    if found is None:
        pytest.skip("fits no sample")
    page, left, right = two(layout)
    before = right.get_position().bounds
    assert plot(found, ax=left) is page
    if layout is not None:
        page.get_layout_engine().execute(page)  # as drawing does first of all
    assert left not in page.axes
    assert right in page.axes
    assert [line.get_label() for line in right.lines] == ["mine"]
    if layout is None:
        assert right.get_position().bounds == before
    (body,) = page.subfigs
    assert plot.title(found) in body.get_suptitle().replace("\n", " ").replace("\u00a0", " ")
    renderer = page.canvas.get_renderer()
    panels = [axes for axes in page.axes if axes is not right and axes.axison]
    assert panels
    edge = page.bbox.width * 0.52 if layout is None else right.get_tightbbox(renderer).x0
    for axes in panels:
        box = axes.get_tightbbox(renderer)
        assert box.x0 >= -3
        assert box.x1 <= edge
        assert box.y0 >= -3
        assert box.y1 <= page.bbox.y1 + 3


@pytest.mark.slow
def test_data_are_those_of_the_whole_figure(budget):
    """Nothing but the frame differs between a figure of its own and a part of another."""
    alone = PLOTS["endings"].draw(budget)
    page, left, right = two()
    PLOTS["endings"](budget, left)
    inside = [axes for axes in page.axes if axes is not right]
    for one, other in zip(alone.axes, inside, strict=True):
        np.testing.assert_array_equal(
            [patch.get_width() for patch in one.patches], [patch.get_width() for patch in other.patches]
        )
        assert one.get_title(loc="left") == other.get_title(loc="left")


def test_an_axes_without_a_grid_gives_its_own_area(budget):
    """Panels lie where the Axes and its labels were, and nowhere else."""
    page = Figure(figsize=(14, 8))
    small = page.add_axes((0.5, 0.5, 0.45, 0.45))
    MeasuringCanvas(page)
    area = small.get_tightbbox()
    PLOTS["endings"](budget, ax=small)
    (body,) = page.subfigs
    np.testing.assert_allclose(body.bbox.get_points(), area.get_points(), atol=1)


def test_an_axes_within_a_part_of_a_figure(budget):
    """The whole figure is returned, also where the Axes stood in a part of it, in a grid in a grid."""
    page = Figure(figsize=(20, 8))
    part = page.subfigures(1, 2)[1]
    grid = part.add_gridspec(1, 2)
    part.add_subplot(grid[0])
    inner = part.add_subplot(grid[1].subgridspec(2, 1)[0])
    place = inner.get_position()
    assert PLOTS["endings"](budget, ax=inner) is page
    (body,) = part.subfigs
    middle = body.bbox_relative.get_points().mean(axis=0)
    assert place.x0 - 0.1 < middle[0] < place.x1
    assert place.y0 - 0.1 < middle[1] < place.y1


def test_a_figure_that_does_not_fit_leaves_the_axes_alone(budget):
    """The error comes before anything is taken away."""
    page, left, _ = two()
    with pytest.raises(ResultsError, match="evidence-map"):
        PLOTS["evidence-map"](budget, ax=left)
    assert left in page.axes


@pytest.mark.slow
def test_tight_layout_leaves_the_panels_where_they_are(budget):
    """It moves what it knows; with the panels' own labels it would cut them."""
    page, left, right = two()
    PLOTS["endings"](budget, ax=left)
    inside = [axes for axes in page.axes if axes is not right]
    page.draw_without_rendering()
    before = [axes.get_position().bounds for axes in inside]
    with pytest.warns(UserWarning, match="tight_layout"):
        page.tight_layout()
    page.draw_without_rendering()
    assert [axes.get_position().bounds for axes in inside] == before


def test_dark_panels_bring_their_background(budget):
    """White letters stand on dark ground, in a white figure too."""
    page, left, _ = two()
    PLOTS["endings"](budget, ax=left, style="dark")
    assert mpl.colors.same_color(page.subfigs[0].get_facecolor(), "#12161C")


def test_every_figure_is_a_function():
    """It has the name of the figure, says what it shows and how it is called; others are refused by name."""
    for name in NAMES:
        found = getattr(figures, name.replace("-", "_"))
        assert found.__name__ in dir(figures), name
        assert found.__doc__.startswith(PLOTS.entry(name).summary), name
        assert "ax:" in found.__doc__, name
    with pytest.raises(AttributeError, match="endings"):
        _ = figures.nothing


def test_a_function_draws(budget):
    """What it returns is the figure."""
    assert figures.endings(budget).get_label() == "endings"
    page, left, _ = two()
    assert figures.endings(budget, ax=left, style="paper") is page
