"""What the answer owes to the evidence: the null coding, and one claim left out at a time."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.figure import SubFigure

from sim.foundations import Floats, Ints
from sim.plots.analysis.sensitivity_indices import widened_note
from sim.plots.frame.labels import wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import BLUE, GREY, Look

_MOST_ROWS: Final = 16
_NULL: Final = "null-coding"


@figure("encoding-changes", source="null model and leave-one-out of the evidence (own design)", status="light")
class EncodingChanges(Plot):
    """Points show how shares change under a null coding, or with each claim left out, with paired intervals."""

    def fits(self, results: xr.Dataset) -> bool:
        """A comparison of codings of the same worlds."""
        return results.attrs.get("method") in {_NULL, "leave-one-out"} and results.sizes["setting"] > 1

    def title(self, results: xr.Dataset) -> str:
        """The largest change, or that none is clear."""
        order, change, half = _order(results), *_changes(results)
        n = int(order[0])
        clear = int((np.abs(change) > half).sum())
        if _is_null(results):
            head = "Everybody in the middle, equal weights: "
            words = str(results["measure_words"].values[n])
            changes = f"the share in which {words} changes by {100 * change[n]:+.0f} points"
            return head + (changes if clear else "no share changes clearly")
        what = str(results["measure_words"].values[_measure(results)])
        if not clear:
            return f"No claim, left out, changes clearly whether {what}"
        name = _claim(results, n)
        return f"Without “{name}” the share in which {what} changes by {100 * change[n]:+.0f} points"

    def caption(self, results: xr.Dataset) -> str:
        """What was played."""
        change, half = _changes(results)
        rows = len(_order(results))
        clear = int((np.abs(change) > half).sum())
        unit = "outcomes" if _is_null(results) else "claims"
        what = (
            "Positions at the middle of their scales and equal salience, against the scenario as written."
            if _is_null(results)
            else "The numbers that rest on the claim are drawn from all that is plausible, and observations that "
            "rest on it alone are not asked for."
        )
        return (
            f"{what} The {rows} largest changes of {len(change)}; {clear} of {len(change)} {unit} change clearly. "
            f"{results.attrs['draws']:,} worlds, the same with the same luck; lines: 95 % intervals, paired. All "
            f"worlds, not only consistent ones.{widened_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a line for each change."""
        return 0.8 + 0.3 * len(_order(results))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """A point with its interval for each change."""
        axes = body.subplots()
        order, change, half = _order(results), *_changes(results)
        for row, n in enumerate(order):
            color = BLUE if abs(change[n]) > half[n] else GREY
            axes.errorbar(
                100 * change[n], row, xerr=100 * half[n], fmt="o", color=color, ecolor=color, capsize=2, markersize=6
            )
        axes.axvline(0, color=look.ink, linewidth=1.0)
        axes.set_yticks(np.arange(len(order)), [wrapped(_label(results, int(n)), 46) for n in order])
        axes.set_ylim(len(order) - 0.4, -0.6)
        what = (
            "of each outcome" if _is_null(results) else f"in which {results['measure_words'].values[_measure(results)]}"
        )
        axes.set_xlabel(f"change of the share of worlds {what} (percentage points)")
        axes.grid(axis="x")
        axes.tick_params(axis="y", length=0, labelsize=8.5)


def _is_null(results: xr.Dataset) -> bool:
    return bool(results.attrs["method"] == _NULL)


def _measure(results: xr.Dataset) -> int:
    """The measure that varies most as the scenario is written."""
    share = np.nan_to_num(results["share"].sel(group="all").isel(setting=0).values)
    return int(np.argmax(share * (1 - share)))


def _changes(results: xr.Dataset) -> tuple[Floats, Floats]:
    """Changes and half-widths: of every measure for the null coding, of one measure for every claim."""
    one = results.sel(group="all")
    where = {"setting": 1} if _is_null(results) else {"setting": slice(1, None), "measure": _measure(results)}
    change, error = one["change"].isel(where).values, one["change_error"].isel(where).values
    return np.asarray(change), 1.959963984540054 * np.asarray(error)


def _order(results: xr.Dataset) -> Ints:
    return np.argsort(-np.abs(np.nan_to_num(_changes(results)[0])), kind="stable")[:_MOST_ROWS]


def _label(results: xr.Dataset, n: int) -> str:
    if _is_null(results):
        share = float(results["share"].sel(group="all").isel(setting=0, measure=n))
        return f"{results['measure_words'].values[n]} ({100 * share:.0f} % as written)"
    return _claim(results, n)


def _claim(results: xr.Dataset, n: int) -> str:
    """What a claim says in short, where titles were kept, else its name."""
    told = results.attrs.get("claim_titles")
    titles = told if isinstance(told, list) else str(told).split("\n") if told else []
    return str(titles[n]) if titles else str(results["setting"].values[n + 1])
