"""The frame of figures with lines: the share of each ending along an axis, in one panel or many."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.lines import Line2D

from sim.foundations import Floats
from sim.plots.frame.labels import inches, wrapped
from sim.plots.frame.plot import Plot
from sim.plots.frame.style import Look
from sim.plots.sweep.ending_marks import EndingMarks
from sim.plots.sweep.panels import legend_above, name_panel, panel_grid, rows_and_columns, tick_across
from sim.sweeps.sweep_points import SweepPoints
from sim.words import wilson

_ANY_DEAL: Final = "Any deal acceptable"
#: Of more places only so many are marked, or marks hide the line.
_MOST_MARKS: Final = 60
#: How far lines stand apart, so that bars do not cover each other: of the axis, and of a choice's room.
_NUDGE, _CHOICE_NUDGE = 0.008, 0.1


@dataclass(frozen=True)
class LinePanel:
    """One panel.

    name:   what stands above it
    points: along the axis, in its order
    d:      index of the axis among those of the points
    mark:   place with a dotted line, where the scenario stands
    below:  what stands below it
    """

    name: str
    points: SweepPoints
    d: int
    mark: float | None = None
    below: str = ""


class LinePlot(Plot):
    """Shares of endings along axes; which panels there are is for each figure to say."""

    dashed = True

    def varies(self, results: xr.Dataset) -> bool:
        """Some share is not the same at all points."""
        return SweepPoints.of(results).known.moving

    @abstractmethod
    def panels(self, results: xr.Dataset) -> list[LinePanel]:
        """The panels, row by row."""

    def along(self, results: xr.Dataset) -> str:
        """Title of the axis, where all panels have the same one."""
        del results
        return ""

    def height(self, results: xr.Dataset) -> float:
        """Inches: by rows of panels."""
        rows, _ = rows_and_columns(len(self.panels(results)))
        return 3.6 if rows == 1 else 0.6 + 2.5 * rows

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Panels with a common scale of shares, one legend."""
        panels, marks = self.panels(results), EndingMarks.of(results)
        _, columns = rows_and_columns(len(panels))
        grid, wide = panel_grid(body, len(panels)), inches(body) / columns
        seen = sorted({e for one in panels for e in one.points.seen})
        for n, (axes, one) in enumerate(zip(grid, panels, strict=True)):
            self.paint_panel(axes, one, marks, seen, look)
            if one.mark is not None:
                axes.axvline(one.mark, color=look.muted, linewidth=1.0, linestyle=":", gid="base")
            axes.set_ylim(-2, 102)
            axes.grid(axis="y")
            tick_across(axes, one.points.axes[one.d], wide)
            name_panel(axes, one.name, wide)
            axes.set_xlabel(one.below, fontsize=8.5, color=look.muted)
            if n % columns == 0:
                axes.set_ylabel("share of worlds (%)")
        if along := self.along(results):
            body.supxlabel(wrapped(along, int(inches(body) * 11)), fontsize=9.5)
        handles = marks.legend(seen, "line")
        if self.dashed:
            handles.append(Line2D([], [], color=look.ink, linewidth=1.1, linestyle="--", label=_ANY_DEAL))
        legend_above(body, handles)

    def paint_panel(self, axes: Axes, one: LinePanel, marks: EndingMarks, seen: list[int], look: Look) -> None:
        """A line with 95 % intervals for each ending, a dashed one for the share in which any deal is acceptable."""
        axis, places, points = one.points.axes[one.d], one.points.places[:, one.d], one.points
        every = -(-len(places) // _MOST_MARKS)
        nudge = (_NUDGE * float(np.ptp(places)) if every == 1 else 0.0) if axis.numeric else _CHOICE_NUDGE
        for order, e in enumerate(seen):
            share, reach = _bars(points, e)
            axes.errorbar(
                places + nudge * (order - (len(seen) - 1) / 2), share, reach, color=marks.colors[e],
                marker=marks.markers[e], markersize=4.5, linestyle="-" if axis.numeric else "", linewidth=1.6,
                elinewidth=0.9, markevery=every, errorevery=every, label=marks.codes[e],
            )  # fmt: skip
        if axis.numeric:
            axes.plot(places, 100 * points.any_deal, color=look.ink, linewidth=1.1, linestyle="--", label="_any deal")
        else:
            half = nudge * len(seen) / 2
            axes.hlines(100 * points.any_deal, places - half, places + half, color=look.ink, linewidth=1.1,
                        linestyle="--", label="_any deal")  # fmt: skip


def _bars(points: SweepPoints, e: int) -> tuple[Floats, Floats]:
    """Shares of an ending in percent (N,), and how far their intervals reach below and above (2, N)."""
    share = points.share[:, e]
    ends = [wilson(part * size, size) for part, size in zip(np.nan_to_num(share), points.counted, strict=True)]
    low, high = np.array(ends).T
    return 100 * share, 100 * np.stack([share - low, high - share])
