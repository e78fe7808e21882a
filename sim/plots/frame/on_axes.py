"""Paint a figure in the place of one Axes of somebody else's figure."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.collections import Collection
from matplotlib.colors import same_color
from matplotlib.figure import Figure, SubFigure
from matplotlib.gridspec import GridSpec, SubplotSpec
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.transforms import Bbox

from sim.plots.frame.measuring_canvas import MeasuringCanvas
from sim.plots.frame.quantity_ticks import settle_numbers
from sim.plots.frame.style import Look
from sim.plots.frame.user_text import settle_text

_TITLE_LETTERS: Final = 11.0  # letters per inch that fit even if they are wide
_TITLE_POINTS: Final = 10

Painter = Callable[[SubFigure], None]


def paint_on(ax: Axes, title: str, paint: Painter, look: Look) -> Figure:
    """Take an Axes out of its figure, and paint the panels with a small title where it stood.

    The rest of the figure is left as it is. A figure with constrained layout arranges the panels with all others
    whenever it is drawn; in every other figure they are arranged once, for the size it has now, and stay so
    (tight_layout warns that it leaves them alone).

    Args:
        ax:    of a figure of the caller's; it is removed
        title: a sentence; broken into lines that fit
        paint: paints the panels, and paints the same again when it is called again
        look:  colours of the style that is set up now
    Returns:
        the figure that the Axes belonged to
    """
    page = _page_of(ax)
    body = _in_place_of(ax)
    if not same_color(page.get_facecolor(), look.background):
        body.set_facecolor(look.background)
    panels = _paint(body, title, paint)
    if not _constrained(page):
        _arrange(body, panels, title, paint)
    return page


def arrange(page: Figure) -> None:
    """Let the layout of a whole figure find the places of all that is painted; nothing is drawn.

    A canvas that keeps its renderer measures each text once, not once for every look that the layout takes at it.
    """
    MeasuringCanvas(page)
    engine = page.get_layout_engine()
    assert engine is not None
    engine.execute(page)
    FigureCanvasBase(page)
    for found in page.findobj(Collection):
        assert isinstance(found, Collection)
        found.update_scalarmappable()  # who reads a figure before it is drawn sees its colours


def _page_of(ax: Axes) -> Figure:
    """The whole figure, also where the Axes stands in a part of it."""
    parent = ax.figure
    page = parent.figure if isinstance(parent, SubFigure) else parent
    assert isinstance(page, Figure)
    return page


def _constrained(page: Figure) -> bool:
    return isinstance(page.get_layout_engine(), ConstrainedLayoutEngine)


def _in_place_of(ax: Axes) -> SubFigure:
    """A part of the figure where the Axes stood: its cell of the grid, or its own area where there is no grid."""
    parent, spec = ax.figure, ax.get_subplotspec()
    assert isinstance(parent, Figure | SubFigure)
    nested = spec is not None and not isinstance(spec.get_gridspec(), GridSpec)
    if spec is None or (nested and not _constrained(_page_of(ax))):
        spec = _spec_at(ax, parent)
    ax.remove()
    return parent.add_subfigure(spec)


def _spec_at(ax: Axes, parent: Figure | SubFigure) -> SubplotSpec:
    """The middle cell of a grid of nine, which lies where the Axes and its labels are."""
    box = ax.get_tightbbox(for_layout_only=True)
    points = parent.transSubfigure.inverted().transform(box) if box is not None else ax.get_position().get_points()
    (x0, y0), (x1, y1) = np.clip(points, 0.0, 1.0)
    tiny = 1e-6  # a grid takes no column without width
    grid = GridSpec(
        3,
        3,
        figure=parent,  # type: ignore[arg-type]  # a part of a figure is as good
        width_ratios=np.maximum([x0, x1 - x0, 1 - x1], tiny).tolist(),
        height_ratios=np.maximum([1 - y1, y1 - y0, y0], tiny).tolist(),
    )
    return grid[1, 1]


def _paint(body: SubFigure, title: str, paint: Painter) -> SubFigure:
    """Write the title and paint the panels into a part of their own below it, so that no legend meets the title."""
    letters = max(int(body.bbox.width / body.dpi * _TITLE_LETTERS), 12)
    body.suptitle(textwrap.fill(title, letters), x=0.02, ha="left", fontsize=_TITLE_POINTS, weight="bold")
    panels = body.subfigures(1, 1)
    assert isinstance(panels, SubFigure)
    paint(panels)
    settle_numbers(body)
    settle_text(body)
    return panels


def _arrange(body: SubFigure, panels: SubFigure, title: str, paint: Painter) -> None:
    """Give the panels the places that constrained layout finds for them in a figure of their own, as large as this.

    The layout of the caller's figure is not touched, and nothing else in it moves.
    """
    size = (body.bbox.width / body.dpi, body.bbox.height / body.dpi)
    page = Figure(figsize=size, dpi=body.dpi, layout="constrained")
    alone = page.subfigures(1, 1)
    assert isinstance(alone, SubFigure)
    model = _paint(alone, title, paint)
    arrange(page)
    panels.bbox_relative.set_points(model.bbox_relative.get_points())
    for found, axes in zip(model.get_axes(), panels.get_axes(), strict=True):
        place = found.get_position(original=True)
        axes.set_position(place.bounds)
        if axes.get_axes_locator() is None:  # a later tight_layout moves what has no locator
            axes.set_axes_locator(_fixed(place))


def _fixed(place: Bbox) -> Callable[[Any, Any], Bbox]:
    return lambda _axes, _renderer: place
