"""What first signed deals settle, issue by issue."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Bools, Ints
from sim.plots.frame.labels import inches, issue_titles, levels_of, listed, wrapped
from sim.plots.frame.plot import WIDTH, Plot, figure
from sim.plots.frame.shares import Group, bars, draws_note, focus, groups, with_error
from sim.plots.frame.style import BLUE, PALE, Look
from sim.plots.run.grouped_bars import group_legend, grouped_bars

_MOST_ROWS = 9  # more levels than this are drawn as columns, or the frequent ones only
_NO_LEVEL = -1


@figure("settled-levels", source="intervals: Wilson 1927, J Am Stat Assoc 22:209-212")
class SettledLevels(Plot):
    """Bars show, for each issue, how often the first signed deal settles it at each level."""

    of_draws = True

    def fits(self, results: xr.Dataset) -> bool:
        """Somebody signs something."""
        return "deal" in results and bool((results["deal"].values >= 0).any())

    def title(self, results: xr.Dataset) -> str:
        """The issue on which signed deals agree most, and its level."""
        group, sizes = _focus(results)
        best: tuple[float, str, str, int] = (-1.0, "", "", 0)
        for index, title in enumerate(issue_titles(results).values()):
            levels = levels_of(results, index)
            counts = _counts(results, index, levels, group)
            share = float(counts.max() / max(sizes, 1))
            if len(levels) > 1 and share > best[0]:
                best = (share, title, levels[int(counts.argmax())], int(counts.max()))
        return f"Signed deals agree most on “{best[1]}”: {best[2]} in {with_error(best[3], sizes)} of them" + (
            f" ({group.noun})" if group.index else ""
        )

    def caption(self, results: xr.Dataset) -> str:
        """How many deals there are."""
        parts = [f"{_signed(results, group).sum():,} of {group.of_draws}" for group in groups(results)]
        return (
            f"Levels in the first signed deal, as a share of the draws in which there is one ({', '.join(parts)}). "
            "An issue at its status quo level is left unsettled by the deal. "
            f"Lines: 95 % Wilson intervals. {draws_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: rows of two issues."""
        rows = _grid(results)[0]
        levels = [levels_of(results, i) for i in range(results.sizes["issue"])]
        most = max(5 if _numeric(names) else min(len(names), _MOST_ROWS) for names in levels)
        return 0.45 + rows * (0.75 + 0.34 * max(most, 3))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """A panel for each issue."""
        rows, columns = _grid(results)
        panels = body.subplots(rows, columns, squeeze=False).ravel()
        shown = [group for group in groups(results) if _signed(results, group).any()]
        titles = list(issue_titles(results).values())
        quo, units = _status_quo(results), _units(results)
        for index, axes in enumerate(panels):
            if index >= len(titles):
                axes.set_axis_off()
                continue
            levels = levels_of(results, index)
            counts = [_counts(results, index, levels, group) for group in shown]
            numeric = _numeric(levels)
            if numeric:
                _columns(axes, levels, counts, shown, results, look)
            else:
                _rows(axes, levels, counts, shown, results, look, quo[index])
            axes.set_title(wrapped(titles[index], int(34 * min(inches(body) / WIDTH, 1.0) ** 1.4)))
            unit_axis = axes.set_ylabel if numeric else axes.set_xlabel
            if numeric or index + columns >= len(titles):
                unit_axis("share of signed deals (%)")
            if numeric:
                now = f"status quo: {quo[index]}" if quo[index] else ""
                axes.set_xlabel("; ".join(part for part in (units[index], now) if part))
        group_legend(body, shown, "deals in ")


def _grid(results: xr.Dataset) -> tuple[int, int]:
    issues = results.sizes["issue"]
    return (issues, 1) if issues < 2 else (-(-issues // 2), 2)


def _focus(results: xr.Dataset) -> tuple[Group, int]:
    group = focus(results)
    if not _signed(results, group).any():
        group = groups(results)[0]
    return group, int(_signed(results, group).sum())


def _signed(results: xr.Dataset, group: Group) -> Bools:
    return np.asarray(group.where & (results["deal"].values >= 0))


def _counts(results: xr.Dataset, issue: int, levels: list[str], group: Group) -> Ints:
    """(levels,) how many first signed deals settle the issue there."""
    deals = np.bincount(results["deal"].values[_signed(results, group)], minlength=results.sizes["deal_index"])
    names = results["deal_level"].values[issue]
    return np.array([deals[names == level].sum() for level in levels], dtype=np.int64)


def _status_quo(results: xr.Dataset) -> list[str]:
    """Status quo level of each issue; empty words where the results do not tell."""
    if "status_quo" not in results:
        return [""] * results.sizes["issue"]
    return [str(level) for level in results["status_quo"].values]


def _units(results: xr.Dataset) -> list[str]:
    """What a numeric issue is counted in; empty where the results do not tell."""
    if "issue_units" not in results.attrs:
        return [""] * results.sizes["issue"]
    return [unit if unit != "-" else "" for unit in listed(results, "issue_units")]


def _numeric(levels: list[str]) -> bool:
    """Whether the levels are many numbers, better drawn on a scale than in rows."""
    try:
        return len(levels) > _MOST_ROWS and all(np.isfinite(float(level)) for level in levels)
    except ValueError:
        return False


def _rows(
    axes: Axes, levels: list[str], counts: list[Ints], shown: list[Group], results: xr.Dataset, look: Look, quo: str
) -> None:
    """A line for each level; if there are too many, for the most frequent ones and the rest."""
    if len(levels) > _MOST_ROWS:
        order = np.argsort(-counts[-1], kind="stable")
        kept, rest = np.sort(order[: _MOST_ROWS - 1]), order[_MOST_ROWS - 1 :]
        levels = [*(levels[i] for i in kept), f"{len(rest)} others together"]
        counts = [np.append(count[kept], count[rest].sum()) for count in counts]
    sizes = [int(_signed(results, group).sum()) for group in shown]
    grouped_bars(axes, range(len(levels)), counts, sizes, [BLUE] * len(levels), shown, look)
    names = [wrapped(level, 24) + ("\n(status quo)" if level == quo else "") for level in levels]
    axes.set_yticks(range(len(levels)), names)
    axes.set_ylim(len(levels) - 0.45, -0.55)


def _columns(
    axes: Axes, levels: list[str], counts: list[Ints], shown: list[Group], results: xr.Dataset, look: Look
) -> None:
    """A column for each number on the scale."""
    places = np.array([float(level) for level in levels])
    wide = float(np.diff(np.sort(places)).min()) * (0.42 if len(shown) > 1 else 0.85)
    for order, (group, count) in enumerate(zip(shown, counts, strict=True)):
        last = order == len(shown) - 1
        share, error = bars(count.astype(float), int(_signed(results, group).sum()))
        at = places + (order - (len(shown) - 1) / 2) * wide
        axes.bar(at, share, wide, color=BLUE, alpha=None if last else PALE, label=group.label)
        some = count > 0  # a mark on each of many empty levels would hide the few that are settled at
        axes.errorbar(at[some], share[some], yerr=error[:, some], fmt="none", ecolor=look.ink, elinewidth=1, capsize=2)
    axes.set_ylim(0, None)
    axes.margins(x=0.02)
    axes.grid(axis="y")
