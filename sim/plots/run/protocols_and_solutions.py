"""Other protocols, other conventions and textbook solutions, on the same draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Patch

from sim.foundations import Bools, Floats
from sim.plots.frame.labels import SPOKEN, actor_titles, kinds_offered, worded, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.shares import draws_note, error_note, focus, percent
from sim.plots.frame.style import ENDING_COLORS, Look
from sim.store import meanings

_ROW: Final = 0.29  # inches
_WIDE: Final = 8.5  # inches from which all kinds stand beside each other
_WRITTEN: Final = 8.0  # percent from which a share is written into its bar


@figure("protocols-and-solutions", source="Nash 1953, Econometrica 21:128-140 (what talks reach beside what is fair)")
class ProtocolsAndSolutions(Plot):
    """Bars show what talks sign beside what solutions select, and the endings under other protocols and conventions."""

    of_replays = True
    of_draws = True

    def fits(self, results: xr.Dataset) -> bool:
        """Some solution selects a deal somewhere."""
        return {"solution_deal", "deal", "consistent"} <= set(results) and bool(
            (results["solution_deal"].values[focus(results).where] >= 0).any()
        )

    def title(self, results: xr.Dataset) -> str:
        """How often solutions find a deal, and talks."""
        group = focus(results)
        deals = results["solution_deal"].values[group.where]
        found, signed = (deals >= 0).any(axis=1), results["deal"].values[group.where] >= 0
        if found.all() and signed.all():
            names = [str(name) for name in results["solution"].values]
            best = max(names, key=lambda name: same_as_talks(results)[name])
            share = percent(same_as_talks(results)[best])
            return (
                f"Talks and solutions always find a deal; the {_named(best)} solution selects the talks' own in {share}"
            )
        return (
            f"There is a deal that all who must sign accept in {percent(found.mean())} of {group.noun}, whichever "
            f"solution chooses; talks sign one in {percent(signed.mean())}"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What is compared, and on how many draws."""
        text = (
            "Above: kind of the first deal that talks sign, and of the deal each solution selects in the same draw, "
            "among those that all who must sign accept (better than refusing, no red line crossed). “Same”: how often "
            "it is the very deal that talks sign, where they sign one. "
            f"{error_note(focus(results).count)} "
        )
        if _replayed(results):
            sizes = results["replay_draws"].values[_rows(results)]
            span = f"{sizes.min():,}" if sizes.min() == sizes.max() else f"{sizes.min():,} to {sizes.max():,}"
            error = 196 * float(results["replay_error"].values[_rows(results)].max())
            text += (
                f"Below: endings under other protocols and conventions, replayed on {span} of the draws "
                f"(95 %: ± {error:.0f} % at most). "
            )
        return text + draws_note(results)

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
    """Solution -> share of the draws with a signed deal in which it selects that deal; nan if none is signed."""
    where = focus(results).where & (results["deal"].values >= 0)
    same = results["solution_deal"].values[where] == results["deal"].values[where][:, None]
    shares = same.mean(axis=0) if where.any() else np.full(same.shape[1], np.nan)
    return {str(name): float(share) for name, share in zip(results["solution"].values, shares, strict=True)}


def kinds_selected(results: xr.Dataset) -> dict[str, Floats]:
    """Talks and each solution -> (4,) percent of draws by kind of the deal: truce, partial, settlement, none."""
    group = focus(results)
    found = {"what talks sign": _percent(results, results["deal"].values[group.where])}
    for n, name in enumerate(results["solution"].values):
        found[_named(str(name))] = _percent(results, results["solution_deal"].values[group.where, n])
    return found


def _percent(results: xr.Dataset, deals: np.ndarray) -> Floats:
    names = meanings(results, "deal_kind")
    kind = results["deal_kind"].values[np.maximum(deals, 0)]
    none: Bools = deals < 0
    counts = [((kind == code) & ~none).sum() for code in range(len(names))]
    return np.asarray(100 * np.array([*counts, none.sum()]) / max(len(deals), 1))


