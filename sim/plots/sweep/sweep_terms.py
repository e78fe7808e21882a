"""What is agreed on numeric issues along one thing that is varied, or over two: medians, and where most deals lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import SubFigure

from sim.foundations import Floats
from sim.plots.frame.labels import inches, issue_titles, issue_units, listed, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.share_tables import share_colors
from sim.plots.frame.style import BLUE, Look, ink_on
from sim.plots.sweep.map_axes import MapAxes
from sim.plots.sweep.map_frame import mark_base
from sim.plots.sweep.panels import name_panel, panel_grid, rows_and_columns, tick_across, tick_up
from sim.plots.sweep.sweep_captions import study_title, sweep_note
from sim.sweeps.sweep_points import is_sweep, sweep_group
from sim.sweeps.swept_axes import SweptAxis, on_axes, swept_axes
from sim.words import Z, quantity

_MOST: Final = 4  # panels
_ENDS: Final = (0.1, 0.5, 0.9)
_PALEST: Final = 0.15  # of the full colour, so that the least is told from nothing
_WRITTEN: Final = 8  # cells along an axis up to which numbers are written into them, on a map that stands alone


@dataclass(frozen=True)
class TermSpans:
    """Where what is agreed on an issue lies at each point of a sweep, in its unit; nan where nothing is agreed.

    middle:    median where single draws are kept, else the mean
    low, high: where 80 % of deals lie; of means the 95 % interval
    medians:   whether they are medians
    """

    middle: Floats
    low: Floats
    high: Floats
    medians: bool

    @classmethod
    def of(cls, results: xr.Dataset, issue: str) -> TermSpans:
        """Read it off a sweep, along its axes in their order, of the worlds that its headline speaks of."""
        dims, group = results["failed"].dims, sweep_group(results)
        if "draw_term_value" not in results:
            one = results.sel(group=group, issue=issue)
            mean, half = (one[f"terms_{what}"].transpose(*dims).values.astype(float) for what in ("mean", "error"))
            half = Z * np.nan_to_num(half)
            return cls(mean, mean - half, mean + half, medians=False)
        values = results["draw_term_value"].sel(issue=issue).transpose(*dims, "draw").values.astype(float)
        if group == "consistent":
            values = np.where(results["draw_consistent"].transpose(*dims, "draw").values == 1, values, np.nan)
        some = np.isfinite(values).any(axis=-1)
        ends = np.full((3, *some.shape), np.nan)
        ends[:, some] = np.nanquantile(values[some], _ENDS, axis=-1)
        return cls(ends[1], ends[0], ends[2], medians=True)


@figure("sweep-terms", source="quantiles: Hyndman & Fan 1996, American Statistician 50:361-365, type 7")
class SweepTerms(Plot):
    """A line with a band, or a map, shows what is agreed on numeric issues over one axis of a sweep or two."""

    rank = 11

    def fits(self, results: xr.Dataset) -> bool:
        """One axis or two, and a deal at some point on an issue of numbers."""
        if not is_sweep(results) or "numeric_issues" not in results.attrs or "terms_mean" not in results:
            return False
        found = results["terms_mean"].sel(issue=listed(results, "numeric_issues"))
        return len(swept_axes(results)) in {1, 2} and bool(np.isfinite(found.values).any())

    def varies(self, results: xr.Dataset) -> bool:
        """The mean of some issue is not the same at all points."""
        return bool(_moving(results))

    def title(self, results: xr.Dataset) -> str:
        """Where the first issue that moves is lowest and highest."""
        name = shown_issues(results)[0]
        axes, spans = swept_axes(results), TermSpans.of(on_axes(results, swept_axes(results)), name)
        noun = f"“{issue_titles(results)[name]}” is agreed at"
        kind = "median" if spans.medians else "mean"
        low, high = (np.unravel_index(pick(spans.middle), spans.middle.shape) for pick in (np.nanargmin, np.nanargmax))
        least, most = (_number(results, name, float(spans.middle[place])) for place in (low, high))
        if least == most:
            return f"{noun} {least} at every point ({kind})"
        if len(axes) == 1:
            low, high = sorted((low, high), key=lambda place: int(place[0]))
            least, most = (_number(results, name, float(spans.middle[place])) for place in (low, high))
            first, last = (axes[0].say(axes[0].places[int(place[0])]) for place in (low, high))
            return f"{noun} {least} where “{axes[0].title}” is {first}, and {most} where it is {last} ({kind})"
        where = [_where(axes, place) for place in (low, high)]
        return f"{noun} {least} ({kind}) where {where[0]}, and {most} where {where[1]}"

    def caption(self, results: xr.Dataset) -> str:
        """What lines, bands and colours mean."""
        spans = TermSpans.of(results, shown_issues(results)[0])
        kind = "Median" if spans.medians else "Mean"
        band = "where 80 % of the deals lie" if spans.medians else "95 % interval of the mean"
        flat = len(swept_axes(results)) == 1
        mark = " Dotted: the scenario as it stands." if flat else " Frame or ring: the scenario at its central values."
        base = mark if all(axis.base_place is not None for axis in swept_axes(results)) else ""
        read = f"Band or bars: {band}." if flat else "The stronger the colour, the more; none where nothing is signed."
        rest = [issue_titles(results)[name] for name in _numeric(results) if name not in shown_issues(results)]
        same = f" The same everywhere, or nearly: {', '.join(rest)}." if rest else ""
        return (
            f"{study_title(results)}{kind} of what the first deal signed says on the issue, among worlds with one. "
            f"{read}{base}{same} {sweep_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: by rows of panels."""
        rows, columns = rows_and_columns(len(shown_issues(results)))
        return 3.8 if rows == columns == 1 else 0.4 + 2.9 * rows

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """A panel for each issue that moves."""
        names = shown_issues(results)
        _, columns = rows_and_columns(len(names))
        grid, wide = panel_grid(body, len(names), sharey=False), inches(body) / columns
        for axes, name in zip(grid, names, strict=True):
            name_panel(axes, issue_titles(results)[name], wide)
            if len(swept_axes(results)) == 1:
                _line(axes, results, name, wide, look)
            else:
                _map(body, axes, results, name, wide, look)


