"""Sensitivity indices with their intervals: by number, by actor or by claim."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Patch

from sim.experiments.sensitivity.grouping import DUMMY, OTHERS
from sim.foundations import Ints
from sim.plots.frame.labels import wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import BLUE, ORANGE, SKY, Look

_MOST_ROWS: Final = 14
_SHOWN: Final = {
    "sobol": (("ST", "with all others (total order)", SKY), ("S1", "alone (first order)", BLUE)),
    "morris": (("mu_star", "mean absolute effect", BLUE),),
    "delta": (("index", "delta", BLUE),),
    "pawn": (("index", "PAWN", BLUE),),
}
_AXES: Final = {
    "sobol": "share of the variance",
    "morris": "mean absolute change of the indicator (mu*)",
    "delta": "delta, less chance",
    "pawn": "PAWN, less chance",
}


@figure(
    "sensitivity-indices", source="Saltelli et al. 2010; Campolongo et al. 2007; Borgonovo 2007; Pianosi & Wagener 2018"
)
class SensitivityIndices(Plot):
    """Bars show how much each input, or group of inputs, moves the outcome, with 95 % intervals."""

    def fits(self, results: xr.Dataset) -> bool:
        """An analysis of indices, of an outcome that varies."""
        return results.attrs.get("method") in _SHOWN and bool(np.isfinite(_main(results)).any())

    def title(self, results: xr.Dataset) -> str:
        """The inputs that move it most."""
        m = _measure(results)
        order = np.array([n for n in _order(results) if str(results["input"].values[n]) not in {OTHERS, DUMMY}])
        first, second = (str(results["input_spoken"].values[n]) for n in order[:2])
        value = _main(results)[order[:2], m]
        half = results[f"{_SHOWN[str(results.attrs['method'])][0][0]}_half"].values[order[:2], m]
        points = int(results.attrs.get("evaluations", results.attrs["points"]))
        if not value[0] > half[0]:
            return f"{points:,} points do not tell on what it depends whether {_what(results)}"
        if value[0] - value[1] < np.hypot(*half):
            return f"Whether {_what(results)} depends most on {first} and {second}, which {points:,} points do not rank"
        return f"Whether {_what(results)} depends most on {first}, then on {second}"

    def caption(self, results: xr.Dataset) -> str:
        """How it was computed."""
        a = results.attrs
        size = int(a.get("evaluations", a["points"]))
        rows = f"The {len(_order(results))} largest of {results.sizes['input']}"
        if a["method"] == "sobol":
            by = {"claim": "claims (a number that rests on several counts for each)", "actor": "actors"}
            return (
                f"{rows} {by.get(str(a.get('by')), 'numbers')}; {size:,} points of the prior. Luck is an input of its "
                "own (orange), the planted dummy does nothing. Lines: 95 % bootstrap intervals. What total order has "
                f"beyond first order is interaction.{_grown_note(results)}{_settled_note(results)}"
                f"{widened_note(results)}"
            )
        counted = f"{rows} inputs; {size:,} points, {int(a['failed'])} left out."
        return f"{counted} Lines: 95 % intervals.{widened_note(results)}"

    def height(self, results: xr.Dataset) -> float:
        """Inches: a line for each input."""
        return 1.3 + 0.36 * len(_order(results))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One row for each input."""
        grown = results.attrs["method"] == "sobol" and results.sizes["size"] > 1
        panels = body.subplots(1, 2, width_ratios=[2.2, 1]) if grown else [body.subplots()]
        axes: Axes = panels[0]
        if grown:
            _convergence(panels[1], results, look)
        m = _measure(results)
        order = _order(results)
        rows = np.arange(len(order), dtype=float)
        method = str(results.attrs["method"])
        shown = _SHOWN[method]
        luck = np.array([str(results["input"].values[n]).startswith("(luck") for n in order])
        thick = 0.72 / len(shown)
        for place, (name, _, color) in enumerate(shown):
            values = results[name].values[order, m]
            half = results[f"{name}_half"].values[order, m]
            at = rows + (place - (len(shown) - 1) / 2) * thick
            colors = [ORANGE if one else color for one in luck]
            axes.barh(
                at, np.maximum(values, 0), thick * 0.92, color=colors, alpha=1.0 if name != "ST" else 0.75,
                xerr=half, error_kw={"ecolor": look.ink, "elinewidth": 1.0, "capsize": 2},
            )  # fmt: skip
        titles = [wrapped(str(results["input_title"].values[n]), 40) for n in order]
        axes.set_yticks(rows, titles)
        axes.set_ylim(len(order) - 0.4, -0.6)
        axes.set_xlim(left=0)
        axes.axvline(0, color=look.muted, linewidth=0.8)
        axes.set_xlabel(_AXES[method])
        axes.grid(axis="x")
        axes.tick_params(axis="y", length=0, labelsize=8.5)
        if len(shown) > 1:
            handles, words = [Patch(color=c) for _, _, c in shown], [w for _, w, _ in shown]
            body.legend(handles, words, loc="outside lower center", ncols=2)


