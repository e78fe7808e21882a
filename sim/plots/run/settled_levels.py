"""What first signed deals settle, issue by issue."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Bools, Ints
from sim.plots.frame.labels import inches, issue_levels, issue_titles, issue_units, status_quo, wrapped
from sim.plots.frame.plot import WIDTH, Plot, figure
from sim.plots.frame.style import BLUE, PALE, Look
from sim.plots.frame.world_groups import WorldGroup, bar_lengths, focus, world_groups, worlds_note
from sim.plots.run.grouped_bars import group_legend, grouped_bars
from sim.words import Proportion, quantity

_MOST_ROWS = 9  # more levels than this are drawn as columns, or the frequent ones only
_LETTERS = 24  # of a level, beside its bar
_LINE = 0.16  # inches of a line of words


@figure("settled-levels", source="intervals: Wilson 1927, J Am Stat Assoc 22:209-212")
class SettledLevels(Plot):
    """Bars show, for each issue, how often the first signed deal settles it at each level."""

    of_draws = True
    by_default = False
    rank = 3

    def fits(self, results: xr.Dataset) -> bool:
        """Somebody signs something."""
        return "deal" in results and bool((results["deal"].values >= 0).any())

    def varies(self, results: xr.Dataset) -> bool:
        """Not every signed deal is the same."""
        deals = results["deal"].values
        return len(np.unique(deals[deals >= 0])) > 1

    def title(self, results: xr.Dataset) -> str:
        """The two issues on which deals differ most, each with its most frequent level."""
        group = _focus(results)
        told = [text for _, text in sorted(_news(results, group), reverse=True)[:2]]
        return f"Of {_deals(results, group).size:,} signed deals {'; '.join(told)}" + (
            f" ({group.noun})" if group.index else ""
        )

    def caption(self, results: xr.Dataset) -> str:
        """How many deals there are."""
        parts = [f"{_deals(results, group).size:,} of {group.counted}" for group in world_groups(results)]
        return (
            f"Levels in the first signed deal, as a share of the worlds in which there is one ({', '.join(parts)}), "
            "issue by issue: how levels go together in one deal is not shown. "
            "An issue at its status quo level is left unsettled by the deal. "
            f"Lines: 95 % intervals (Wilson). {worlds_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: rows of two issues."""
        rows = _grid(results)[0]
        issues = range(results.sizes["issue"])
        named = [[] if _columned(results, i) else _level_labels(results, i) for i in issues]
        most = max(min(len(names), _MOST_ROWS) or 5 for names in named)
        lines = max((name.count("\n") + 1 for names in named for name in names), default=1)
        return 0.45 + rows * (0.75 + max(0.34, _LINE * lines) * max(most, 3))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """A panel for each issue."""
        rows, columns = _grid(results)
        panels = body.subplots(rows, columns, squeeze=False).ravel()
        shown = [group for group in world_groups(results) if _deals(results, group).size]
        titles, units = list(issue_titles(results).values()), issue_units(results)
        for index, axes in enumerate(panels):
            if index >= len(titles):
                axes.set_axis_off()
                continue
            numeric = _columned(results, index)
            (_columns if numeric else _rows)(axes, results, index, shown, look)
            axes.set_title(wrapped(titles[index], int(34 * min(inches(body) / WIDTH, 1.0) ** 1.4)))
            if numeric or index + columns >= len(titles):
                (axes.set_ylabel if numeric else axes.set_xlabel)("share of signed deals (%)")
            if numeric:
                quo = status_quo(results, index)
                now = f"status quo: {issue_levels(results, index).names[quo]}" if quo >= 0 else ""
                axes.set_xlabel("; ".join(part for part in (units[index], now) if part))
        group_legend(body, shown, "deals in ")


