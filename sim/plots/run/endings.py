"""Share of each ending and of each kind of first deal."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Patch

from sim.foundations import Bools
from sim.plots.frame.labels import SPOKEN, arms_listed, endings_listed, kinds_offered
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.shares import Group, draws_note, focus, groups, percent, with_error
from sim.plots.frame.style import ENDING_COLORS, STATE_COLORS, Look
from sim.plots.run.grouped_bars import bar_place, group_legend, grouped_bars
from sim.store import meanings
from sim.words import Vocabulary

_ENDINGS = {
    "truce": "Truce",
    "partial": "Partial deal",
    "settlement": "Settlement",
    "stalemate": "No deal\n(none, or not in force yet)",
    "war": "Broken deal\n(signed, then broken)",
    "deal": "Deal",
    "no_deal": "No deal\n(none, or not in force yet)",
    "broken": "Broken deal\n(signed, then broken)",
}
#: Endings without a deal in force, which arms may have decided.
_WITHOUT = ("stalemate", "war", "no_deal", "broken")
_DECLARED = {"truce": "Truce", "partial": "Partial deal", "settlement": "Settlement", "deal": "Deal", "none": "None"}
_ARMS = "Decided by arms"
_HATCH = "////"


@figure("endings", source="intervals: Wilson 1927, J Am Stat Assoc 22:209-212")
class Endings(Plot):
    """Bars show how talks end, what was signed first, and how often arms decide, with 95 % intervals."""

    of_draws = True

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
            return f"The end is {SPOKEN[names[first]]} in {group.every_draw}"
        return (
            f"The end is most often {SPOKEN[names[first]]} ({with_error(counts[first], group.count)} of {group.noun}"
            f"{_decided(results, names[first])}), then {SPOKEN[names[second]]} "
            f"({with_error(counts[second], group.count)}{_decided(results, names[second])})"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What the columns mean."""
        words, rows = Vocabulary.from_attrs(results.attrs), _rows(results)
        broken = f" Broken deal: {words.endings[words.broken].meaning}." if words.broken in rows else ""
        hatched = (
            " Hatched: the part of these in which arms had decided the war; otherwise it goes on. Last bar: all in "
            "which arms decided."
            if results["decided_by_arms"].values.any()
            else ""
        )
        return (
            f"Left: state at the horizon. No deal: {words.endings[words.never].meaning}.{broken}{hatched} "
            "Right: kind of the first signed deal. Lines: 95 % Wilson intervals, the error "
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
        arms = results["decided_by_arms"].values.astype(bool)
        colors = [ENDING_COLORS[name] for name in rows]
        labels = [_ENDINGS.get(name, name) for name in rows]
        places: list[float] = [*range(len(rows))]
        decided = [value & arms for value in values]
        if arms_listed(results):
            values.append(arms)
            colors.append(STATE_COLORS["decided by arms"])
            labels.append(_ARMS)
            places.append(len(rows) + 0.25)
            left.axhline(len(rows) - 0.37, color=look.muted, linewidth=0.8, linestyle=":")
        _bars(left, shown, values, places, colors, look)
        _hatch(left, shown, decided, rows, look)
        left.set_yticks(places, labels)
        left.set_title("At the horizon")
        kinds = [*kinds_offered(results), "none"]
        names = meanings(results, "declared")
        codes = results["declared"].values
        values = [codes == names.index(name) for name in kinds]
        _bars(right, shown, values, list(range(len(kinds))), [ENDING_COLORS[name] for name in kinds], look)
        right.set_yticks(range(len(kinds)), [_DECLARED.get(name, name) for name in kinds])
        right.set_title("First signed deal")
        for axes in (left, right):
            axes.set_ylim(max(places) + 0.5, -0.55)
            axes.set_xlabel("share of draws (%)")
        group_legend(body, shown, also=[hatched_patch(look)] if arms.any() else [])


def decided_share(results: xr.Dataset, ending: str) -> float:
    """Share of the draws that headlines speak of that end so and in which arms had decided."""
    group = focus(results)
    here = results["ending"].values == meanings(results, "ending").index(ending)
    return float((here & results["decided_by_arms"].values.astype(bool))[group.where].mean())


def hatched_patch(look: Look) -> Patch:
    """The entry of a legend for what arms decided."""
    return Patch(facecolor="none", edgecolor=look.ink, hatch=_HATCH, linewidth=0.6, label="arms had decided the war")


def _decided(results: xr.Dataset, ending: str) -> str:
    share = decided_share(results, ending) if ending in _WITHOUT else 0.0
    return f"; in {percent(share)} decided by arms" if share > 0 else ""


def _hatch(axes: Axes, shown: list[Group], values: list[Bools], rows: list[str], look: Look) -> None:
    """Hatch the part of the bars without a deal in which arms had decided, from the left end of each bar."""
    for ending in _WITHOUT:
        if ending not in rows:
            continue
        row = rows.index(ending)
        for order, group in enumerate(shown):
            share = 100 * float(values[row][group.where].mean())
            at, thick = bar_place(row, order, len(shown))
            if share > 0:
                axes.barh(at, share, thick, facecolor="none", edgecolor=look.ink, hatch=_HATCH, linewidth=0.6,
                          gid="decided by arms", label="_arms")  # fmt: skip


def _rows(results: xr.Dataset) -> list[str]:
    return endings_listed(results)


def _bars(
    axes: Axes, shown: list[Group], values: list[Bools], places: list[float], colors: list[str], look: Look
) -> None:
    counts = [np.array([value[group.where].sum() for value in values]) for group in shown]
    grouped_bars(axes, places, counts, [group.count for group in shown], colors, shown, look)