def shown_issues(results: xr.Dataset) -> list[str]:
    """Numeric issues that have a panel: those whose median moves, else whose mean does, else all; four at most."""
    told = [name for name in _numeric(results) if _differs(TermSpans.of(results, name).middle)]
    return (told or _moving(results) or _numeric(results))[:_MOST]


def _numeric(results: xr.Dataset) -> list[str]:
    """Numeric issues on which something is agreed at some point."""
    found = results["terms_mean"]
    return [name for name in listed(results, "numeric_issues") if np.isfinite(found.sel(issue=name).values).any()]


def _moving(results: xr.Dataset) -> list[str]:
    found = results["terms_mean"].sel(group=sweep_group(results))
    return [name for name in _numeric(results) if _differs(found.sel(issue=name).values)]


def _differs(values: Floats) -> bool:
    known = values[np.isfinite(values)]
    return len(known) > 0 and bool(np.ptp(known) > 0)


def _number(results: xr.Dataset, issue: str, value: float) -> str:
    """A number to three digits with its unit."""
    unit = issue_units(results)[list(issue_titles(results)).index(issue)]
    return quantity(float(f"{value:.3g}"), unit)


def _where(axes: list[SweptAxis], place: tuple[np.intp, ...]) -> str:
    told = [f"“{axis.title}” is {axis.say(axis.places[int(n)])}" for axis, n in zip(axes, place, strict=True)]
    return " and ".join(told)


def _unit(results: xr.Dataset, issue: str) -> str:
    return issue_units(results)[list(issue_titles(results)).index(issue)] or "value"


def _line(axes: Axes, results: xr.Dataset, issue: str, wide: float, look: Look) -> None:
    """Middle with a band along numbers, with bars for choices."""
    (axis,) = swept_axes(results)
    spans = TermSpans.of(on_axes(results, [axis]), issue)
    order = np.argsort(axis.places, kind="stable")
    places, low, middle, high = (array[order] for array in (axis.places, spans.low, spans.middle, spans.high))
    if axis.numeric:
        axes.fill_between(places, low, high, color=BLUE, alpha=0.25, linewidth=0, label="_span")
        axes.plot(places, middle, "o-", color=BLUE, markersize=4.5, linewidth=1.6, label="_middle")
    else:
        axes.errorbar(places, middle, np.stack([middle - low, high - middle]), color=BLUE, marker="o", linestyle="",
                      markersize=5.5, elinewidth=1.2, label="_middle")  # fmt: skip
    if axis.base_place is not None:
        axes.axvline(axis.base_place, color=look.muted, linewidth=1.0, linestyle=":", gid="base")
    axes.grid(axis="y")
    axes.set_ylabel(_unit(results, issue))
    axes.set_xlabel(wrapped(axis.title, int(wide * 9)), fontsize=9.5)
    tick_across(axes, axis, wide)


def _map(body: SubFigure, axes: Axes, results: xr.Dataset, issue: str, wide: float, look: Look) -> None:
    """Middle in colours, and written into the cells where there is room."""
    chosen = MapAxes.of(results)
    across, up = chosen.across, chosen.up
    middle = TermSpans.of(on_axes(results, [up, across]), issue).middle
    colors = ListedColormap(share_colors(look)(np.linspace(_PALEST, 1.0, 256)))
    mesh = axes.pcolormesh(across.edges, up.edges, middle, cmap=colors, edgecolors=look.background,
                           linewidth=0.6)  # fmt: skip
    body.colorbar(mesh, ax=axes, label=_unit(results, issue))
    if len(shown_issues(results)) == 1 and max(middle.shape) <= _WRITTEN:
        low, span = float(np.nanmin(middle)), float(np.nanmax(middle) - np.nanmin(middle))
        for (row, column), value in np.ndenumerate(middle):
            if np.isfinite(value):
                red, green, blue, _ = colors((value - low) / span if span else 0.0)
                axes.text(float(across.places[column]), float(up.places[row]), quantity(float(f"{value:.3g}")),
                          ha="center", va="center", fontsize=8, color=ink_on((red, green, blue)))  # fmt: skip
    mark_base(axes, across, up, look)
    tick_across(axes, across, wide - 1.0, cells=True)
    tick_up(axes, up, 2.4, cells=True)
    axes.tick_params(length=0)
    axes.set_xlabel(wrapped(across.title, int(wide * 8)), fontsize=9.5)
    axes.set_ylabel(wrapped(up.title, 36), fontsize=9.5)
