"""Share of each ending against every axis of a sweep over scattered points, or over a grid of many axes."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from sim.plots.frame.plot import figure
from sim.plots.frame.style import Look
from sim.plots.sweep.ending_marks import EndingMarks
from sim.plots.sweep.line_frame import LinePanel, LinePlot
from sim.plots.sweep.sweep_captions import study_title, sweep_note
from sim.sweeps.sweep_effects import draws_half, most_moving, sweep_means
from sim.sweeps.sweep_points import SweepPoints, is_scattered, is_sweep
from sim.sweeps.swept_axes import swept_axes
from sim.words import half_percent, percent

#: Panels up to which all axes are shown.
_MOST_PANELS: Final = 12
_FEWEST_POINTS: Final = 6
_FEWEST_GRID_AXES: Final = 3
#: Golden ratio: shares of a turn by it never meet, so points moved apart by them do not cover each other.
_GOLDEN: Final = 0.6180339887498949


@figure("sweep-trends", source="binned means; interval: Student's t and the normal approximation to the binomial")
class SweepTrends(LinePlot):
    """A panel for each axis shows every point's shares faintly, and their mean along the axis with a 95 % band."""

    rank = 14

    dashed = False

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
        if found.spans[ending] == 0:
            return "No axis moves the mean share of any ending"
        share, nouns = found.share[:, ending], EndingMarks.of(results).nouns
        preposition = "at" if axis.numeric else "under"
        first, last = (
            f"{percent(share[n])} {preposition} {found.names[n]}" for n in sorted((share.argmin(), share.argmax()))
        )
        return f"The share of {nouns[ending]} moves most along “{axis.title}”: on average {first}, {last}"

    def caption(self, results: xr.Dataset) -> str:
        """What points, lines and bands mean."""
        points = SweepPoints.of(results).known
        count = len(points.axes)
        cut = (
            f" The {_MOST_PANELS} of {count} axes along which a mean moves most are shown."
            if count > _MOST_PANELS
            else ""
        )
        rest = (
            "from the number of worlds (all combinations of the other axes are in every mean)"
            if points.grid
            else "from where the points lie on the other axes; the number of worlds may move a whole line by up to "
            f"{half_percent(float(draws_half(points).max()))}"
        )
        chosen = " Points of one choice are spread sideways." if not all(axis.numeric for axis in points.axes) else ""
        marked = any(one.mark is not None for one in self.panels(results))
        dotted = " Dotted: the scenario's central value." if marked else ""
        return (
            f"{study_title(results)}Faint points: share of worlds in each ending at each of {len(points):,} points. "
            "Lines: their mean, per value or in groups of equal size along the axis, whatever the other axes are. "
            f"Bands and bars: 95 % intervals of the mean, {rest}.{dotted}{chosen}{cut} {sweep_note(results)}"
        )

    def panels(self, results: xr.Dataset) -> list[LinePanel]:
        """One for each axis, the one that moves a mean most first."""
        points = SweepPoints.of(results).known
        axes = [(d, points.axes[d]) for d in most_moving(points)[:_MOST_PANELS]]
        return [LinePanel(axis.title, points, d, axis.base_place if axis.numeric else None) for d, axis in axes]

    def paint_panel(self, axes: Axes, one: LinePanel, marks: EndingMarks, seen: list[int], look: Look) -> None:
        """Every point, once for each ending; means with a band along numbers, with bars for choices."""
        del look
        points, axis = one.points, one.points.axes[one.d]
        places = points.places[:, one.d] + (0 if axis.numeric else 0.5 * ((points.number * _GOLDEN) % 1 - 0.5))
        faint = float(np.clip(20 / len(points), 0.06, 0.3))
        found = sweep_means(points, one.d)
        for order, e in enumerate(seen):
            how: dict[str, Any] = {
                "color": marks.colors[e],
                "label": marks.codes[e],
                "zorder": 4,
                "marker": marks.markers[e],
            }
            axes.scatter(places, 100 * points.share[:, e], s=9, color=marks.colors[e], alpha=faint, linewidth=0,
                         zorder=2, label=f"_points {marks.codes[e]}")  # fmt: skip
            share, half = 100 * found.share[:, e], 100 * np.nan_to_num(found.half[:, e])
            low, high = np.maximum(share - half, 0.0), np.minimum(share + half, 100.0)
            if axis.numeric:
                axes.fill_between(found.places, low, high, color=marks.colors[e], alpha=0.2, linewidth=0, zorder=3)
                axes.plot(found.places, share, markersize=4, **how)
            else:
                beside = found.places + 0.08 * (order - (len(seen) - 1) / 2)
                axes.errorbar(beside, share, np.stack([share - low, high - share]), linestyle="", elinewidth=1.2,
                              markersize=5.5, **how)  # fmt: skip
