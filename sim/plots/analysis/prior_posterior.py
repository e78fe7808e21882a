"""Prior and posterior of the numbers that the observations moved most."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.foundations import Floats, Ints
from sim.plots.analysis.row_frame import RowPlot
from sim.plots.frame.plot import figure
from sim.plots.frame.style import BLUE, GREY, Look


@figure("prior-posterior", source="Kolmogorov-Smirnov distance; conditioning by rejection")
class PriorPosterior(RowPlot):
    """Bars show where each number lies within its range before and after conditioning on the observations."""

    most = 12
    inches = 0.42

    def fits(self, results: xr.Dataset) -> bool:
        """A comparison in which some worlds are left and some are struck."""
        a = results.attrs
        return a.get("method") == "posterior" and 0 < int(a["effective"]) < int(a["draws"])

    def title(self, results: xr.Dataset) -> str:
        """The number that moved most."""
        n = int(self.shown(results)[0])
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
            f"Grey: all {int(a['draws']):,} worlds; blue: the {int(a['effective']):,} that fit the observations. "
            "Thick: middle half of the worlds, thin: 90 %, mark: median; each number on its own range. D: largest gap "
            f"between the two distribution functions; chance alone exceeds {float(results['threshold']):.3f} for 1 "
            f"number in 20, here {moved} of {results.sizes['path']} do."
        )

    def ranked(self, results: xr.Dataset) -> Floats:
        """The gap between before and after."""
        return np.asarray(results["distance"].values)

    def along(self, results: xr.Dataset) -> str:
        """From the low end to the high one."""
        del results
        return "place in the number's range"

    def legend(self, results: xr.Dataset, look: Look) -> list[Artist]:
        """Before and after."""
        del results, look
        told = ((GREY, "before (all worlds)"), (BLUE, "after (worlds that fit the observations)"))
        return [Line2D([], [], color=color, linewidth=5, label=label) for color, label in told]

    def paint_rows(self, axes: Axes, results: xr.Dataset, shown: Ints, look: Look) -> None:
        """Two interval marks for each number."""
        low, high = results["number_low"].values[shown], results["number_high"].values[shown]
        width = np.where(high > low, high - low, 1.0)
        for group, (color, beside) in enumerate(((GREY, -0.16), (BLUE, 0.16))):
            places = (results["quantiles"].values[shown, group] - low[:, None]) / width[:, None]
            rows = np.arange(len(shown)) + beside
            axes.hlines(rows, places[:, 0], places[:, 4], color=color, linewidth=1.4)
            axes.hlines(rows, places[:, 1], places[:, 3], color=color, linewidth=5.5)
            axes.plot(places[:, 2], rows, "o", color=look.background, markeredgecolor=color, markersize=5.5)
        for row, n in enumerate(shown):
            axes.text(1.03, row, f"D {results['distance'].values[n]:.2f}", va="center", fontsize=8.5, color=look.muted)
        axes.set_xlim(0, 1.13)
        axes.set_xticks([0, 0.5, 1], ["low end", "middle", "high end"])
