"""Share of each ending against every axis of a sweep over scattered points, or over a grid of many axes."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.lines import Line2D

from sim.experiments.sweep.sweep_effects import SweepMeans, draws_half, most_moving, sweep_means
from sim.experiments.sweep.sweep_points import SweepPoints, is_scattered, is_sweep
from sim.experiments.sweep.swept_axes import SweptAxis, swept_axes
from sim.foundations import Floats
from sim.plots.frame.labels import SPOKEN, inches
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import ENDING_COLORS, Look
from sim.plots.sweep.axis_panels import name_panel, tick_panel
from sim.plots.sweep.share_lines import ENDING_MARKERS, legend_columns, rows_and_columns
from sim.plots.sweep.sweep_captions import study_title, sweep_note
from sim.words import capital, percent

#: Panels up to which all axes are shown.
MOST_PANELS: Final = 12
_FEWEST_POINTS: Final = 6
_FEWEST_GRID_AXES: Final = 3
#: Golden ratio: shares of a turn by it never meet, so points moved apart by them do not cover each other.
_GOLDEN: Final = 0.6180339887498949


@figure("sweep-trends", source="binned means; interval: Student's t and the normal approximation to the binomial")
class SweepTrends(Plot):
    """A panel for each axis shows every point's shares faintly, and their mean along the axis with a 95 % band."""

    def fits(self, results: xr.Dataset) -> bool:
        """Scattered points, enough for means; or a grid over three axes or more, where maps show too little."""
        if is_sweep(results) and len(swept_axes(results)) >= _FEWEST_GRID_AXES:
            return True
        if not is_scattered(results):
            return False
        points = SweepPoints.of(results).known
        return len(points) >= _FEWEST_POINTS and bool(points.axes)

    def title(self, results: xr.Dataset) -> str:
        """The ending whose mean an axis moves most."""
        points = SweepPoints.of(results).known
        d = most_moving(points)[0]
        found, axis = sweep_means(points, d), points.axes[d]
        ending = int(found.spans.argmax())
        what = capital(SPOKEN[points.endings[ending]])
        if found.spans[ending] == 0:
            return "No axis moves the mean share of any ending"
        low, high = sorted((int(found.share[:, ending].argmin()), int(found.share[:, ending].argmax())))
        first, last = (f"{percent(float(found.share[n, ending]))} {_where(found, n, axis)}" for n in (low, high))
        return f"{what} moves most along “{axis.title}”: on average {first}, {last}"

    def caption(self, results: xr.Dataset) -> str:
        """What points, lines and bands mean."""
        points = SweepPoints.of(results).known
        left = len(points.axes) - MOST_PANELS
        cut = (
            f" The {MOST_PANELS} of {len(points.axes)} axes along which a mean moves most are shown."
            if left > 0
            else ""
        )
        rest = (
            "from the number of draws (all combinations of the other axes are in every mean)"
            if points.grid
            else "from where the points lie on the other axes; the number of draws may move a whole line by up to "
            f"± {100 * float(draws_half(points).max()):.0f} %"
        )
        chosen = " Points of one choice are spread sideways." if any(axis.choice for axis in points.axes) else ""
        return (
            f"{study_title(results)}Faint points: share of draws in each ending at each of {len(points):,} points. "
            "Lines: their mean, per value or in groups of equal size along the axis, whatever the other axes are. "
            f"Bands and bars: 95 % intervals of the mean, {rest}.{_dotted(points)}{chosen}{cut} "
            f"{sweep_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: by rows of panels."""
        rows, _ = rows_and_columns(min(len(SweepPoints.of(results).known.axes), MOST_PANELS))
        return 0.5 + 2.5 * rows if rows > 1 else 3.6

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One panel for each axis."""
        points = SweepPoints.of(results).known
        chosen = most_moving(points)[:MOST_PANELS]
        rows, columns = rows_and_columns(len(chosen))
        grid = body.subplots(rows, columns, sharey=True, squeeze=False).ravel()
        wide = inches(body) / columns
        for axes, d in zip(grid, chosen, strict=False):
            axis = points.axes[d]
            _cloud(axes, points, d)
            _trend(axes, points, sweep_means(points, d), d)
            if axis.base_place is not None and axis.numeric:
                axes.axvline(axis.base_place, color=look.muted, linewidth=1.0, linestyle=":", gid="base")
            axes.set_ylim(-2, 102)
            axes.grid(axis="y")
            tick_panel(axes, axis, wide)
            name_panel(axes, axis.title, wide)
        for axes in grid[len(chosen) :]:
            axes.set_axis_off()
        for axes in grid[::columns]:
            axes.set_ylabel("share of draws (%)")
        handles = [
            Line2D([], [], color=ENDING_COLORS[name], marker=ENDING_MARKERS[name], markersize=5, linewidth=1.8,
                   label=capital(SPOKEN[name]))
            for name in (points.endings[e] for e in points.seen)
        ]  # fmt: skip
        body.legend(handles=handles, loc="outside upper center", ncols=legend_columns(body), fontsize=8.5)


def _cloud(axes: Axes, points: SweepPoints, d: int) -> None:
    """Every point, once for each ending; choices spread sideways."""
    places = points.places[:, d]
    if not points.axes[d].numeric:
        places = places + 0.5 * ((points.number * _GOLDEN) % 1 - 0.5)
    faint = float(np.clip(20 / len(points), 0.06, 0.3))
    for e in points.seen:
        axes.scatter(places, 100 * points.share[:, e], s=9, color=ENDING_COLORS[points.endings[e]], alpha=faint,
                     linewidth=0, zorder=2, label=f"_points {points.endings[e]}")  # fmt: skip


def _trend(axes: Axes, points: SweepPoints, found: SweepMeans, d: int) -> None:
    """SweepMeans with a band along numbers, with bars for choices."""
    for order, e in enumerate(points.seen):
        name = points.endings[e]
        share, half = 100 * found.share[:, e], 100 * np.nan_to_num(found.half[:, e])
        low, high = np.maximum(share - half, 0.0), np.minimum(share + half, 100.0)
        color = ENDING_COLORS[name]
        if points.axes[d].numeric:
            axes.fill_between(found.places, low, high, color=color, alpha=0.2, linewidth=0, zorder=3)
            axes.plot(found.places, share, color=color, marker=ENDING_MARKERS[name], markersize=4, zorder=4, label=name)
        else:
            places: Floats = found.places + 0.08 * (order - (len(points.seen) - 1) / 2)
            axes.errorbar(
                places, share, np.stack([share - low, high - share]), color=color, linestyle="", elinewidth=1.2,
                marker=ENDING_MARKERS[name], markersize=5.5, zorder=4, label=name,
            )  # fmt: skip


def _where(found: SweepMeans, n: int, axis: SweptAxis) -> str:
    """Of which points a mean is."""
    if not axis.numeric:
        return f"under {found.names[n]}"
    return f"{'from' if ' to ' in found.names[n] else 'at'} {found.names[n]}"


def _dotted(points: SweepPoints) -> str:
    marked = any(axis.numeric and axis.base_place is not None for axis in points.axes)
    return " Dotted: the scenario's central value." if marked else ""