def _named(solution: str) -> str:
    return "–".join(worded(part) for part in solution.split("-"))


def _replayed(results: xr.Dataset) -> bool:
    return "replay_share" in results and len(_rows(results)) > 1


def _rows(results: xr.Dataset) -> np.ndarray:
    """Rows of the replays: as written, protocols, then other conventions."""
    kinds = results["replay_kind"].values.astype(str)
    return np.concatenate([np.flatnonzero(kinds == kind) for kind in ("as written", "protocol", "convention")])


def _deals(axes: Axes, results: xr.Dataset, look: Look) -> None:
    rows = kinds_selected(results)
    offered = [*kinds_offered(results), "none"]
    kinds = [*meanings(results, "deal_kind"), "none"]
    shown = [kind for kind in kinds if kind in offered]
    _stacks(axes, list(rows.values()), kinds, look)
    for row, (_, same) in enumerate(same_as_talks(results).items(), start=1):
        if np.isfinite(same):
            axes.text(101, row, f"same in {percent(same)}", va="center", fontsize=8.5, color=look.muted)
    axes.set_yticks(range(len(rows)), list(rows))
    axes.set_xlabel("share of draws, by kind of the deal (%)")
    handles = [Patch(color=ENDING_COLORS[kind]) for kind in shown]
    words = [SPOKEN[kind] for kind in shown]
    axes.legend(handles, words, loc="lower left", bbox_to_anchor=(0, 1), ncols=_columns(axes), borderaxespad=0.2)


def _endings(axes: Axes, results: xr.Dataset, rows: np.ndarray, look: Look) -> None:
    names = [str(name) for name in results["ending_name"].values]
    shares = 100 * results["replay_share"].values[rows]
    _stacks(axes, list(shares), names, look)
    kinds = results["replay_kind"].values[rows].astype(str)
    titles = dict(zip(results["actor"].values.astype(str), actor_titles(results), strict=True))
    words = [
        f"protocol: {name}" if kind == "protocol" else _opening(name, titles)
        for kind, name in zip(kinds, results["replay"].values[rows].astype(str), strict=True)
    ]
    axes.set_yticks(range(len(rows)), [wrapped(word, 42) for word in words], fontsize=8.5)
    axes.set_xlabel("share of draws, by ending (%)")
    used = [name for n, name in enumerate(names) if shares[:, n].any()]
    handles = [Patch(color=ENDING_COLORS[name]) for name in used]
    axes.legend(handles, [SPOKEN[name] for name in used], loc="lower left", bbox_to_anchor=(0, 1), ncols=_columns(axes),
                borderaxespad=0.2)  # fmt: skip


def _opening(replay: str, titles: Mapping[str, str]) -> str:
    """A convention as results call it, an actor in it by title."""
    name, _, setting = replay.partition(": ")
    return f"{name}: {titles.get(setting, setting)}" if setting else replay


def _columns(axes: Axes) -> int:
    """How many entries of a legend stand beside each other in the width there is."""
    page = axes.get_figure()
    return 5 if page is None or page.bbox.width / page.dpi >= _WIDE else 2


def _stacks(axes: Axes, rows: list[Floats], kinds: tuple[str, ...] | list[str], look: Look) -> None:
    """One stacked bar for each row, its shares written where there is room."""
    values = np.array(rows)
    left = np.zeros(len(values))
    for n, kind in enumerate(kinds):
        axes.barh(range(len(values)), values[:, n], 0.74, left=left, color=ENDING_COLORS[kind],
                  edgecolor=look.background, linewidth=0.6)  # fmt: skip
        for row, value in enumerate(values[:, n]):
            if value >= _WRITTEN:
                ink = "#1C2128" if kind in {"truce", "stalemate", "no_deal", "none"} else "#FFFFFF"
                axes.text(left[row] + value / 2, row, f"{value:.0f}", ha="center", va="center", fontsize=8, color=ink)
        left = left + values[:, n]
    axes.set_xlim(0, 100)
    axes.set_ylim(len(values) - 0.45, -0.55)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
