"""Share of each ending and of each kind of first deal."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Bools
from sim.plots.grouped_bars import group_legend, grouped_bars
from sim.plots.labels import SPOKEN, kinds_offered
from sim.plots.plot import Plot, figure
from sim.plots.shares import Group, draws_note, focus, groups, with_error
from sim.plots.style import ENDING_COLORS, STATE_COLORS, Look
from sim.store import meanings

_ENDINGS = {
    "truce": "Truce",
    "partial": "Partial deal",
    "settlement": "Settlement",
    "stalemate": "Stalemate\n(no deal in force yet)",
    "war": "War\n(a deal, then broken)",
}
_DECLARED = {"truce": "Truce", "partial": "Partial deal", "settlement": "Settlement", "none": "None"}
_ARMS = "Decided by arms"


@figure("endings", source="intervals: Wilson 1927, J Am Stat Assoc 22:209-212")
class Endings(Plot):
    """Bars show how talks end, what was signed first, and how often arms decide, with 95 % intervals."""

    def fits(self, results: xr.Dataset) -> bool:
        """Every run has endings."""
        return {"ending", "declared", "decided_by_arms"} <= set(results.data_vars)

    def title(self, results: xr.Dataset) -> str:
        """The one or two most frequent endings."""
        group = focus(results)
        names = meanings(results, "ending")
        counts = np.bincount(results["ending"].values[group.where], minlength=len(names))
        first, second = np.argsort(-counts, kind="stable")[:2]
        if counts[first] == group.count:
            return f"Talks end in {SPOKEN[names[first]]} in {group.every_draw}"
        return (
            f"Talks end most often in {SPOKEN[names[first]]} ({with_error(counts[first], group.count)} of "
            f"{group.noun}), then in {SPOKEN[names[second]]} ({with_error(counts[second], group.count)})"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What the columns mean."""
        return (
            "Left: state at the horizon, and the share in which arms decided before it (counted on its own, beside "
            "the endings). Right: kind of the first signed deal. Lines: 95 % Wilson intervals, the error "
            f"from the number of draws alone. {draws_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a line for each ending."""
        return 1.0 + 0.52 * (len(_rows(results)) + 1)

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Two columns of bars."""
        left, right = body.subplots(1, 2, width_ratios=[1.15, 1])
        shown = groups(results)
        rows = _rows(results)
        names = meanings(results, "ending")
        codes = results["ending"].values
        values = [codes == names.index(name) for name in rows]
        values.append(results["decided_by_arms"].values.astype(bool))
        colors = [ENDING_COLORS[name] for name in rows]
        labels = [_ENDINGS[name] for name in rows]
        places = [*range(len(rows)), len(rows) + 0.25]
        _bars(left, shown, values, places, [*colors, STATE_COLORS["decided by arms"]], look)
        left.set_yticks(places, [*labels, _ARMS])
        left.axhline(len(rows) - 0.37, color=look.muted, linewidth=0.8, linestyle=":")
        left.set_title("At the horizon")
        kinds = [*kinds_offered(results), "none"]
        names = meanings(results, "declared")
        codes = results["declared"].values
        values = [codes == names.index(name) for name in kinds]
        _bars(right, shown, values, list(range(len(kinds))), [ENDING_COLORS[name] for name in kinds], look)
        right.set_yticks(range(len(kinds)), [_DECLARED[name] for name in kinds])
        right.set_title("First signed deal")
        for axes in (left, right):
            axes.set_ylim(len(rows) + 0.75, -0.55)
            axes.set_xlabel("share of draws (%)")
        group_legend(body, shown)


def _rows(results: xr.Dataset) -> list[str]:
    return [*kinds_offered(results), "stalemate", "war"]


def _bars(
    axes: Axes, shown: list[Group], values: list[Bools], places: list[float], colors: list[str], look: Look
) -> None:
    counts = [np.array([value[group.where].sum() for value in values]) for group in shown]
    grouped_bars(axes, places, counts, [group.count for group in shown], colors, shown, look)
