"""Most frequent ending at scattered points of a sweep, over pairs of the things that are varied."""

from __future__ import annotations

from itertools import combinations
from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Floats
from sim.plots.frame.labels import inches, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import Look, ink_on
from sim.plots.sweep.ending_marks import EndingMarks
from sim.plots.sweep.map_frame import oriented
from sim.plots.sweep.panels import legend_above, panel_grid, rows_and_columns, tick_across, tick_up
from sim.plots.sweep.sweep_captions import study_title, sweep_note
from sim.sweeps.sweep_effects import most_moving
from sim.sweeps.sweep_points import SweepPoints, is_scattered, within_chance
from sim.sweeps.swept_axes import SweptAxis

#: Axes up to which all pairs are shown; of more, pairs of those that matter most.
MOST_AXES: Final = 4
_OF_MANY: Final = 3
_FEWEST_POINTS: Final = 4
_SPREAD: Final = 0.6  # of a choice's room that its points take
_GOLDEN: Final = (0.6180339887498949, 0.7548776662466927)


@figure("sweep-scatter", source="scatterplot matrix: Chambers et al. 1983, ch. 4")
class SweepScatter(Plot):
    """Points show the most frequent ending at each point of a scattered sweep, the paler the less frequent it is."""

    rank = 15

    def fits(self, results: xr.Dataset) -> bool:
        """Scattered points over two axes or more."""
        if not is_scattered(results):
            return False
        points = SweepPoints.of(results).known
        return len(points) >= _FEWEST_POINTS and len(points.axes) > 1

    def title(self, results: xr.Dataset) -> str:
        """How many points each ending takes, and what separates them best."""
        points = SweepPoints.of(results).known
        counted = EndingMarks.of(results).counted(points.modal)
        if len(np.unique(points.modal)) == 1:
            return counted
        return f"{counted}; “{points.axes[most_moving(points)[0]].title}” moves the shares most"

    def caption(self, results: xr.Dataset) -> str:
        """What colours and marks mean, and which pairs are shown."""
        points = SweepPoints.of(results).known
        count = len(points.axes)
        pairs = (
            f" Of {count} axes the {_OF_MANY} along which the mean share of an ending moves most are shown."
            if count > MOST_AXES
            else ""
        )
        chosen = " Points of one choice are spread around it." if any(not axis.numeric for axis in points.axes) else ""
        based = any(_base(pair) is not None for pair in _pairs(points))
        ring = " Ring: the scenario at its central values." if based else ""
        return (
            f"{study_title(results)}Each mark is one of {len(points):,} points. Colour and shape: most frequent "
            "ending; full colour when it is the only one, paler as others gain. A dot marks points whose lead over the "
            f"second ending is within chance (95 %).{ring}{chosen}{pairs} {sweep_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: by rows of panels."""
        rows, columns = rows_and_columns(len(_pairs(SweepPoints.of(results).known)))
        return 4.6 if columns == 1 else 3.6 if rows == 1 else 2.8 * rows + 0.4

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One panel for each pair of axes."""
        points, marks = SweepPoints.of(results).known, EndingMarks.of(results)
        pairs = _pairs(points)
        rows, columns = rows_and_columns(len(pairs))
        wide = inches(body) / columns
        for axes, pair in zip(panel_grid(body, len(pairs), sharey=False), pairs, strict=True):
            _scatter(axes, points, pair, marks, look, size=48 if columns > 1 else 70)
            across, up = pair
            tick_across(axes, across, wide)
            tick_up(axes, up, self.height(results) / rows - 0.8)
            axes.set_xlabel(wrapped(across.title, max(int((wide - 0.6) * 12), 14)), fontsize=8.5)
            axes.set_ylabel(wrapped(up.title, 30), fontsize=8.5)
        legend_above(body, marks.legend(sorted(marks.ranked(points.modal)), "point"))


def _scatter(
    axes: Axes, points: SweepPoints, pair: tuple[SweptAxis, SweptAxis], marks: EndingMarks, look: Look, size: float
) -> None:
    """Marks of each ending, a dot in those whose lead is within chance, and a ring at the base case."""
    x, y = (_spread(points, axis, n) for n, axis in enumerate(pair))
    colors = marks.shades(points.modal, points.share, look)
    for e in np.unique(points.modal):
        mine = points.modal == e
        axes.scatter(x[mine], y[mine], s=size, color=colors[mine], marker=marks.markers[e], linewidth=0.5,
                     edgecolor=look.muted, zorder=3, label=marks.codes[e])  # fmt: skip
    unsure = within_chance(points.share, points.counted)
    inks = [ink_on(tuple(color)) for color in colors[unsure]]
    axes.scatter(x[unsure], y[unsure], s=size / 10, color=inks, linewidth=0, zorder=4, label="_within chance")
    base = _base(pair)
    if base is not None:
        axes.scatter(*base, s=110, facecolor="none", edgecolor=look.ink, linewidth=1.6, zorder=5, label="_base")


def _spread(points: SweepPoints, axis: SweptAxis, n: int) -> Floats:
    """Places along an axis; points of one choice are spread evenly around it, so that none covers another."""
    places = points.places[:, points.axes.index(axis)]
    if axis.numeric:
        return np.asarray(places)
    return np.asarray(places + _SPREAD * ((points.number * _GOLDEN[n]) % 1 - 0.5))


def _pairs(points: SweepPoints) -> list[tuple[SweptAxis, SweptAxis]]:
    """Pairs of axes, those that matter most first, words up the side."""
    ranked = most_moving(points)
    chosen = ranked if len(ranked) <= MOST_AXES else ranked[:_OF_MANY]
    return [oriented([points.axes[a], points.axes[b]]) for a, b in combinations(chosen, 2)]


def _base(pair: tuple[SweptAxis, SweptAxis]) -> tuple[float, float] | None:
    x, y = (axis.base_place for axis in pair)
    return None if x is None or y is None else (x, y)
