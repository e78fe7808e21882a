"""The most frequent ending over two things that are varied, with a map for each value of a third and a fourth."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any, Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Patch

from sim.experiments.sweep.sweep_points import sweep_group
from sim.experiments.sweep.swept_axes import SweptAxis, in_order, on_axes, swept_axes
from sim.plots.frame.labels import SPOKEN, inches, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import ENDING_COLORS, Look
from sim.plots.sweep.axis_panels import name_panel, tick_panel, tick_side
from sim.plots.sweep.boundary_drawing import draw_boundaries
from sim.plots.sweep.boundary_lines import BoundaryLine, alike, boundary_lines
from sim.plots.sweep.boundary_words import boundary_note
from sim.plots.sweep.ending_cells import ending_shades, oriented, write_shares
from sim.plots.sweep.modal_counts import modal_counts
from sim.plots.sweep.regime_map import mark_base
from sim.plots.sweep.share_lines import legend_columns, rows_and_columns
from sim.plots.sweep.sweep_captions import study_title, sweep_note
from sim.words import capital

#: Values of the third axis that have a map where there are three axes; with four, of the third and of the fourth.
MOST_PANELS: Final = 9
MOST_COLUMNS: Final = 4
MOST_ROWS: Final = 4
_MOST_AXES: Final = 4
_PERCENT_POINTS: Final = 6.5


@dataclass(frozen=True)
class Roles:
    """What each axis of a grid is used for.

    across, up: axes of every map
    over:       the axis with a map for each value; in columns where there is a fourth
    down:       the fourth axis, in rows
    overs, downs: indices of the values that have a map
    """

    across: SweptAxis
    up: SweptAxis
    over: SweptAxis
    down: SweptAxis | None
    overs: tuple[int, ...]
    downs: tuple[int, ...]

    @property
    def layout(self) -> tuple[int, int]:
        """Rows and columns of maps."""
        return rows_and_columns(len(self.overs)) if self.down is None else (len(self.downs), len(self.overs))


@figure("regime-map-panels", source="regions of most frequent outcomes; small multiples (Tufte 1983)")
class RegimeMapPanels(Plot):
    """A regime map for each value of the third axis of a grid, or of the third and fourth."""

    def fits(self, results: xr.Dataset) -> bool:
        """A grid over three axes or four."""
        return "modal_ending" in results and 2 < len(swept_axes(results)) <= _MOST_AXES

    def title(self, results: xr.Dataset) -> str:
        """How many points each ending takes, and where along the third axis the first is most and least frequent."""
        part = roles(results)
        codes = _codes(results)
        endings = [str(name) for name in results["ending"].values]
        counted = modal_counts(codes, endings)
        counts = np.bincount(codes[codes >= 0], minlength=len(endings))
        first = int(counts.argmax())
        along = _along(results, part.over)
        size = int(along[0].size)
        led = [int((codes == first).sum()) for codes in along]
        if min(led) == max(led):
            return counted
        low, high = int(np.argmin(led)), int(np.argmax(led))
        said = [part.over.say(part.over.places[n]) for n in (high, low)]
        return (
            f"{counted}; {SPOKEN[endings[first]]} at {led[high]:,} of {size:,} where “{part.over.title}” is {said[0]}, "
            f"at {led[low]:,} where it is {said[1]}"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What colours and marks mean, and what was left out."""
        part = roles(results)
        left = [
            f" Maps of {len(shown)} of the {len(axis.values)} values of “{axis.title}” are shown."
            for axis, shown in ((part.over, part.overs), (part.down, part.downs))
            if axis is not None and len(shown) < len(axis.values)
        ]
        based = _base_panel(part) is not None and part.across.base_place is not None and part.up.base_place is not None
        frame = " Frame or ring: the scenario at its central values." if based else ""
        return (
            f"{study_title(results)}Colour: most frequent ending; full colour when it is the only one, paler as others "
            "gain. Numbers, where there is room: its share in percent. A dot marks cells whose lead over the second "
            f"ending is within chance (95 %).{_line_note(results, part)}{frame}{''.join(left)} "
            f"{sweep_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: by rows of maps and their cells."""
        part = roles(results)
        rows, columns = part.layout
        most = 3.2 if columns < 3 else 2.6
        return 0.7 + rows * float(np.clip(0.9 + 0.24 * len(part.up.values), 1.5, most))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Maps with shared axes, one legend."""
        part = roles(results)
        rows, columns = part.layout
        grid = body.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
        wide = inches(body) / columns
        endings = [str(name) for name in results["ending"].values]
        present: set[int] = set()
        lines = _lines(results, part)
        for axes, (d, o), drawn in zip(grid.ravel(), _panels(part), lines, strict=False):
            present |= _map(axes, _one(results, part, o, d), part, endings, look, wide)
            draw_boundaries(axes, drawn, look, labels=False)
            if (o, d if part.down is not None else 0) == _base_panel(part):
                mark_base(axes, part.across, part.up, look)
            name_panel(axes, _name(part, o, d), wide)
            axes.tick_params(length=0, labelsize=8)
        for axes in grid.ravel()[len(part.overs) * max(len(part.downs), 1) :]:
            axes.set_axis_off()
        for axes in grid.ravel():
            tick_panel(axes, part.across, wide, cells=True)
            tick_side(axes, part.up, self.height(results) / rows - 0.6, cells=True)
        body.supxlabel(wrapped(part.across.title, int(inches(body) * 11)), fontsize=9.5)
        body.supylabel(wrapped(part.up.title, int(self.height(results) * 10)), fontsize=9.5)
        handles = [
            Patch(facecolor=ENDING_COLORS[endings[n]], label=capital(SPOKEN[endings[n]])) for n in sorted(present)
        ]
        body.legend(
            handles=handles,
            loc="outside upper center",
            ncols=legend_columns(body),
            fontsize=8.5,
            title=_heading(part, body),
        )


def roles(results: xr.Dataset) -> Roles:
    """Put the two longest axes of numbers on the maps, and one map for each value of the others."""
    axes = swept_axes(results)
    ranked = sorted(range(len(axes)), key=lambda n: (not axes[n].numeric, -len(axes[n].values), n))
    across, up = oriented([axes[n] for n in sorted(ranked[:2])])
    others = sorted((axes[n] for n in ranked[2:]), key=lambda axis: -len(axis.values))
    if len(others) == 1:
        return Roles(across, up, others[0], None, _chosen(others[0], MOST_PANELS), ())
    down, over = others  # more values go down the page
    return Roles(across, up, over, down, _chosen(over, MOST_COLUMNS), _chosen(down, MOST_ROWS))


def _chosen(axis: SweptAxis, most: int) -> tuple[int, ...]:
    """Values that have a map: both ends, the base case, and others between, evenly."""
    count = len(axis.values)
    if count <= most:
        return tuple(range(count))
    chosen = np.unique(np.round(np.linspace(0, count - 1, most)).astype(int))
    base = _at_base(axis)
    if base is not None and base not in chosen:
        chosen[1 + np.abs(chosen[1:-1] - base).argmin()] = base
    return tuple(int(n) for n in np.sort(chosen))


def _at_base(axis: SweptAxis) -> int | None:
    """Index of the value at which the scenario stands, if it is one of them."""
    if axis.base_place is None:
        return None
    near = int(np.abs(axis.places - axis.base_place).argmin())
    return near if np.isclose(axis.places[near], axis.base_place) else None


def _base_panel(part: Roles) -> tuple[int, int] | None:
    """Indices, on the third and fourth axis, of the map in which the scenario itself lies."""
    over = _at_base(part.over)
    down = 0 if part.down is None else _at_base(part.down)
    return None if over is None or down is None else (over, down)


def _one(results: xr.Dataset, part: Roles, over: int, down: int) -> xr.Dataset:
    """The grid at one value of the third and of the fourth axis."""
    at = {part.over.name: over} | ({} if part.down is None else {part.down.name: down})
    varied = [axis for axis in (part.up, part.across, part.over, part.down) if axis is not None]
    return (
        on_axes(results, varied).sel(group=sweep_group(results)).isel(at).transpose(part.up.name, part.across.name, ...)
    )


def _panels(part: Roles) -> list[tuple[int, int]]:
    """Indices on the fourth and on the third axis of every map, in their order on the page."""
    return list(product(part.downs or (0,), part.overs))


def _lines(results: xr.Dataset, part: Roles) -> list[list[BoundaryLine]]:
    """Lines from theory on every map."""
    group = sweep_group(results)
    return alike([boundary_lines(results, part.across, part.up, group, _at(part, o, d)) for d, o in _panels(part)])


def _at(part: Roles, over: int, down: int) -> dict[str, Any]:
    """Values of the third and of the fourth axis that a map is for."""
    other = {} if part.down is None else {part.down.name: part.down.values[down]}
    return {part.over.name: part.over.values[over]} | other


def _line_note(results: xr.Dataset, part: Roles) -> str:
    """What the lines mean; where some maps have none, why."""
    lines = _lines(results, part)
    note = boundary_note(results, [line for drawn in lines for line in drawn], labels=False)
    bare = sum(not any(line.role == "signing" for line in drawn) for drawn in lines)
    if not note or bare in (0, len(lines)):
        return note
    return f"{note} A map without a solid line lies on one side of it throughout."


def _map(axes: Axes, found: xr.Dataset, part: Roles, endings: list[str], look: Look, wide: float) -> set[int]:
    """One map; returns the endings in it."""
    codes = found["modal_ending"].values
    shares = np.nan_to_num(found["ending_share"].transpose(part.up.name, part.across.name, "ending").values)
    colors = ending_shades(codes, shares, endings, look)
    axes.pcolormesh(part.across.edges, part.up.edges, colors, edgecolors=look.background, linewidth=0.5)
    write_shares(axes, part.across, part.up, codes, shares, found["draws_played"].values, colors, look,
                 wide=wide - 0.5, size=_PERCENT_POINTS)  # fmt: skip
    return {int(code) for code in np.unique(codes) if code >= 0}


def _name(part: Roles, over: int, down: int) -> str:
    """The values that a map is for."""
    if part.down is None:
        return _said(part.over, over)
    return f"{_said(part.over, over)} · {_said(part.down, down)}"


def _heading(part: Roles, body: SubFigure) -> str:
    """What the maps differ in."""
    text = f"A map for each: {part.over.title}"
    if part.down is not None:
        text = f"Columns: {part.over.title}. Rows: {part.down.title}"
    return wrapped(text, int(inches(body) * 11))


def _said(axis: SweptAxis, n: int) -> str:
    return axis.written(axis.values[n])


def _codes(results: xr.Dataset) -> np.ndarray:
    return np.asarray(results["modal_ending"].sel(group=sweep_group(results)).values)


def _along(results: xr.Dataset, axis: SweptAxis) -> list[np.ndarray]:
    """Most frequent endings at each value of an axis."""
    found = in_order(results)["modal_ending"].sel(group=sweep_group(results)).transpose(axis.name, ...).values
    return list(found)
