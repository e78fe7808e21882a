"""Other protocols, other conventions and textbook solutions, in the same worlds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Patch

from sim.foundations import Floats
from sim.plots.frame.labels import actor_titles, solution_title, wrapped
from sim.plots.frame.outcomes import kinds_offered, vocabulary
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import Look, ink_on
from sim.plots.frame.user_text import one_line
from sim.plots.frame.world_groups import error_note, error_words, focus, worlds_note
from sim.plots.run.grouped_bars import label_bar
from sim.store import meanings
from sim.store.replays import AS_WRITTEN
from sim.words import OutcomeWords, counted, in_hundred, percent, without_article
from sim.words.outcome_colors import outcome_colors

_ROW: Final = 0.29  # inches
_WIDE: Final = 8.5  # inches from which all kinds stand beside each other
_WRITTEN: Final = 8.0  # percent from which a share is written into its bar
_NONE: Final = "none"


@figure("protocols-and-solutions", source="Nash 1953, Econometrica 21:128-140 (what talks reach beside what is fair)")
class ProtocolsAndSolutions(Plot):
    """Bars show what talks sign beside what solutions select, and the endings under other protocols and conventions."""

    of_replays = True
    of_draws = True
    by_default = False
    rank = 12

    def fits(self, results: xr.Dataset) -> bool:
        """Some solution selects a deal somewhere."""
        return {"solution_deal", "deal", "consistent"} <= set(results) and bool(
            (results["solution_deal"].values[focus(results).where] >= 0).any()
        )

    def varies(self, results: xr.Dataset) -> bool:
        """Not every row is one and the same kind of deal, or ending, in all worlds."""
        tables = [np.array([*kinds_selected(results).values()])]
        if _replayed(results):
            tables.append(results["replay_share"].values[_rows(results)])
        return any((table.sum(axis=0) > 0).sum() > 1 for table in tables)

    def title(self, results: xr.Dataset) -> str:
        """How often solutions find a deal, and talks."""
        group = focus(results)
        found = np.asarray((results["solution_deal"].values >= 0).any(axis=1))
        signed = results["deal"].values >= 0
        if found[group.where].all() and signed[group.where].all():
            names = [str(name) for name in results["solution"].values]
            best = max(names, key=lambda name: same_as_talks(results)[name])
            share = percent(same_as_talks(results)[best])
            return (
                "Talks and solutions always find a deal; the one that talks sign most often is also selected by the "
                f"{solution_title(best)} solution ({share})"
            )
        return (
            f"There is a deal that all who must sign accept in {group.proportion(found)} of {group.noun}, whichever "
            f"solution chooses; talks sign one in {group.proportion(signed)}"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What is compared, and on how many worlds."""
        text = (
            "Above: kind of the first deal that talks sign, and of the deal each solution selects in the same world, "
            "among those that all who must sign accept (better than refusing, no red line crossed). “Same”: how often "
            "it is the very deal that talks sign, where they sign one. "
            f"{error_note(focus(results).count)} "
        )
        if _replayed(results):
            sizes = results["replay_draws"].values[_rows(results)]
            span = "" if sizes.min() == sizes.max() else f"{sizes.min():,} to "
            error = error_words(float(results["replay_error"].values[_rows(results)].max()))
            text += (
                "Below: endings under other protocols and conventions, replayed in "
                f"{span}{counted(int(sizes.max()), 'worlds')}. {error} "
            )
        return text + worlds_note(results)

    def height(self, results: xr.Dataset) -> float:
        """Inches: a line for each row of both panels."""
        above = 1.2 + _ROW * (1 + results.sizes["solution"])
        return above + (1.0 + _ROW * len(_rows(results)) if _replayed(results) else 0.0)

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One panel for deals, one for endings if they were replayed."""
        above = 1 + results.sizes["solution"]
        if _replayed(results):
            rows = _rows(results)
            panels = body.subplots(2, 1, height_ratios=[above, len(rows)])
            _endings(panels[1], results, rows, look)
            top = panels[0]
        else:
            top = body.subplots()
        _deals(top, results, look)


def same_as_talks(results: xr.Dataset) -> dict[str, float]:
    """Solution -> share of the worlds with a signed deal in which it selects that deal; nan if none is signed."""
    where = focus(results).where & (results["deal"].values >= 0)
    same = results["solution_deal"].values[where] == results["deal"].values[where][:, None]
    shares = same.mean(axis=0) if where.any() else np.full(same.shape[1], np.nan)
    return {str(name): float(share) for name, share in zip(results["solution"].values, shares, strict=True)}


def kinds_selected(results: xr.Dataset) -> dict[str, Floats]:
    """Talks and each solution -> percent of worlds by kind of the deal, in the order of their codes, none last."""
    group = focus(results)
    found = {"what talks sign": _percent(results, results["deal"].values[group.where])}
    for n, name in enumerate(results["solution"].values):
        found[solution_title(str(name))] = _percent(results, results["solution_deal"].values[group.where, n])
    return found


def _percent(results: xr.Dataset, deals: np.ndarray) -> Floats:
    kinds = len(meanings(results, "deal_kind"))
    codes = np.where(deals < 0, kinds, results["deal_kind"].values[np.maximum(deals, 0)])
    return np.asarray(100 * np.bincount(codes, minlength=kinds + 1) / max(len(deals), 1))


def _replayed(results: xr.Dataset) -> bool:
    return "replay_share" in results and len(_rows(results)) > 1


def _rows(results: xr.Dataset) -> np.ndarray:
    """Rows of the replays: as written, protocols, then other conventions."""
    kinds = results["replay_kind"].values.astype(str)
    return np.concatenate([np.flatnonzero(kinds == kind) for kind in (AS_WRITTEN, "protocol", "convention")])


def _deals(axes: Axes, results: xr.Dataset, look: Look) -> None:
    rows, kinds = kinds_selected(results), [*meanings(results, "deal_kind"), _NONE]
    offered = [*kinds_offered(results), *([_NONE] if any(row[-1] > 0 for row in rows.values()) else [])]
    _stacks(axes, np.array([*rows.values()]), kinds, results, look)
    for row, (_, same) in enumerate(same_as_talks(results).items(), start=1):
        if np.isfinite(same):
            label_bar(axes, 100, row, f"same in {percent(same)}", look.muted)
    axes.set_yticks(range(len(rows)), list(rows))
    axes.set_xlabel("share of worlds, by kind of the deal (%)")
    _legend(axes, [kind for kind in kinds if kind in offered], vocabulary(results).declared, results)


def _endings(axes: Axes, results: xr.Dataset, rows: np.ndarray, look: Look) -> None:
    names = [str(name) for name in results["ending_name"].values]
    shares = 100 * results["replay_share"].values[rows]
    _stacks(axes, shares, names, results, look)
    kinds = results["replay_kind"].values[rows].astype(str)
    titles = dict(zip(results["actor"].values.astype(str), actor_titles(results), strict=True))
    said = [
        f"protocol: {name}" if kind == "protocol" else _opening(one_line(name), titles)
        for kind, name in zip(kinds, results["replay"].values[rows].astype(str), strict=True)
    ]
    axes.set_yticks(range(len(rows)), [wrapped(text, 42, 2) for text in said], fontsize=8.5)
    axes.set_xlabel("share of worlds, by ending (%)")
    used = [name for n, name in enumerate(names) if shares[:, n].any()]
    _legend(axes, used, vocabulary(results).endings, results)


def _opening(replay: str, titles: Mapping[str, str]) -> str:
    """A convention as results call it, an actor in it by title."""
    name, _, setting = replay.partition(": ")
    return f"{name}: {titles.get(setting, setting)}" if setting else replay


def _legend(axes: Axes, codes: list[str], words: Mapping[str, OutcomeWords], results: xr.Dataset) -> None:
    """Name the colours above a panel, as many beside each other as there is room for."""
    page, colors = axes.get_figure(), outcome_colors(vocabulary(results))
    wide = page is None or page.bbox.width / page.dpi >= _WIDE
    axes.legend(
        [Patch(color=colors[code]) for code in codes],
        [wrapped(without_article(words[code].noun), 40, 1) for code in codes],
        loc="lower left", bbox_to_anchor=(0, 1), ncols=5 if wide else 2, borderaxespad=0.2,
    )  # fmt: skip


def _stacks(axes: Axes, values: Floats, codes: list[str], results: xr.Dataset, look: Look) -> None:
    """One stacked bar for each row of percents, those written in for which there is room."""
    colors = outcome_colors(vocabulary(results))
    left = np.zeros(len(values))
    for n, code in enumerate(codes):
        axes.barh(range(len(values)), values[:, n], 0.74, left=left, color=colors[code],
                  edgecolor=look.background, linewidth=0.6)  # fmt: skip
        for row in np.flatnonzero(values[:, n] >= _WRITTEN).tolist():
            axes.text(left[row] + values[row, n] / 2, row, in_hundred(values[row, n] / 100), ha="center", va="center",
                      fontsize=8, color=ink_on(colors[code]))  # fmt: skip
        left = left + values[:, n]
    axes.set_xlim(0, 100)
    axes.set_ylim(len(values) - 0.45, -0.55)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
