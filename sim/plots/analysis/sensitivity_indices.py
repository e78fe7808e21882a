"""Sensitivity indices with their intervals: by number, by actor or by claim."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Patch

from sim.foundations import Floats, Ints
from sim.plots.analysis.row_frame import ERROR, RowPlot, most_varied
from sim.plots.frame.label_spacing import spaced
from sim.plots.frame.labels import wrapped
from sim.plots.frame.plot import figure
from sim.plots.frame.style import BLUE, GREY, SKY, Look
from sim.plots.frame.user_text import one_line
from sim.sensitivity.grouping import DUMMY, OTHERS
from sim.words import counted

#: Method -> variables, what they are called, and their colours; the first decides the order.
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
#: Inputs whose growth is shown, and letters of their names there.
_GROWN: Final = 4
_GROWN_LETTERS: Final = 34


@figure(
    "sensitivity-indices", source="Saltelli et al. 2010; Campolongo et al. 2007; Borgonovo 2007; Pianosi & Wagener 2018"
)
class SensitivityIndices(RowPlot):
    """Bars show how much each input, or group of inputs, moves the outcome, with 95 % intervals."""

    def fits(self, results: xr.Dataset) -> bool:
        """An analysis of indices, of an outcome that varies."""
        return results.attrs.get("method") in _SHOWN and bool(np.isfinite(_main(results)).any())

    def title(self, results: xr.Dataset) -> str:
        """The inputs that move it most."""
        m, what = _measure(results), results["measure_words"].values[_measure(results)]
        order = np.array([n for n in self.shown(results) if str(results["input"].values[n]) not in {OTHERS, DUMMY}])
        first, second = (str(results["input_spoken"].values[n]).strip("()") for n in order[:2])
        value = _main(results)[order[:2], m]
        half = results[f"{_SHOWN[str(results.attrs['method'])][0][0]}_half"].values[order[:2], m]
        size = counted(_points(results), "points")
        if not value[0] > half[0]:
            return f"{size} do not tell on what it depends whether {what}"
        if value[0] - value[1] < np.hypot(*half):
            return f"Whether {what} depends most on {first} and on {second}; {size} do not tell which comes first"
        return f"Whether {what} depends most on {first}, then on {second}"

    def caption(self, results: xr.Dataset) -> str:
        """How it was computed."""
        a, size = results.attrs, counted(_points(results), "points")
        rows = f"The {len(self.shown(results))} largest of {results.sizes['input']}"
        if a["method"] != "sobol":
            return f"{rows} inputs; {size}, {int(a['failed'])} left out. Lines: 95 % intervals."
        by = {
            "claim": "claims (a number that rests on several counts for each)",
            "actor": "actors",
            "evidence": "kinds of evidence",
        }
        grown = " Right: the same with fewer points." if results.sizes["size"] > 1 else ""
        return (
            f"{rows} {by.get(str(a.get('by')), 'numbers')}; {size} of all worlds that may be drawn. Luck is an input "
            "of its own (grey), the planted dummy does nothing. Lines: 95 % bootstrap intervals. What total order "
            f"has beyond first order is interaction.{grown}{_settled_note(results)}"
        )

    def ranked(self, results: xr.Dataset) -> Floats:
        """The index, of the outcome that varies most."""
        return np.nan_to_num(_main(results)[:, _measure(results)], nan=-1.0)

    def along(self, results: xr.Dataset) -> str:
        """What the index is."""
        return _AXES[str(results.attrs["method"])]

    def legend(self, results: xr.Dataset, look: Look) -> list[Artist]:
        """Where there are two indices."""
        del look
        kinds = _SHOWN[str(results.attrs["method"])]
        return [Patch(color=color, label=label) for _, label, color in kinds] if len(kinds) > 1 else []

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """The rows, and beside them how indices grew with the points."""
        if results.attrs["method"] == "sobol" and results.sizes["size"] > 1:
            rows, growth = body.subplots(1, 2, width_ratios=[1.6, 1])
            self._grow(growth, results, look)
        else:
            rows = body.subplots()
        self.paint_on(body, rows, results, look)

    def paint_rows(self, axes: Axes, results: xr.Dataset, shown: Ints, look: Look) -> None:
        """A bar for each index."""
        m, kinds = _measure(results), _SHOWN[str(results.attrs["method"])]
        luck = [str(results["input"].values[n]).startswith("(luck") for n in shown]
        thick = 0.72 / len(kinds)
        for place, (name, _, color) in enumerate(kinds):
            at = np.arange(len(shown)) + (place - (len(kinds) - 1) / 2) * thick
            axes.barh(
                at, np.maximum(results[name].values[shown, m], 0), thick * 0.92, alpha=1.0 if name != "ST" else 0.75,
                color=[GREY if one else color for one in luck], xerr=results[f"{name}_half"].values[shown, m],
                error_kw={"ecolor": look.ink, **ERROR},
            )  # fmt: skip
        axes.set_xlim(left=0)

    def _grow(self, axes: Axes, results: xr.Dataset, look: Look) -> None:
        """Total order of the first inputs over growing prefixes of the design, each named where it ends."""
        sizes, shown = results["size"].values, self.shown(results)[:_GROWN]
        grown = results["ST_at"].values[:, shown, _measure(results)]
        top = 1.15 * max(float(np.nanmax(grown)), 1e-9)
        ends = spaced(np.nan_to_num(grown[-1]).tolist(), 0.11 * top, 0.05 * top, 0.95 * top)
        for place, (n, end) in enumerate(zip(shown, ends, strict=True)):
            color, marker = (BLUE, SKY, look.ink, GREY)[place], look.actor_marker(place)
            axes.plot(np.arange(len(sizes)), grown[:, place], color=color, marker=marker, markersize=4)
            name = wrapped(one_line(str(results["input_title"].values[n]).strip("()"), _GROWN_LETTERS), 17)
            axes.annotate(name, (len(sizes) - 1, grown[-1, place]), (1.03, end), color=look.ink, fontsize=7.5,
                          va="center", textcoords=axes.get_yaxis_transform(), annotation_clip=False)  # fmt: skip
        axes.set_xticks(np.arange(len(sizes)), [f"{size:,}" for size in sizes])
        axes.set_ylim(0, top)
        axes.set_xlabel("base points")
        axes.set_title("Total order")
        axes.grid(axis="y")


def _points(results: xr.Dataset) -> int:
    return int(results.attrs.get("evaluations", results.attrs["points"]))


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
    """The outcome that varies most."""
    if "shown" in results and np.any(results["shown"].values):
        return most_varied(np.where(results["shown"].values, results["mean"].values, 0.0))
    if "mean" in results and results["mean"].dims == ("measure",):
        return most_varied(results["mean"].values)
    return int(np.nanargmax(np.nansum(_main(results), axis=0)))


def _main(results: xr.Dataset) -> Floats:
    return np.asarray(results[_SHOWN[str(results.attrs["method"])][0][0]].values)
