"""Which ending is the most frequent one, over two things that are varied."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Patch, Rectangle

from sim.experiments.sweep.sweep_points import sweep_group
from sim.experiments.sweep.swept_axes import SweptAxis, on_axes, swept_axes
from sim.plots.frame.labels import SPOKEN, inches, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import ENDING_COLORS, Look
from sim.plots.sweep.axis_panels import tick_panel, tick_side
from sim.plots.sweep.boundary_drawing import draw_boundaries
from sim.plots.sweep.boundary_lines import BoundaryLine, boundary_lines
from sim.plots.sweep.boundary_words import boundary_note
from sim.plots.sweep.ending_cells import BESIDE, ending_shades, oriented, write_shares
from sim.plots.sweep.sweep_captions import study_title, sweep_note
from sim.words import capital, percent

#: Inches of a map's height that its labels take.
_BELOW = 0.6


@figure("regime-map", source="regions of most frequent outcomes; intervals: normal approximation")
class RegimeMap(Plot):
    """Colours show the most frequent ending at each point of a two-way grid, the paler the less frequent it is."""

    def fits(self, results: xr.Dataset) -> bool:
        """Two axes of more than one value."""
        return "modal_ending" in results and len(swept_axes(results)) == 2

    def title(self, results: xr.Dataset) -> str:
        """How much of the map each ending takes."""
        codes = results["modal_ending"].sel(group=sweep_group(results)).values.ravel()
        names = [str(name) for name in results["ending"].values]
        counts = np.bincount(codes[codes >= 0], minlength=len(names))
        order = [n for n in np.argsort(-counts, kind="stable") if counts[n]]
        first = SPOKEN[names[order[0]]]
        if len(order) == 1:
            values = results["ending_share"].sel(group=sweep_group(results), ending=names[order[0]]).values
            span = f"{percent(float(np.nanmin(values)))} to {percent(float(np.nanmax(values)))}"
            return f"{capital(first)} is the most frequent ending at all {codes.size:,} points ({span} of draws)"
        rest = ", ".join(f"{SPOKEN[names[n]]} at {counts[n]:,}" for n in order[1:])
        return f"{capital(first)} is the most frequent ending at {counts[order[0]]:,} of {codes.size:,} points, {rest}"

    def caption(self, results: xr.Dataset) -> str:
        """What colours and marks mean."""
        return (
            f"{study_title(results)}Colour: most frequent ending; full colour when it is the only one, paler as others "
            "gain. Numbers: its share in percent. A dot marks cells whose lead over the second ending is within chance "
            f"(95 %).{boundary_note(results, _lines(results))}{base_note(results)} {sweep_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: rows as the second axis has values, within reason."""
        _, rows = oriented(swept_axes(results))
        return float(np.clip(1.6 + 0.42 * len(rows.values), 3.0, 6.0))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One map and its legend."""
        axes = body.subplots()
        across, up = oriented(swept_axes(results))
        found = on_axes(results, [up, across]).sel(group=sweep_group(results))
        codes = found["modal_ending"].values
        shares = np.nan_to_num(found["ending_share"].transpose(up.name, across.name, "ending").values)
        names = [str(name) for name in results["ending"].values]
        colors = ending_shades(codes, shares, names, look)
        axes.pcolormesh(across.edges, up.edges, colors, edgecolors=look.background, linewidth=0.6)
        kept = found["draws_played"].transpose(up.name, across.name).values
        write_shares(axes, across, up, codes, shares, kept, colors, look)
        wide, high = inches(body) - BESIDE, self.height(results) - _BELOW
        tick_panel(axes, across, wide, cells=True)
        tick_side(axes, up, high, cells=True)
        axes.tick_params(length=0, labelsize=9)
        axes.set_xlabel(wrapped(across.title, 70))
        axes.set_ylabel(wrapped(up.title, 36))
        draw_boundaries(axes, _lines(results), look)
        mark_base(axes, across, up, look)
        present = [n for n in range(len(names)) if (codes == n).any()]
        handles = [Patch(facecolor=ENDING_COLORS[names[n]], label=capital(SPOKEN[names[n]])) for n in present]
        body.legend(handles=handles, loc="outside right upper", title="Most frequent ending", alignment="left")


def mark_base(axes: Axes, across: SweptAxis, up: SweptAxis, look: Look) -> None:
    """Frame the cell of the base case; a ring where it lies between cells."""
    base = _base([across, up])
    if base is None:
        return
    place = []
    for axis, value in ((across, base[0]), (up, base[1])):
        near = int(np.abs(axis.places - value).argmin())
        if not np.isclose(axis.places[near], value):
            break
        place.append((axis.edges[near], axis.edges[near + 1] - axis.edges[near]))
    if len(place) == 2:
        (x, wide), (y, high) = place
        axes.add_patch(
            Rectangle((x, y), wide, high, fill=False, edgecolor=look.ink, linewidth=2.2, zorder=5, clip_on=False)
        )
        return
    for color, thick in ((look.background, 3.5), (look.ink, 1.6)):
        axes.plot(*base, marker="o", markersize=9, markerfacecolor="none", markeredgecolor=color, markeredgewidth=thick,
                  clip_on=False, zorder=6)  # fmt: skip


def base_note(results: xr.Dataset) -> str:
    """What the mark of the base case means; empty where it is not marked."""
    return " Frame or ring: the scenario at its central values." if _base(swept_axes(results)) else ""


def _base(axes: Sequence[SweptAxis]) -> tuple[float, float] | None:
    across, up = oriented(axes)
    x, y = across.base_place, up.base_place
    return None if x is None or y is None else (x, y)


def _lines(results: xr.Dataset) -> list[BoundaryLine]:
    across, up = oriented(swept_axes(results))
    return boundary_lines(results, across, up, sweep_group(results))
