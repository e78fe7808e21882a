"""Where the spread of the answer comes from: evidence, model, both together, luck."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from sim.foundations import Floats, Ints
from sim.plots.analysis.row_frame import RowPlot
from sim.plots.frame.plot import figure
from sim.plots.frame.style import BLUE, GREEN, GREY, YELLOW, Look, ink_on
from sim.words import in_hundred, percent

_PARTS: Final = (
    ("evidence (ranges)", BLUE),
    ("structure (conventions)", YELLOW),
    ("evidence and structure together", GREEN),
    ("luck", GREY),
)
_WHOLE: Final = "ending (all)"
_LEAST_WRITTEN: Final = 0.05


@figure("spread-split", source="law of total variance: Searle, Casella & McCulloch 1992, ch. 4")
class SpreadSplit(RowPlot):
    """Stacked bars show which share of each outcome's variance is due to evidence, structure, both, and luck."""

    most = 24

    def fits(self, results: xr.Dataset) -> bool:
        """A split of something that varies."""
        return results.attrs.get("method") == "spread" and bool(np.isfinite(results["part"].values).any())

    def title(self, results: xr.Dataset) -> str:
        """The parts of the ending."""
        row = int(self.shown(results)[0])
        evidence, model, both, luck = (percent(part) for part in _parts(results)[:, row])
        return (
            f"The spread of {self.names(results)[row]} is {evidence} evidence, {model} structure, {luck} luck, "
            f"and {both} evidence and structure together"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What was played."""
        a = results.attrs
        half = np.nan_to_num(results["half"].values[:, int(self.shown(results)[0])]).max()
        return (
            "Shares of the variance. Evidence: worlds drawn from the ranges; structure: combinations of conventions, "
            "the settings of each equally often; together: what a convention does in some worlds only; luck: "
            f"talks, arms and collapses told again. {a['worlds']} worlds × {a['variants']} readings × {a['repeats']} "
            f"stories; shares of the first row are within {in_hundred(half)} points (95 %). Of an outcome that hardly "
            "varies the parts say little; in brackets: in how many stories it is so."
        )

    def ranked(self, results: xr.Dataset) -> Floats:
        """The ending as a whole first, then as they come; what does not vary has no row."""
        names = [str(name) for name in results["measure"].values]
        place = np.array([1.0 if name == _WHOLE else -n for n, name in enumerate(names)])
        return np.where(np.isfinite(_parts(results)).all(axis=0), place, np.nan)

    def names(self, results: xr.Dataset) -> list[str]:
        """What the outcomes are."""
        measures = [str(name) for name in results["measure"].values]
        mean = results["mean"].mean("variant")
        means = dict(zip(map(str, results["measure_alone"].values), mean.values, strict=True))
        told = zip(measures, results["measure_words"].values, strict=True)
        return [
            "the ending" if name == _WHOLE else f"whether {words} ({percent(float(means[name]))})"
            for name, words in told
        ]

    def along(self, results: xr.Dataset) -> str:
        """Of the whole."""
        del results
        return "share of the variance (%)"

    def legend(self, results: xr.Dataset, look: Look) -> list[Artist]:
        """The parts."""
        del results, look
        return [Patch(color=color, label=label) for label, color in _PARTS]

    def paint_rows(self, axes: Axes, results: xr.Dataset, shown: Ints, look: Look) -> None:
        """One stacked bar for each outcome that varies."""
        rows, left = np.arange(len(shown)), np.zeros(len(shown))
        for part, (_, color) in zip(_parts(results)[:, shown], _PARTS, strict=True):
            axes.barh(rows, 100 * part, 0.7, left=100 * left, color=color, edgecolor=look.background, linewidth=1.0)
            for row in rows[part >= _LEAST_WRITTEN]:
                axes.text(100 * (left[row] + part[row] / 2), row, in_hundred(part[row]), ha="center", va="center",
                          fontsize=8.5, color=ink_on(color))  # fmt: skip
            left = left + part
        axes.set_xlim(0, 100)


def _parts(results: xr.Dataset) -> Floats:
    """(4, measures) shares, summing to 1."""
    return np.asarray(results["part"].transpose("part_name", "measure").values)
