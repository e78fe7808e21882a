"""How far each number is from where the most frequent ending changes."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.foundations import Floats, Ints, short_number
from sim.plots.analysis.row_frame import RowPlot
from sim.plots.frame.outcomes import vocabulary
from sim.plots.frame.plot import figure
from sim.plots.frame.style import BLUE, GREY, Look
from sim.store import meanings
from sim.words import percent
from sim.words.outcome_colors import outcome_colors


@figure("flip-distance", source="threshold analysis: Pannell 1997")
class FlipDistance(RowPlot):
    """Each number's range as a bar, with its central value and the nearest value at which the ending flips."""

    most = 16

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
        where = short_number(float(_clear_value(results)[clear[0]]))
        return f"{head}; the nearest clear flip is {results['input_spoken'].values[clear[0]]} at {where}"

    def caption(self, results: xr.Dataset) -> str:
        """What was played, and what the marks are."""
        return (
            f"The {len(self.shown(results))} nearest; bars: range of each number; line: its central value; ring: "
            "nearest value found at which it flips, in the colour of what comes then; dot: nearest at which the new "
            "lead exceeds two standard errors. Right: the ring's value, and its distance as a share of the range. All "
            f"other numbers are drawn, {int(results.attrs['draws']):,} worlds at each value, the same with the same "
            "luck; those that fit the observations decide."
        )

    def ranked(self, results: xr.Dataset) -> Floats:
        """The nearest first."""
        return np.asarray(-results["distance"].values)

    def along(self, results: xr.Dataset) -> str:
        """From the low end to the high one."""
        del results
        return "place in the number's range"

    def legend(self, results: xr.Dataset, look: Look) -> list[Artist]:
        """What it flips to."""
        seen = dict.fromkeys(_after(results, int(n)) for n in self.shown(results))
        return [
            Line2D([], [], marker="o", linestyle="", color=_color(results, name, look),
                   label=f"flips to {_spoken(results, name)}")
            for name in seen
        ]  # fmt: skip

    def paint_rows(self, axes: Axes, results: xr.Dataset, shown: Ints, look: Look) -> None:
        """A bar for each number, from the nearest flip down."""
        one, rows = results.isel(input=shown), np.arange(len(shown))
        low, high = one["low"].values, one["high"].values
        width = np.where(high > low, high - low, 1.0)
        central, value, clearly = (
            (place - low) / width for place in (one["central"].values, one["value"].values, _clear_value(one))
        )
        sure = one["sure"].values.astype(bool)
        axes.barh(rows, np.ones(len(rows)), 0.42, color=look.grid)
        farther = np.where(sure & (np.abs(clearly - central) > np.abs(value - central)), clearly, value)
        axes.hlines(rows, central, farther, color=look.muted, linewidth=1.6, zorder=3)
        axes.vlines(central, rows - 0.3, rows + 0.3, color=look.ink, linewidth=1.6, zorder=4)
        for row, place in enumerate(value):
            color = _color(results, _after(one, row), look)
            marks = [(clearly[row], color)] if sure[row] else []
            if not sure[row] or clearly[row] != place:
                marks.insert(0, (place, look.background))
            for at, face in marks:
                axes.plot(at, row, "o", markersize=8, markeredgewidth=1.8, color=face, markeredgecolor=color, zorder=5)
            away = percent(float(one["distance"].values[row]))
            shown_value = short_number(float(one["value"].values[row]))
            axes.text(1.02, row, f"{shown_value}, {away} away", va="center", fontsize=8.5, color=look.muted)
        axes.set_xlim(-0.02, 1.28)
        axes.set_xticks([0, 0.5, 1], ["low end", "middle", "high end"])


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


def _after(results: xr.Dataset, n: int) -> str:
    """Ending beyond the flip; ``yes`` or ``no`` where it is a condition that flips."""
    code = int(results["ending_code"].values[n])
    return ("yes", "no")[code] if results.attrs.get("of") else meanings(results, "ending_code")[code]


def _spoken(results: xr.Dataset, ending: str) -> str:
    return ending if results.attrs.get("of") else vocabulary(results).endings[ending].noun


def _color(results: xr.Dataset, ending: str, look: Look) -> str:
    if results.attrs.get("of"):
        return {"yes": BLUE, "no": GREY}[ending]
    return outcome_colors(vocabulary(results)).get(ending, look.ink)


def _subject(results: xr.Dataset) -> str:
    words = results.attrs.get("of_words")
    return f"whether, in most worlds, {words}," if words else "the most frequent ending"