def _grid(results: xr.Dataset) -> tuple[int, int]:
    issues = results.sizes["issue"]
    return (issues, 1) if issues < 2 else (-(-issues // 2), 2)


def _focus(results: xr.Dataset) -> WorldGroup:
    group = focus(results)
    return group if _deals(results, group).size else world_groups(results)[0]


def _deals(results: xr.Dataset, group: WorldGroup) -> Ints:
    """First signed deals of a group's worlds."""
    signed: Bools = group.where & (results["deal"].values >= 0)
    return np.asarray(results["deal"].values[signed], dtype=np.int64)


def _counts(results: xr.Dataset, issue: int, group: WorldGroup) -> Ints:
    """(levels,) how many first signed deals settle the issue there."""
    levels = issue_levels(results, issue)
    return np.bincount(levels.of_deal[_deals(results, group)], minlength=len(levels.names))


def _news(results: xr.Dataset, group: WorldGroup) -> list[tuple[float, str]]:
    """For each issue that is settled in more than one way: how much deals differ on it, and what is most frequent."""
    found = []
    for issue, title in enumerate(issue_titles(results).values()):
        levels, counts = issue_levels(results, issue), _counts(results, issue, group)
        share = counts / counts.sum()
        spread = 1 - float((share**2).sum())
        most = Proportion(int(counts.max()), int(counts.sum()))
        if levels.numeric and len(levels.names) > 2:
            values = np.repeat(levels.values, counts)
            low, middle, high = (quantity(float(np.quantile(values, q)), "") for q in (0.1, 0.5, 0.9))
            unit = issue_units(results)[issue]
            text = f"“{title}” has the median {middle} {unit}".rstrip() + f" (80 % of deals: {low} to {high})"
        else:
            text = f"“{title}” is most often {levels.names[int(counts.argmax())]}, {most}"
        found.append((spread, text))
    return found


def _columned(results: xr.Dataset, issue: int) -> bool:
    """Whether the levels are many numbers, better drawn on a scale than in rows."""
    levels = issue_levels(results, issue)
    return levels.numeric and len(levels.names) > _MOST_ROWS


def _level_labels(results: xr.Dataset, issue: int) -> list[str]:
    quo = status_quo(results, issue)
    return [
        wrapped(name, _LETTERS, 3) + ("\n(status quo)" if place == quo else "")
        for place, name in enumerate(issue_levels(results, issue).names)
    ]


def _rows(axes: Axes, results: xr.Dataset, issue: int, shown: list[WorldGroup], look: Look) -> None:
    """A line for each level; if there are too many, for the most frequent ones and the rest."""
    counts = [_counts(results, issue, group) for group in shown]
    names = _level_labels(results, issue)
    if len(names) > _MOST_ROWS:
        order = np.argsort(-counts[-1], kind="stable")
        some = max(1, min(_MOST_ROWS - 1, int((counts[-1] > 0).sum())))
        kept, rest = np.sort(order[:some]), order[some:]
        names = [*(names[i] for i in kept), f"{len(rest)} others together"]
        counts = [np.append(count[kept], count[rest].sum()) for count in counts]
    sizes = [_deals(results, group).size for group in shown]
    grouped_bars(axes, range(len(names)), counts, sizes, [BLUE] * len(names), shown, look)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.45, -0.55)


def _columns(axes: Axes, results: xr.Dataset, issue: int, shown: list[WorldGroup], look: Look) -> None:
    """A column for each number on the scale."""
    places = issue_levels(results, issue).values
    wide = float(np.diff(np.sort(places)).min()) * (0.42 if len(shown) > 1 else 0.85)
    for order, group in enumerate(shown):
        last = order == len(shown) - 1
        count = _counts(results, issue, group)
        share, error = bar_lengths(count.astype(float), _deals(results, group).size)
        at = places + (order - (len(shown) - 1) / 2) * wide
        axes.bar(at, share, wide, color=BLUE, alpha=None if last else PALE, label=group.label)
        some = count > 0  # a mark on each of many empty levels would hide the few that are settled at
        axes.errorbar(at[some], share[some], yerr=error[:, some], fmt="none", ecolor=look.ink, elinewidth=1, capsize=2)
    axes.set_ylim(0, None)
    axes.margins(x=0.02)
    axes.grid(axis="y")
