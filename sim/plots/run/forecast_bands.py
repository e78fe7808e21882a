"""What models of collective choice say in the worlds drawn, beside what talks sign: where each lies, and how often."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Floats
from sim.plots.frame.labels import issue_levels, issue_titles, issue_units, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import BLUE, GREY, SKY, Look
from sim.plots.frame.user_text import one_line
from sim.plots.frame.world_groups import focus, worlds_note
from sim.words import counted, model_title, percent, quantity

_ROW: Final = 0.3  # inches
_MOST: Final = 4  # issues that get a panel
_PARTS: Final = 60  # of a scale, at least; a half, a third, a quarter and a fifth of it are middles of bars
_MOST_PARTS: Final = 120
_COLUMNS: Final = 2
_ALONE: Final = "status quo"  # what is the case already is beside the models, no model of them
#: A model is told to be on a knife-edge if a gap as wide as this part of the scale has this share on either side.
_GAP, _SIDE = 0.2, 0.1
_HERE: Final = 0.005  # part of a scale within which what is said is a level
_LEVEL: Final = 60  # letters of a level
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
        issue = _telling(results)
        rows, title = _rows(results, issue), issue_titles(results)[issue]
        low_end, high_end = _ends(results, issue)
        for name, values in rows.items():
            split = _split(values, high_end - low_end)
            if split is not None and name not in {_TALKS, _ALONE}:
                low, high, share = split
                return (
                    f"“{title}” is on a knife-edge: {name} says {_place(results, issue, low)} in {percent(share)} "
                    f"of worlds and {_place(results, issue, high)} in {percent(1 - share)}"
                )
        medians = {name: float(np.median(values)) for name, values in rows.items() if name not in {_TALKS, _ALONE}}
        if not medians:
            return f"“{title}”: no model says anything"
        said = {_place(results, issue, value) for value in medians.values()}
        if len(said) == 1:
            return f"“{title}”: every model says {said.pop()}, by its median over the worlds"
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
            "worlds; grey: the status quo. Models take in stated positions, saliences and capabilities."
            f"{more} {worlds_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a panel for each issue, two beside each other."""
        return sum(0.8 + _ROW * most for most in _sizes(results))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """A panel for each issue, a ridge in it for talks and for each model."""
        issues, sizes = _issues(results)[:_MOST], _sizes(results)
        columns = min(len(issues), _COLUMNS)
        ratios = [most + 3 for most in sizes]
        panels = body.subplots(len(sizes), columns, squeeze=False, height_ratios=ratios).ravel()
        for axes in panels[len(issues) :]:
            axes.set_axis_off()
        names: list[str] = []
        for place, (axes, issue) in enumerate(zip(panels, issues, strict=False)):
            _paint(axes, results, issue, look, columns)
            own = [label.get_text() for label in axes.get_yticklabels()]
            if place % columns and own == names:
                axes.set_yticklabels([])
            names = own


def _sizes(results: xr.Dataset) -> list[int]:
    """How many rows the fullest panel of each row of panels has."""
    each = [len(_rows(results, issue)) for issue in _issues(results)[:_MOST]]
    return [max(each[first : first + _COLUMNS]) for first in range(0, len(each), _COLUMNS)]


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


def _telling(results: xr.Dataset) -> str:
    """The first issue on which models differ by their medians, of those with a panel; the first where there is none."""
    for issue in _issues(results)[:_MOST]:
        rows = _rows(results, issue)
        medians = [float(np.median(rows[name])) for name in rows if name not in {_TALKS, _ALONE}]
        low, high = _ends(results, issue)
        if medians and max(medians) - min(medians) > _HERE * (high - low):
            return issue
    return _issues(results)[0]


def _levels(results: xr.Dataset, issue: str) -> tuple[list[str], list[float]]:
    """Names of an issue's levels and where they stand; of its ends alone in results that keep no others."""
    if "forecast_level_place" in results:
        own = results["forecast_level_issue"].values.astype(str) == issue
        places = results["forecast_level_place"].values[own].tolist()
        return [one_line(str(name), _LEVEL) for name in results["forecast_level"].values[own]], places
    names = results["forecast_end_name"].sel(forecast_issue=issue).values.astype(str).tolist()
    return names, list(_ends(results, issue))


def _numeric(results: xr.Dataset, issue: str) -> bool:
    n = [str(name) for name in results["issue"].values].index(issue)
    return bool(np.isfinite(results["level_value"].values[n]).all())


def _place(results: xr.Dataset, issue: str, value: float) -> str:
    """A place in words: its number, or a share of the way between the ends where levels have names."""
    if _numeric(results, issue):
        n = [str(name) for name in results["issue"].values].index(issue)
        return quantity(float(f"{value:.3g}"), issue_units(results)[n])
    low, high = _ends(results, issue)
    names, places = _levels(results, issue)
    nearest = int(np.abs(np.array(places) - value).argmin())
    if abs(places[nearest] - value) < _HERE * (high - low):
        return f"“{names[nearest]}”"
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


def _parts(results: xr.Dataset, issue: str, span: float) -> int:
    """Into how many parts a scale is cut, so that each level on offer is the middle of a bar where that can be."""
    n = [str(name) for name in results["issue"].values].index(issue)
    known = np.unique(issue_levels(results, n).values)
    steps = round(span / float(np.diff(known).min())) if _numeric(results, issue) and len(known) > 1 else 1
    return steps * -(-_PARTS // steps) if 1 < steps <= _MOST_PARTS else _PARTS


def _paint(axes: Axes, results: xr.Dataset, issue: str, look: Look, columns: int) -> None:
    rows = _rows(results, issue)
    low, high = _ends(results, issue)
    parts = _parts(results, issue, high - low)
    half = (high - low) / parts / 2
    edges = np.linspace(low - half, high + half, parts + 2)  # what is said at an end or at a level stands on its bar
    for row, (name, values) in enumerate(rows.items()):
        counts = np.histogram(np.clip(values, low, high), edges)[0].astype(float)
        height = 0.8 * counts / counts.max()
        color = {_TALKS: BLUE, _ALONE: GREY}.get(name, SKY)
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
        names, places = _levels(results, issue)
        letters = max(int((64 if columns == 1 else 44) / len(names)), 8)
        axes.set_xticks(places, [wrapped(name, letters, 3) for name in names], fontsize=8)
        for label, place in zip(axes.get_xticklabels(), places, strict=True):  # words at an end stay within the page
            label.set_horizontalalignment("right" if place == high else "left" if place == low else "center")
        axes.set_xlabel(title)
    else:
        unit = issue_units(results)[n]
        axes.set_xlabel(f"{title} ({unit})" if unit else title)
    axes.axhline(0.25, color=GREY, linewidth=0.6)
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
