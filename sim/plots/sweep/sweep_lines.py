"""Share of each ending along one thing that is varied, with a panel for each choice of a second."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.experiments.sweep.sweep_points import sweep_group
from sim.experiments.sweep.swept_axes import SweptAxis, on_axes, swept_axes
from sim.plots.frame.labels import SPOKEN, inches, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import Look
from sim.plots.sweep.axis_panels import tick_panel
from sim.plots.sweep.share_lines import share_legend, share_lines, shown_endings
from sim.plots.sweep.sweep_captions import study_title, sweep_note
from sim.words import capital, percent

_MOST_PANELS = 4


@figure("sweep-lines", source="intervals: normal approximation to the binomial")
class SweepLines(Plot):
    """Lines show the share of each ending along an axis, with 95 % intervals."""

    def fits(self, results: xr.Dataset) -> bool:
        """One axis, or two of which one is a choice between a few."""
        return "ending_share" in results and _roles(results) is not None

    def title(self, results: xr.Dataset) -> str:
        """The ending whose share changes most along the axis."""
        line, panels = _known(results)
        shares = _shares(results, line, panels)
        names = [str(name) for name in results["ending"].values]
        change = np.nan_to_num(shares[:, -1] - shares[:, 0])
        panel, most = np.unravel_index(np.abs(change).argmax(), change.shape)
        at = len(line.values) // 2 if line.base_place is None else int(np.abs(line.places - line.base_place).argmin())
        spread = np.nan_to_num(shares[:, at].max(axis=0) - shares[:, at].min(axis=0))
        if panels is not None and spread.max() > np.abs(change).max():
            told = [
                f"{percent(shares[n, at, spread.argmax()])} under “{value}”" for n, value in enumerate(panels.values)
            ]
            return f"{capital(SPOKEN[names[int(spread.argmax())]])}: {', '.join(told)}"
        first, last = shares[panel, 0, most], shares[panel, -1, most]
        ends = [line.written(value) for value in (line.values[0], line.values[-1])]
        along = f"as “{line.title}” goes from {ends[0]} to {ends[1]}"
        if percent(first) != percent(last):
            verb = f"{'rises' if last > first else 'falls'} from {percent(first)} to {percent(last)}"
        else:  # the ends are alike; what lies between may not be
            low, high = np.nan_to_num(np.min(shares, axis=1)), np.nan_to_num(np.max(shares, axis=1))
            panel, most = np.unravel_index((high - low).argmax(), low.shape)
            if percent(low[panel, most]) == percent(high[panel, most]):
                return f"No ending becomes more or less frequent {along}"
            verb = f"moves between {percent(low[panel, most])} and {percent(high[panel, most])}"
        where = f" under “{panels.values[panel]}”" if panels is not None else ""
        return f"{capital(SPOKEN[names[most]])} {verb}{where} {along}"

    def caption(self, results: xr.Dataset) -> str:
        """What lines and bands mean."""
        line, _ = _known(results)
        base = " Dotted line: the scenario as it stands." if line.base_place is not None else ""
        return (
            f"{study_title(results)}Share of draws in each ending; dashed: share in which any deal is acceptable, "
            f"before anybody talks. Bars: 95 % intervals, the error from the number of draws alone.{base} "
            f"{sweep_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: one row, or two where there are three panels or more."""
        _, panels = _known(results)
        return 3.6 if panels is None or len(panels.values) < 4 else 5.8

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """A panel for each choice."""
        line, panels = _known(results)
        count = 1 if panels is None else len(panels.values)
        rows = 1 if count < 4 else 2
        columns = -(-count // rows)
        grid = body.subplots(rows, columns, sharey=True, sharex=True, squeeze=False).ravel()
        found = on_axes(results, [line] if panels is None else [panels, line]).sel(group=sweep_group(results))
        endings = [str(name) for name in found["ending"].values]
        shown = shown_endings(endings, _shares(results, line, panels))
        for n, axes in enumerate(grid):
            if n >= count:
                axes.set_axis_off()
                continue
            one = found if panels is None else found.isel({panels.name: n})
            _lines(axes, one.transpose(line.name, ..., "ending"), line, endings, shown, look)
            tick_panel(axes, line, inches(body) / columns)
            if panels is not None:
                star = " (as it stands)" if panels.values[n] == panels.base else ""
                axes.set_title(wrapped(f"{panels.values[n]}{star}", int(inches(body) / columns * 10)))
        for axes in grid[::columns]:
            axes.set_ylabel("share of draws (%)")
        body.supxlabel(wrapped(line.title, int(inches(body) * 11)), fontsize=9.5)
        share_legend(body, grid[0])


def _lines(axes: Axes, found: xr.Dataset, line: SweptAxis, endings: list[str], shown: list[int], look: Look) -> None:
    share_lines(
        axes, line.places, found["ending_share"].values, found["ending_error"].values, found["any_deal_share"].values,
        endings, shown, look, nudge=0.006 * float(line.edges[-1] - line.edges[0]),
    )  # fmt: skip
    if line.base_place is not None:
        axes.axvline(line.base_place, color=look.muted, linewidth=1.0, linestyle=":")


def _roles(results: xr.Dataset) -> tuple[SweptAxis, SweptAxis | None] | None:
    """The axis along the lines, and the one with a panel for each choice."""
    axes = swept_axes(results)
    if len(axes) == 1:
        return axes[0], None
    if len(axes) != 2:
        return None
    panels = [axis for axis in axes if axis.choice and not axis.numeric and len(axis.values) <= _MOST_PANELS]
    if not panels:
        return None
    return next(axis for axis in axes if axis is not panels[0]), panels[0]


def _known(results: xr.Dataset) -> tuple[SweptAxis, SweptAxis | None]:
    found = _roles(results)
    assert found is not None
    return found


def _shares(results: xr.Dataset, line: SweptAxis, panels: SweptAxis | None) -> np.ndarray:
    """(panels, values, endings) shares."""
    found = on_axes(results, [line] if panels is None else [panels, line]).sel(group=sweep_group(results))
    names = [line.name, "ending"] if panels is None else [panels.name, line.name, "ending"]
    values = found["ending_share"].transpose(*names).values
    return np.asarray(values if panels is not None else values[None])
