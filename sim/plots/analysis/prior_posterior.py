"""Prior and posterior of the numbers that the observations moved most."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.figure import SubFigure
from matplotlib.lines import Line2D

from sim.foundations import Ints
from sim.plots.analysis.sensitivity_indices import widened_note
from sim.plots.frame.labels import wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import BLUE, GREY, Look

_MOST_ROWS: Final = 12


@figure("prior-posterior", source="Kolmogorov-Smirnov distance; conditioning by rejection")
class PriorPosterior(Plot):
    """Bars show where each number lies within its range before and after conditioning on the observations."""

    def fits(self, results: xr.Dataset) -> bool:
        """A comparison in which some draws are left and some are struck."""
        a = results.attrs
        return a.get("method") == "posterior" and 0 < int(a["effective"]) < int(a["draws"])

    def title(self, results: xr.Dataset) -> str:
        """The number that moved most."""
        n = int(_order(results)[0])
        shift = float(results["shift"].values[n])
        return (
            f"What was observed moves {results['input_spoken'].values[n]} most: "
            f"{'up' if shift > 0 else 'down'} by {abs(shift):.2f} standard deviations"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What the marks are."""
        a = results.attrs
        moved = int((results["distance"].values > float(results["threshold"])).sum())
        return (
            f"Grey: all {int(a['draws']):,} draws; blue: the {int(a['effective']):,} consistent with the observations. "
            "Thick: middle half of the draws, thin: 90 %, mark: median; each number on its own range. D: largest gap "
            f"between the two distribution functions; chance alone exceeds {float(results['threshold']):.3f} for 1 "
            f"number in 20, here {moved} of {results.sizes['path']} do.{widened_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a line for each number."""
        return 0.9 + 0.42 * len(_order(results))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Two interval marks for each number."""
        axes = body.subplots()
        order = _order(results)
        low, high = results["number_low"].values[order], results["number_high"].values[order]
        width = np.where(high > low, high - low, 1.0)
        for group, (color, shift) in enumerate(((GREY, -0.16), (BLUE, 0.16))):
            places = (results["quantiles"].values[order, group] - low[:, None]) / width[:, None]
            rows = np.arange(len(order)) + shift
            axes.hlines(rows, places[:, 0], places[:, 4], color=color, linewidth=1.4)
            axes.hlines(rows, places[:, 1], places[:, 3], color=color, linewidth=5.5)
            axes.plot(places[:, 2], rows, "o", color=look.background, markeredgecolor=color, markersize=5.5)
        for row, n in enumerate(order):
            axes.text(1.03, row, f"D {results['distance'].values[n]:.2f}", va="center", fontsize=8.5, color=look.muted)
        axes.set_yticks(np.arange(len(order)), [wrapped(str(results["input_title"].values[n]), 46) for n in order])
        axes.set_ylim(len(order) - 0.4, -0.6)
        axes.set_xlim(0, 1.13)
        axes.set_xticks([0, 0.5, 1], ["low end", "middle", "high end"])
        axes.set_xlabel("place in the number's range")
        axes.grid(axis="x")
        axes.tick_params(axis="y", length=0, labelsize=8.5)
        handles = [Line2D([], [], color=c, linewidth=5) for c in (GREY, BLUE)]
        body.legend(handles, ["before (all draws)", "after (consistent draws)"], loc="outside lower center", ncols=2)


def _order(results: xr.Dataset) -> Ints:
    return np.argsort(-np.nan_to_num(results["distance"].values), kind="stable")[:_MOST_ROWS]
