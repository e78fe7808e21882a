"""The frame of every map of a sweep: cells over two axes with numbers in them, one map or many with the same axes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Rectangle

from sim.foundations import Bools, Floats
from sim.plots.frame.drawn_data import stand_for
from sim.plots.frame.labels import inches, wrapped
from sim.plots.frame.plot import Plot
from sim.plots.frame.style import Look, ink_on
from sim.plots.sweep.boundary_drawing import draw_boundaries
from sim.plots.sweep.boundary_lines import BoundaryLine
from sim.plots.sweep.panels import legend_above, name_panel, panel_grid, tick_across, tick_up
from sim.sweeps.sweep_points import SweepPoints
from sim.sweeps.swept_axes import SweptAxis
from sim.words import in_hundred

#: Cells along an axis up to which shares are written into them.
_MOST_WRITTEN: Final = 12
_LETTERS: Final = 0.033  # inches that three digits take for each point of their size
_LEGEND, _TICKS, _BELOW = 2.6, 0.5, 0.6  # inches beside a single map, beside one of many, and below each


@dataclass(frozen=True)
class MapTile:
    """One map.

    name:   what stands above it; empty where it is the only one
    colors: (rows, columns, 3) of the cells
    shares: (rows, columns) what is written into them, 0..1; nan where there are no worlds
    unsure: (rows, columns) cells with a dot
    lines:  lines from theory
    base:   whether the scenario lies on this map
    """

    name: str
    colors: Floats
    shares: Floats
    unsure: Bools
    lines: Sequence[BoundaryLine] = ()
    base: bool = True


class MapPlot(Plot):
    """Maps over two axes; what is on them is for each figure to say."""

    def varies(self, results: xr.Dataset) -> bool:
        """Some share is not the same at all points."""
        return SweepPoints.of(results).known.moving

    @abstractmethod
    def sides(self, results: xr.Dataset) -> tuple[SweptAxis, SweptAxis]:
        """The axis across and the one up, of every map."""

    @abstractmethod
    def layout(self, results: xr.Dataset) -> tuple[int, int]:
        """Rows and columns of maps."""

    @abstractmethod
    def maps(self, results: xr.Dataset, look: Look) -> list[MapTile]:
        """The maps, row by row."""

    @abstractmethod
    def legend(self, results: xr.Dataset) -> list[Artist]:
        """Entries of the legend; none where the names of the maps say it all."""

    def heading(self, results: xr.Dataset) -> str:
        """Say above many maps what they differ in."""
        del results
        return ""

    def height(self, results: xr.Dataset) -> float:
        """Inches: by rows of maps and their cells, within reason."""
        cells, (rows, columns) = len(self.sides(results)[1].values), self.layout(results)
        if rows * columns == 1:
            return float(np.clip(1.6 + 0.42 * cells, 3.0, 6.0))
        return 0.7 + rows * float(np.clip(0.9 + 0.24 * cells, 1.6, 3.2 if columns < 3 else 2.6))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Maps with shared axes, one legend; lines last, since their names need the maps' final places."""
        across, up = self.sides(results)
        maps, (rows, columns) = self.maps(results, look), self.layout(results)
        alone = rows * columns == 1
        grid = panel_grid(body, len(maps), (rows, columns), sharex=True)
        wide, high = inches(body) / columns - (_LEGEND if alone else _TICKS), self.height(results) / rows - _BELOW
        for axes, one in zip(grid, maps, strict=True):
            cells = axes.pcolormesh(across.edges, up.edges, one.colors, edgecolors=look.background, linewidth=0.6)
            stand_for(cells, 100 * one.shares)
            _write(axes, across, up, one, look, wide=wide, size=8 if alone else 6.5)
            if one.base:
                mark_base(axes, across, up, look)
            tick_across(axes, across, wide + (0 if alone else _TICKS), cells=True)
            tick_up(axes, up, high, cells=True)
            axes.tick_params(length=0)
            name_panel(axes, one.name, wide + _TICKS)
        if alone:
            grid[0].set_xlabel(wrapped(across.title, 70))
            grid[0].set_ylabel(wrapped(up.title, 36))
            body.legend(handles=self.legend(results), loc="outside right upper", title="Most frequent ending",
                        alignment="left")  # fmt: skip
        else:
            body.supxlabel(wrapped(across.title, int(inches(body) * 11)), fontsize=9.5)
            body.supylabel(wrapped(up.title, int(self.height(results) * 10)), fontsize=9.5)
            legend_above(body, self.legend(results), self.heading(results))
        if alone and maps[0].lines:
            body.get_figure(root=True).draw_without_rendering()
        for axes, one in zip(grid, maps, strict=True):
            draw_boundaries(axes, one.lines, look, labels=alone)

    def base_note(self, results: xr.Dataset) -> str:
        """What the mark of the base case means; empty where it is not marked."""
        marked = all(axis.base_place is not None for axis in self.sides(results))
        return " Frame or ring: the scenario at its central values." if marked else ""


def oriented(axes: Sequence[SweptAxis]) -> tuple[SweptAxis, SweptAxis]:
    """The axis across and the one up: longer words go up the side, where there is room for them."""
    one, two = axes[:2]
    if one.numeric == two.numeric:
        return one, two
    return (one, two) if one.numeric else (two, one)


def _write(axes: Axes, across: SweptAxis, up: SweptAxis, one: MapTile, look: Look, *, wide: float, size: float) -> None:
    """Shares in percent in the cells that have room, and dots where the lead is within chance."""
    room = np.abs(np.diff(across.edges)) / np.ptp(across.edges) * wide >= size * _LETTERS
    numbers = room & (max(len(across.values), len(up.values)) <= _MOST_WRITTEN)
    for (r, c), share in np.ndenumerate(one.shares):
        color = look.muted if np.isnan(share) else ink_on(tuple(one.colors[r, c]))
        text = "\n".join([in_hundred(share)] * bool(numbers[c]) + ["•"] * bool(one.unsure[r, c]))
        text = "no worlds" if np.isnan(share) else text
        axes.text(float(across.places[c]), float(up.places[r]), text, ha="center", va="center", fontsize=size,
                  linespacing=0.8, color=color, gid="cell")  # fmt: skip


def mark_base(axes: Axes, across: SweptAxis, up: SweptAxis, look: Look) -> None:
    """Frame the cell of the base case; a ring where it lies between cells."""
    if across.base_place is None or up.base_place is None:
        return
    base, cell = (across.base_place, up.base_place), []
    for axis, value in zip((across, up), base, strict=True):
        near = int(np.abs(axis.places - value).argmin())
        if np.isclose(axis.places[near], value):
            cell.append((axis.edges[near], axis.edges[near + 1] - axis.edges[near]))
    if len(cell) == 2:
        (x, wide), (y, high) = cell
        axes.add_patch(Rectangle((x, y), wide, high, fill=False, edgecolor=look.ink, linewidth=2.2, zorder=5,
                                 clip_on=False, gid="base"))  # fmt: skip
        return
    for color, thick in ((look.background, 3.5), (look.ink, 1.6)):
        axes.plot(*base, marker="o", markersize=9, markerfacecolor="none", markeredgecolor=color, markeredgewidth=thick,
                  clip_on=False, zorder=6, gid="base")  # fmt: skip