def _convergence(axes: Axes, results: xr.Dataset, look: Look) -> None:
    """Total order of the first inputs over growing prefixes of the design."""
    sizes = results["size"].values
    for place, n in enumerate(_order(results)[:4]):
        values = results["ST_at"].values[:, n, _measure(results)]
        color, marker = look.actor_color(place), look.actor_marker(place)
        axes.plot(np.arange(len(sizes)), values, label=f"row {place + 1}", color=color, marker=marker, markersize=4)
    axes.set_xticks(np.arange(len(sizes)), [f"{size:,}" for size in sizes])
    axes.set_ylim(bottom=0)
    axes.set_xlabel("base points")
    axes.set_title("Total order")
    axes.grid(axis="y")
    axes.legend(loc="lower right", fontsize=8)


def _grown_note(results: xr.Dataset) -> str:
    return " Right: the same with fewer points." if results.sizes["size"] > 1 else ""


def _settled_note(results: xr.Dataset) -> str:
    """Whether the leading indices are known well enough, and what was screened before."""
    a, note = results.attrs, ""
    if "widest" in results:
        m = _measure(results)
        known = f"leading indices are known to ± {float(results['widest'].values[m]):.2f}"
        settled = bool(results["converged"].values[m])
        note = f" Settled: {known}." if settled else f" Not settled: {known}, ± {float(a['precision']):g} was wanted."
    if "screened" in a:
        note += f" Screened from {int(a['screened'])}; the {int(a['others'])} that change less are one row."
    return note


def _measure(results: xr.Dataset) -> int:
    """The measure that varies most."""
    if "shown" in results and np.any(results["shown"].values):
        mean = np.where(results["shown"].values, np.nan_to_num(results["mean"].values), 0.0)
        return int(np.argmax(mean * (1 - mean)))
    if "mean" in results and results["mean"].dims == ("measure",):
        mean = np.nan_to_num(results["mean"].values)
        return int(np.argmax(mean * (1 - mean)))
    return int(np.nanargmax(np.nansum(_main(results), axis=0)))


def _main(results: xr.Dataset) -> np.ndarray:
    return np.asarray(results[_SHOWN[str(results.attrs["method"])][0][0]].values)


def _order(results: xr.Dataset) -> Ints:
    values = np.nan_to_num(_main(results)[:, _measure(results)], nan=-1.0)
    return np.argsort(-values, kind="stable")[:_MOST_ROWS]


def _what(results: xr.Dataset) -> str:
    return str(results["measure_words"].values[_measure(results)])


def widened_note(results: xr.Dataset) -> str:
    """Say by how much ranges were widened, if they were."""
    factor = results.attrs.get("widened")
    return f" Ranges widened: half-widths × {float(factor):g}." if factor else ""
