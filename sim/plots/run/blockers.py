"""Who stops the deal that comes closest, and by which term, where no deal is acceptable."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Bools, Ints
from sim.plots.frame.labels import actor_titles, inches, term_title, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import PALE, Look
from sim.plots.frame.world_groups import WorldGroup, bar_lengths, focus, world_groups, worlds_note
from sim.plots.run.grouped_bars import label_bar
from sim.store import meanings
from sim.words import Proportion, counted, percent

_MOST_ROWS = 10
_NEWS = 0.1  # share of worlds without an acceptable deal up to which it is no news who stops it
_WIDE = 8.5  # inches from which the legend needs one line
_SAID = {
    "none": "an acceptable deal exists",
    "red lines alone": "red lines bar all",
    "numbers alone": "no deal pays for all",
    "both": "only red lines and numbers together",
    "either alone": "red lines or numbers, each alone",
}
#: What stops every deal -> grey level and hatching; colours are those of the actors, below.
_SHADES = {
    "none": ("#E3E6EA", ""),
    "red lines alone": ("#59616B", ""),
    "numbers alone": ("#A4ACB6", ""),
    "both": ("#A4ACB6", "////"),
    "either alone": ("#E3E6EA", "...."),
}
_DARK = "#59616B"


@figure("blockers", source="Fearon 1995, Int Organ 49:379-414 (bargaining range); terms: sim.table.surplus")
class Blockers(Plot):
    """Bars show who stops the nearest deal and by which term, where no deal is acceptable to all."""

    of_draws = True
    rank = 5

    def fits(self, results: xr.Dataset) -> bool:
        """In some draw somebody stops the nearest deal."""
        return "blocker" in results and bool((results["blocker"].values >= 0).any())

    def varies(self, results: xr.Dataset) -> bool:
        """More than a few worlds have no acceptable deal."""
        group = _group(results)
        return int(_blocked(results, group).sum()) > _NEWS * group.count

    def title(self, results: xr.Dataset) -> str:
        """Who stops it most often, and how."""
        group = _group(results)
        rows = stops(results, group)
        size = int(_blocked(results, group).sum())
        by_actor = [sum(count for actor, _, count, _ in rows if actor == i) for i in range(results.sizes["actor"])]
        first = int(np.argmax(by_actor))
        term = next(name for actor, name, _, _ in rows if actor == first)
        return (
            f"Where no deal is acceptable to all ({counted(size, 'worlds')}), the nearest one is stopped by "
            f"{actor_titles(results)[first]} in {Proportion(by_actor[first], size)}, most often by "
            f"“{term_title(results, term)}”"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What a blocker is."""
        group = _group(results)
        return (
            "The deal of any kind that comes closest to being signed, in worlds where no deal is acceptable to all "
            "whose consent it needs; the one who refuses it most, and its hard red line or, without one, the term that "
            "costs it most. Full part of a bar: without that term alone it would accept. Lines: 95 % intervals "
            f"(Wilson). {counted(int(_blocked(results, group).sum()), 'such worlds')}. {worlds_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a line for each way of stopping."""
        return 2.1 + 0.42 * len(world_groups(results)) + 0.34 * min(len(stops(results, _group(results))), _MOST_ROWS)

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Above, what stops every deal; below, who stops the nearest one and how."""
        shown, group = world_groups(results), _group(results)
        rows = stops(results, group)
        kept = rows[:_MOST_ROWS]
        top, below = body.subplots(2, 1, height_ratios=[0.42 * len(shown) + 0.25, 0.34 * len(kept) + 0.3])
        _causes(top, results, shown, columns=3 if inches(body) > _WIDE else 1)
        size = int(_blocked(results, group).sum())
        counts = np.array([count for _, _, count, _ in kept])
        alone = np.array([count for *_, count in kept])
        share, error = bar_lengths(counts.astype(float), size)
        places = np.arange(len(kept))
        below.barh(places, share, 0.66, color=look.muted, alpha=PALE)  # rows name the actor; colours are of endings
        below.barh(places, 100 * alone / size, 0.66, color=look.muted)
        below.errorbar(share, places, xerr=error, fmt="none", ecolor=look.ink, elinewidth=1.0, capsize=2)
        for y, value, beyond in zip(places, share, error[1], strict=True):
            label_bar(below, float(value + beyond), float(y), percent(value / 100), look.ink)
        titles = actor_titles(results)
        letters = 60 if inches(body) > _WIDE else 30
        names = [wrapped(f"{titles[actor]}: {term_title(results, term)}", letters) for actor, term, *_ in kept]
        below.set_yticks(places, names, fontsize=9 if inches(body) > _WIDE else 8.5)
        below.set_ylim(len(kept) - 0.4, -0.6)
        below.set_xlim(0, min(100, 5 * np.ceil(float((share + error[1]).max()) / 5)))
        more = f" (the {_MOST_ROWS} most frequent of {len(rows)})" if len(rows) > len(kept) else ""
        below.set_title(wrapped(f"Who stops the nearest deal, and by what{more}", int(7.5 * inches(body)) - 16))
        said = f"share of the {counted(size, 'worlds')} without an acceptable deal (%)"
        below.set_xlabel(wrapped(said, int(8 * inches(body)) - 16))
        below.grid(axis="x")
        below.tick_params(axis="y", length=0)


def stops(results: xr.Dataset, group: WorldGroup) -> list[tuple[int, str, int, int]]:
    """Ways in which nearest deals are stopped, most frequent first.

    Returns:
        (actor, term, worlds, worlds in which that term alone stands in the way) for each
    """
    where = _blocked(results, group)
    names = [str(name) for name in results["blocking_name"].values]
    pairs = np.stack([results["blocker"].values[where], results["blocking_term"].values[where]], axis=1)
    alone = results["blocks_alone"].values[where].astype(bool)
    found, index, counts = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    by_term = np.bincount(index.ravel(), weights=alone, minlength=len(found))
    order = np.argsort(-counts, kind="stable")
    return [
        (
            int(found[i, 0]),
            names[found[i, 1]] if found[i, 1] >= 0 else "no single term",
            int(counts[i]),
            int(by_term[i]),
        )
        for i in order
    ]


def _blocked(results: xr.Dataset, group: WorldGroup) -> Bools:
    return np.asarray(group.where & (results["blocker"].values >= 0))


def _group(results: xr.Dataset) -> WorldGroup:
    chosen = focus(results)
    return chosen if _blocked(results, chosen).any() else world_groups(results)[0]


def _causes(axes: Axes, results: xr.Dataset, shown: list[WorldGroup], columns: int) -> None:
    names = meanings(results, "block")
    codes: Ints = results["block"].values
    left = np.zeros(len(shown))
    for code, name in enumerate(names):
        share = np.array([100 * (codes[group.where] == code).mean() for group in shown])
        if not share.any():
            continue
        shade, hatch = _SHADES[name]
        axes.barh(range(len(shown)), share, 0.68, left=left, color=shade, hatch=hatch, edgecolor="#000000",
                  linewidth=0.0, label=_SAID[name])  # fmt: skip
        for row, value in enumerate(share):
            if value >= 6:
                axes.text(
                    left[row] + value / 2, row, percent(value / 100), ha="center", va="center", fontsize=8.5,
                    color="#FFFFFF" if shade == _DARK else "#000000",
                    bbox={"facecolor": shade, "edgecolor": "none", "pad": 0.8} if hatch else None,
                )  # fmt: skip
        left += share
    axes.set_yticks(
        range(len(shown)),
        [f"{'Fit the observations' if group.index else 'All worlds'} ({group.count:,})" for group in shown],
    )
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.set_xlim(0, 100)
    axes.set_xlabel("share of worlds (%)")
    axes.tick_params(axis="y", length=0)
    legend = axes.legend(
        loc="lower right",
        bbox_to_anchor=(1.01, 0.97),
        ncols=columns,
        columnspacing=1.0,
        handlelength=1.0,
        fontsize=8.5,
    )
    axes.set_title("What stops every deal", pad=10 + 14 * -(-len(legend.get_texts()) // columns))
