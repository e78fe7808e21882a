"""Which ending is the most frequent one, over two things that are varied."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import SubFigure
from matplotlib.patches import Patch, Rectangle

from sim.foundations import Floats
from sim.plots.labels import SPOKEN, wrapped
from sim.plots.plot import Plot, figure
from sim.plots.shares import percent
from sim.plots.style import ENDING_COLORS, Look
from sim.plots.sweep_axes import SweptAxis, on_axes, study_title, sweep_group, sweep_note, swept_axes

#: Cells up to which shares are written into them.
_MOST_WRITTEN = 12
#: Share at which a colour is as pale as it gets: with five endings the most frequent has 20 % or more.
_PALE = 0.2
_UNSURE = 1.96  # standard errors that a lead must have


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
            return f"{_capital(first)} is the most frequent ending at all {codes.size:,} points ({span} of draws)"
        rest = ", ".join(f"{SPOKEN[names[n]]} at {counts[n]:,}" for n in order[1:])
        return f"{_capital(first)} is the most frequent ending at {counts[order[0]]:,} of {codes.size:,} points, {rest}"

    def caption(self, results: xr.Dataset) -> str:
        """What colours and marks mean."""
        group = sweep_group(results)
        return (
            f"{study_title(results)}Colour: most frequent ending; full colour when it is the only one, paler as others "
            "gain. Numbers: its share in percent. A dot marks cells whose lead over the second ending is within chance "
            f"(95 %).{base_note(results)} {sweep_note(results, group)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: rows as the second axis has values, within reason."""
        _, rows = _oriented(swept_axes(results))
        return float(np.clip(1.6 + 0.42 * len(rows.values), 3.0, 6.0))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One map and its legend."""
        axes = body.subplots()
        across, up = _oriented(swept_axes(results))
        found = on_axes(results, [up, across]).sel(group=sweep_group(results))
        codes = found["modal_ending"].values
        shares = np.nan_to_num(found["ending_share"].transpose(up.name, across.name, "ending").values)
        names = [str(name) for name in results["ending"].values]
        colors = _colors(codes, shares, names, look)
        axes.pcolormesh(across.edges, up.edges, colors, edgecolors=look.background, linewidth=0.6)
        kept = found["draws_played"].transpose(up.name, across.name).values
        _write(axes, across, up, codes, shares, kept, look)
        _ticks(axes, across, up)
        mark_base(axes, across, up, look)
        present = [n for n in range(len(names)) if (codes == n).any()]
        handles = [Patch(facecolor=ENDING_COLORS[names[n]], label=_capital(SPOKEN[names[n]])) for n in present]
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


def _oriented(axes: Sequence[SweptAxis]) -> tuple[SweptAxis, SweptAxis]:
    """The axis with longer words goes up the side, where there is room for them."""
    one, two = axes[:2]
    if one.numeric == two.numeric:
        return one, two
    return (one, two) if one.numeric else (two, one)


def _base(axes: Sequence[SweptAxis]) -> tuple[float, float] | None:
    across, up = _oriented(axes)
    x, y = across.base_place, up.base_place
    return None if x is None or y is None else (x, y)


def _colors(codes: np.ndarray, shares: Floats, names: Sequence[str], look: Look) -> Floats:
    """(rows, columns, 3) colour of the ending, blended with the page as its share falls."""
    palette = np.array([to_rgb(ENDING_COLORS[name]) for name in names])
    full = palette[np.maximum(codes, 0)]
    share = np.take_along_axis(shares, np.maximum(codes, 0)[..., None], axis=-1)
    weight = 0.15 + 0.85 * np.clip((share - _PALE) / (1 - _PALE), 0, 1)
    page = np.array(to_rgb(look.background))
    return np.where((codes >= 0)[..., None], page + weight * (full - page), page)


def _write(
    axes: Axes, across: SweptAxis, up: SweptAxis, codes: np.ndarray, shares: Floats, kept: np.ndarray, look: Look
) -> None:
    """Shares in the cells of small maps; dots where the lead is within chance."""
    small = max(len(across.values), len(up.values)) <= _MOST_WRITTEN
    ranked = np.sort(shares, axis=-1)
    lead, both = ranked[..., -1] - ranked[..., -2], ranked[..., -1] + ranked[..., -2]
    error = np.sqrt(np.maximum(both - lead**2, 0) / np.maximum(kept, 1))  # of a difference of multinomial shares
    for r, y in enumerate(up.places):
        for c, x in enumerate(across.places):
            if codes[r, c] < 0:
                axes.text(x, y, "no draws", ha="center", va="center", fontsize=7, color=look.muted)
                continue
            unsure = lead[r, c] < _UNSURE * error[r, c]
            text = f"{100 * ranked[r, c, -1]:.0f}" + ("\n•" if unsure else "") if small else "•" if unsure else ""
            if text:
                axes.text(x, y, text, ha="center", va="center", fontsize=8, linespacing=0.8, color="#1C2128")


def _ticks(axes: Axes, across: SweptAxis, up: SweptAxis) -> None:
    for axis, put, say in ((across, axes.set_xticks, axes.set_xlabel), (up, axes.set_yticks, axes.set_ylabel)):
        found = axis.ticks(22 if axis is up else 14)
        if found is not None:
            put(*found)
        say(wrapped(axis.title, 70 if axis is across else 36))
    axes.tick_params(length=0)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
