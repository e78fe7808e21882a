"""How far each number is from where the most frequent ending changes."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.figure import SubFigure
from matplotlib.lines import Line2D

from sim.foundations import Floats, Ints
from sim.plots.analysis.sensitivity_indices import widened_note
from sim.plots.frame.labels import SPOKEN, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import BLUE, ENDING_COLORS, ORANGE, Look

_MOST_ROWS: Final = 16


@figure("flip-distance", source="threshold analysis: Pannell 1997")
class FlipDistance(Plot):
    """Each number's range as a bar, with its central value and the nearest value at which the ending flips."""

    def fits(self, results: xr.Dataset) -> bool:
        """Flip distances of which some are within the range."""
        return results.attrs.get("method") == "flip" and bool(np.isfinite(results["distance"].values).any())

    def title(self, results: xr.Dataset) -> str:
        """How many numbers flip the ending, and the nearest clear one."""
        flips = np.isfinite(results["distance"].values)
        clear = _clear(results)
        head = f"{int(flips.sum())} of {len(flips)} numbers can change {_subject(results)} within their range"
        if not clear:
            return f"{head}, none by more than chance might"
        n = clear[0]
        where = _clear_value(results)[n]
        return f"{head}; the nearest clear flip is {results['input_spoken'].values[n]} at {where:.3g}"

    def caption(self, results: xr.Dataset) -> str:
        """What was played, and what the marks are."""
        rows = len(_order(results))
        return (
            f"The {rows} nearest; bars: range of each number; line: its central value; ring: nearest value found at "
            "which it flips, in the colour of what comes then; dot: nearest at which the new lead exceeds two standard "
            "errors. Right: the ring's value, and its distance as a share of the range. All other numbers are drawn, "
            f"{results.attrs['draws']:,} worlds at each value, the same with the same luck; those consistent with the "
            f"observations decide.{widened_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a line for each number."""
        return 1.0 + 0.36 * len(_order(results))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """A bar for each number, from the nearest flip down."""
        axes = body.subplots()
        order = _order(results)
        low, high = results["low"].values[order], results["high"].values[order]
        width = np.where(high > low, high - low, 1.0)
        central = (results["central"].values[order] - low) / width
        value = (results["value"].values[order] - low) / width
        clearly = (_clear_value(results)[order] - low) / width
        after = [_after(results, int(n)) for n in order]
        sure = results["sure"].values[order].astype(bool)
        rows = np.arange(len(order))
        axes.barh(rows, np.ones(len(rows)), 0.42, color=look.grid)
        farther = np.where(sure & (np.abs(clearly - central) > np.abs(value - central)), clearly, value)
        axes.hlines(rows, central, farther, color=look.muted, linewidth=1.6, zorder=3)
        axes.vlines(central, rows - 0.3, rows + 0.3, color=look.ink, linewidth=1.6, zorder=4)
        for row, (place, ending, clear) in enumerate(zip(value, after, sure, strict=True)):
            color = _color(ending, look)
            marks = [(clearly[row], color)] if clear else []
            if not clear or clearly[row] != place:
                marks.insert(0, (place, look.background))
            for at, face in marks:
                axes.plot(at, row, "o", markersize=8, markeredgewidth=1.8, color=face, markeredgecolor=color, zorder=5)
            shown = f"{results['value'].values[order[row]]:.3g}, {results['distance'].values[order[row]]:.0%} away"
            axes.text(1.02, row, shown, va="center", fontsize=8.5, color=look.muted)
        axes.set_yticks(rows, [wrapped(str(results["input_title"].values[n]), 46) for n in order])
        axes.set_ylim(len(order) - 0.4, -0.6)
        axes.set_xlim(-0.02, 1.24)
        axes.set_xticks([0, 0.5, 1], ["low end", "middle", "high end"])
        axes.tick_params(axis="y", length=0, labelsize=8.5)
        seen = list(dict.fromkeys(after))
        handles = [Line2D([], [], marker="o", linestyle="", color=_color(name, look)) for name in seen]
        body.legend(
            handles, [f"flips to {SPOKEN.get(name, name)}" for name in seen], loc="outside lower center", ncols=4
        )


def _clear(results: xr.Dataset) -> list[int]:
    """Numbers that flip the ending by more than chance might, the nearest first."""
    sure = np.flatnonzero(results["sure"].values)
    where = _clear_value(results)[sure]
    width = np.maximum(results["high"].values[sure] - results["low"].values[sure], 1e-300)
    distance = np.abs(where - results["central"].values[sure]) / width
    return [int(n) for n in sure[np.argsort(distance, kind="stable")]]


def _clear_value(results: xr.Dataset) -> Floats:
    """(inputs,) nearest values at which the ending flips by more than chance might; without meaning if not ``sure``."""
    return np.asarray(results["sure_value" if "sure_value" in results else "value"].values)


def _order(results: xr.Dataset) -> Ints:
    distance = results["distance"].values
    order = np.argsort(np.where(np.isfinite(distance), distance, np.inf), kind="stable")
    return np.asarray(order[np.isfinite(distance[order])][:_MOST_ROWS], dtype=np.int64)


def _after(results: xr.Dataset, n: int) -> str:
    """Ending beyond the flip; ``yes`` or ``no`` where it is a condition that flips."""
    code = int(results["ending_code"].values[n])
    if results.attrs.get("of"):
        return ("yes", "no")[code]
    return str(results["ending_code"].attrs["flag_meanings"]).split("|")[code]


def _color(ending: str, look: Look) -> str:
    return {**ENDING_COLORS, "yes": BLUE, "no": ORANGE}.get(ending, look.ink)


def _subject(results: xr.Dataset) -> str:
    words = results.attrs.get("of_words")
    return f"whether, in most worlds, {words}," if words else "the most frequent ending"
