"""What models of collective choice say in the worlds drawn, beside what talks sign: where each lies, and how often."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Floats
from sim.plots.frame.labels import issue_titles, issue_units, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import BLUE, GREY, ORANGE, Look
from sim.plots.frame.world_groups import focus, worlds_note
from sim.words import counted, model_title, percent, quantity

_ROW: Final = 0.3  # inches
_MOST: Final = 4  # issues that get a panel
_PARTS: Final = 60
#: A model is told to be on a knife-edge if a gap as wide as this part of the scale has this share on either side.
_GAP, _SIDE = 0.2, 0.1
_TALKS: Final = "talks"


@figure(
    "forecast-bands",
    source="forecasts with their distribution over uncertain inputs, after Slapin 2014 and Leinaweaver & Thomson 2014, "
    "European Union Politics 15:1, on errors of measurement",
)
class ForecastBands(Plot):
    """Ridges show where each model of collective choice puts the decision over the worlds, beside what talks sign."""

    of_draws = True
    rank = 7

    def fits(self, results: xr.Dataset) -> bool:
        """There are forecasts, of three parties or more: for two they say little."""
        return "forecast_talks" in results and len(results.attrs.get("parties", ())) > 2 and bool(_issues(results))

    def varies(self, results: xr.Dataset) -> bool:
        """Models differ, or what a model says does."""
        values = results["forecast"].values[focus(results).where]
        return bool(np.nanmax(values) > np.nanmin(values))

    def title(self, results: xr.Dataset) -> str:
        """Which model stands on a knife-edge, or how far models are apart."""
        issue = _issues(results)[0]
        rows, title = _rows(results, issue), issue_titles(results)[issue]
        low_end, high_end = _ends(results, issue)
        for name, values in rows.items():
            split = _split(values, high_end - low_end)
            if split is not None and name != _TALKS:
                low, high, share = split
                return (
                    f"“{title}” is on a knife-edge: {name} says {_place(results, issue, low)} in {percent(share)} "
                    f"of worlds and {_place(results, issue, high)} in {percent(1 - share)}"
                )
        medians = {name: float(np.median(values)) for name, values in rows.items() if len(values)}
        least, most = min(medians, key=lambda n: medians[n]), max(medians, key=lambda n: medians[n])
        return (
            f"“{title}”: models say from {_place(results, issue, medians[least])} ({least}) to "
            f"{_place(results, issue, medians[most])} ({most}), by their medians over the worlds"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What a ridge is, and on how many worlds it rests."""
        left = len(_issues(results)) - _MOST
        more = f" {counted(left, 'issues')} more are on the page." if left > 0 else ""
        return (
            "A ridge is as high as the worlds are many in which a model says so, each ridge to its own highest place; "
            "the dot is the median, the line spans 80 % of worlds. Top: the first deal that talks sign, in the same "
            f"worlds. Models take in stated positions, saliences and capabilities.{more} {worlds_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a panel for each issue."""
        issues = _issues(results)[:_MOST]
        return sum(1.0 + _ROW * len(_rows(results, issue)) for issue in issues)

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """A panel for each issue, a ridge in it for talks and for each model."""
        issues = _issues(results)[:_MOST]
        sizes = [len(_rows(results, issue)) + 3 for issue in issues]
        panels = np.atleast_1d(np.asarray(body.subplots(len(issues), 1, height_ratios=sizes)))
        for axes, issue in zip(panels, issues, strict=True):
            _paint(axes, results, issue, look)


def _issues(results: xr.Dataset) -> list[str]:
    """Issues of which some model says something, in their order."""
    return [str(name) for name in results["forecast_issue"].values]


def _rows(results: xr.Dataset, issue: str) -> dict[str, Floats]:
    """Talks and each model that says something -> its values in the worlds that are told of."""
    where = focus(results).where
    found = {_TALKS: results["forecast_talks"].sel(forecast_issue=issue).values[where]}
    for n, name in enumerate(results["forecast_name"].values.astype(str)):
        model, _, of = name.partition(".")
        if of == issue:
            found[model_title(model)] = results["forecast"].values[where, n]
    known = {name: values[np.isfinite(values)] for name, values in found.items()}
    return {name: values for name, values in known.items() if len(values)}


def _ends(results: xr.Dataset, issue: str) -> tuple[float, float]:
    low, high = results["forecast_end"].sel(forecast_issue=issue).values
    return float(low), float(high)


def _numeric(results: xr.Dataset, issue: str) -> bool:
    n = [str(name) for name in results["issue"].values].index(issue)
    return bool(np.isfinite(results["level_value"].values[n]).all())


def _place(results: xr.Dataset, issue: str, value: float) -> str:
    """A place in words: its number, or a share of the way between the ends where levels have names."""
    if _numeric(results, issue):
        n = [str(name) for name in results["issue"].values].index(issue)
        return quantity(float(f"{value:.3g}"), issue_units(results)[n])
    low, high = _ends(results, issue)
    return f"{percent((value - low) / (high - low))} of the way to the far end"


def _split(values: Floats, span: float) -> tuple[float, float, float] | None:
    """Medians below and above a gap with enough worlds on either side, and the share below; ``None`` without one."""
    known = np.sort(values)
    gaps, below = np.diff(known), np.arange(1, len(known))
    gaps = np.where((below >= _SIDE * len(known)) & (len(known) - below >= _SIDE * len(known)), gaps, 0.0)
    if not len(gaps) or gaps.max() < _GAP * span:
        return None
    at = int(gaps.argmax()) + 1
    return float(np.median(known[:at])), float(np.median(known[at:])), at / len(known)


def _paint(axes: Axes, results: xr.Dataset, issue: str, look: Look) -> None:
    rows = _rows(results, issue)
    low, high = _ends(results, issue)
    edges = np.linspace(low, high, _PARTS + 1)
    for row, (name, values) in enumerate(rows.items()):
        counts = np.histogram(np.clip(values, low, high), edges)[0].astype(float)
        height = 0.8 * counts / counts.max()
        color = ORANGE if name == _TALKS else BLUE
        axes.stairs(row - height, edges, baseline=row, fill=True, color=color, alpha=0.5, linewidth=0)
        ends = np.quantile(values, [0.1, 0.9])
        axes.plot(ends, [row, row], color=color, linewidth=2.4, solid_capstyle="butt")
        axes.plot([float(np.median(values))], [row], "o", color=color, markeredgecolor=look.ink, markersize=5)
    axes.set_yticks(range(len(rows)), list(rows), fontsize=8.5)
    axes.set_ylim(len(rows) - 0.5, -1.0)
    axes.set_xlim(low - 0.02 * (high - low), high + 0.02 * (high - low))
    n = [str(name) for name in results["issue"].values].index(issue)
    title = list(issue_titles(results).values())[n]
    if not _numeric(results, issue):
        names = results["forecast_end_name"].sel(forecast_issue=issue).values.astype(str)
        axes.set_xticks([low, high], [wrapped(name, 30, 2) for name in names], fontsize=8)
        axes.set_xlabel(title)
    else:
        unit = issue_units(results)[n]
        axes.set_xlabel(f"{title} ({unit})" if unit else title)
    axes.axhline(0.25, color=GREY, linewidth=0.6)
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
