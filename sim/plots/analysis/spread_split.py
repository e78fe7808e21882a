"""Where the spread of the answer comes from: evidence, model, both together, luck."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.figure import SubFigure
from matplotlib.patches import Patch

from sim.foundations import Floats, Ints
from sim.plots.analysis.sensitivity_indices import widened_note
from sim.plots.frame.labels import wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import BLUE, GREY, ORANGE, PURPLE, Look

_WORDS: Final = ("evidence (ranges)", "model (conventions)", "both together", "luck")
_COLORS: Final = (BLUE, ORANGE, PURPLE, GREY)
_WHOLE: Final = "ending (all)"


@figure("spread-split", source="law of total variance: Searle, Casella & McCulloch 1992, ch. 4")
class SpreadSplit(Plot):
    """Stacked bars show which share of each outcome's variance is due to evidence, model, both, and luck."""

    def fits(self, results: xr.Dataset) -> bool:
        """A split of something that varies."""
        return results.attrs.get("method") == "spread" and bool(np.isfinite(results["part"].values).any())

    def title(self, results: xr.Dataset) -> str:
        """The parts of the ending."""
        row = int(_order(results)[0])
        evidence, model, both, luck = (f"{100 * part:.0f} %" for part in _parts(results)[:, row])
        return (
            f"The spread of {_name(results, row)} is {evidence} evidence, {model} model, {luck} luck, "
            f"and {both} evidence and model together"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What was played."""
        a = results.attrs
        half = 100 * np.nan_to_num(results["half"].values[:, int(_order(results)[0])]).max()
        return (
            "Shares of the variance. Evidence: worlds drawn from the ranges; model: the scenario as written and its "
            "usual other conventions, each counted alike; together: what a convention does in some worlds only; luck: "
            f"talks, arms and collapses told again. {a['worlds']} worlds × {a['variants']} readings × {a['repeats']} "
            f"stories; shares of the first row are within {half:.0f} points (95 %).{widened_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a line for each measure."""
        return 1.1 + 0.36 * len(_order(results))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One stacked bar for each measure that varies, the ending as a whole first."""
        axes = body.subplots()
        order = _order(results)
        parts = 100 * _parts(results)[:, order]
        left = np.zeros(len(order))
        rows = np.arange(len(order))
        for part, color in zip(parts, _COLORS, strict=True):
            axes.barh(rows, part, 0.7, left=left, color=color, edgecolor=look.background, linewidth=1.0)
            for row, (start, size) in enumerate(zip(left, part, strict=True)):
                if size >= 5:
                    axes.text(start + size / 2, row, f"{size:.0f}", ha="center", va="center", fontsize=8.5, color="k")
            left = left + part
        axes.set_yticks(rows, [wrapped(_name(results, int(n)), 42) for n in order])
        axes.get_yticklabels()[0].set_fontweight("bold")
        axes.set_ylim(len(order) - 0.4, -0.6)
        axes.set_xlim(0, 100)
        axes.set_xlabel("share of the variance (%)")
        axes.tick_params(axis="y", length=0, labelsize=8.5)
        body.legend([Patch(color=color) for color in _COLORS], _WORDS, loc="outside lower center", ncols=4)


def _parts(results: xr.Dataset) -> Floats:
    """(4, measures) shares, summing to 1."""
    return np.asarray(results["part"].transpose("part_name", "measure").values)


def _order(results: xr.Dataset) -> Ints:
    """Measures that vary; the ending as a whole first."""
    names = [str(name) for name in results["measure"].values]
    known = [n for n in range(len(names)) if np.isfinite(results["part"].isel(measure=n).values).all()]
    return np.array(sorted(known, key=lambda n: names[n] != _WHOLE), dtype=np.int64)


def _name(results: xr.Dataset, row: int) -> str:
    name = str(results["measure"].values[row])
    return "the ending" if name == _WHOLE else f"whether {results['measure_words'].values[row]}"
