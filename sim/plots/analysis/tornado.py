"""Tornado: what either end of each number's range does to the most frequent endings."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from sim.foundations import Floats, Ints
from sim.plots.analysis.row_frame import ERROR, RowPlot, most_varied
from sim.plots.frame.plot import figure
from sim.plots.frame.style import BLUE, GREY, Look
from sim.words import Z, percent, points


@figure("tornado", source="one-at-a-time analysis: Saltelli et al. 2008, ch. 2")
class Tornado(RowPlot):
    """Bars show how the share of an outcome changes with each number at the ends of its range."""

    def fits(self, results: xr.Dataset) -> bool:
        """A tornado in which something moves."""
        return results.attrs.get("method") == "tornado" and bool((np.abs(results["change"].values) > 0).any())

    def title(self, results: xr.Dataset) -> str:
        """The number that moves the share most."""
        n, one = int(self.shown(results)[0]), _one(results)
        end = int(np.argmax(np.abs(one["change"].values[n])))
        moved = points(float(one["change"].values[n, end]), float(one["error"].values[n, end]))
        return (
            f"The {('low', 'high')[end]} end of {results['input_spoken'].values[n]} moves the share in which "
            f"{_words(results)} by {moved} points"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What was played."""
        base = percent(float(_one(results)["base"]))
        return (
            f"The {len(self.shown(results))} numbers of {results.sizes['input']} that move it most, one at a time; all "
            f"others are drawn. {int(results.attrs['draws']):,} worlds at each end, the same with the same luck; "
            f"lines: 95 % intervals, paired. Vertical line: {base} with every number drawn. "
            "All worlds, whether or not they fit the observations."
        )

    def ranked(self, results: xr.Dataset) -> Floats:
        """The larger of the two changes."""
        return np.asarray(np.abs(_one(results)["change"].values).max(axis=1))

    def along(self, results: xr.Dataset) -> str:
        """The share of the outcome."""
        return f"share of worlds in which {_words(results)} (%)"

    def legend(self, results: xr.Dataset, look: Look) -> list[Artist]:
        """The two ends."""
        del results, look
        return [Patch(color=GREY, label="number at its low end"), Patch(color=BLUE, label="at its high end")]

    def paint_rows(self, axes: Axes, results: xr.Dataset, shown: Ints, look: Look) -> None:
        """Two bars for each number, from the share with everything drawn."""
        one = _one(results)
        base, change, half = 100 * float(one["base"]), 100 * one["change"].values, 100 * Z * one["error"].values
        for end, color in enumerate((GREY, BLUE)):
            at = np.arange(len(shown)) + (end - 0.5) * 0.36
            axes.barh(at, change[shown, end], 0.34, left=base, color=color, xerr=half[shown, end],
                      error_kw={"ecolor": look.ink, **ERROR})  # fmt: skip
        axes.axvline(base, color=look.ink, linewidth=1.0)


def _one(results: xr.Dataset) -> xr.Dataset:
    """The outcome that varies most, over all worlds."""
    every = results.sel(group="all")
    return every.isel(measure=most_varied(every["base"].values))


def _words(results: xr.Dataset) -> str:
    return str(_one(results)["measure_words"].values)
