"""Why the nearest deal of each kind is not signed: each party's surplus, term by term."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Bools, Floats
from sim.plots.frame.labels import actor_titles, inches, parties, term_title, wrapped
from sim.plots.frame.outcomes import vocabulary
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import GAIN, LOSS, Look
from sim.plots.frame.world_groups import focus, worlds_note
from sim.words import Proportion, capital, enumerated, percent, without_article

_NOTHING = 1e-9  # terms that never exceed this are left out
_NEWS = 0.1  # share of worlds up to which a refusal is no news


@dataclass(frozen=True)
class Waterfall:
    """The terms of one party's surplus from one deal, over some worlds.

    size:   worlds in which there is such a deal
    mean:   (terms,) mean of each term
    low, high: (terms,) 10 % and 90 % quantiles of each term
    total:  mean, 10 % and 90 % quantile of the surplus
    gains:  worlds with a surplus of 0 or more
    barred: worlds in which a hard red line forbids the deal
    takes:  worlds with neither against it
    """

    size: int
    mean: Floats
    low: Floats
    high: Floats
    total: tuple[float, float, float]
    gains: int
    barred: int
    takes: int


@figure("why-not", source="Fearon 1995, Int Organ 49:379-414; terms: sim.table.surplus")
class WhyNot(Plot):
    """Waterfalls take each party's surplus from the nearest deal of each kind apart, term by term."""

    rank = 8

    def fits(self, results: xr.Dataset) -> bool:
        """There are deals to take apart."""
        return "surplus_part" in results and bool(_targets(results))

    def varies(self, results: xr.Dataset) -> bool:
        """Some party refuses some nearest deal in more than a few worlds."""
        falls = [waterfall(results, party, target) for target in _targets(results) for party in parties(results)]
        return any(fall.size - fall.takes > _NEWS * fall.size for fall in falls)

    def title(self, results: xr.Dataset) -> str:
        """For each kind of deal, who refuses the nearest one most, and by what."""
        told, taken = [], []
        for target in _targets(results):
            falls = {party: waterfall(results, party, target) for party in parties(results)}
            first = min(falls, key=lambda party: falls[party].takes / falls[party].size)
            fall = falls[first]
            if fall.takes == fall.size:
                taken.append(_nearest(results, target))
                continue
            share = Proportion(fall.size - fall.takes, fall.size)
            who, kind = actor_titles(results)[first], _nearest(results, target)
            told.append((fall.takes / fall.size, f"{kind}: refused by {who} in {share}, {_why(results, fall)}"))
        if not told:
            return f"Every party takes the {enumerated(taken)} in {focus(results).every_world}"
        parts = [text for _, text in sorted(told)] + [f"every party takes the {name}" for name in taken]
        said, noun = capital("; ".join(parts)), focus(results).noun
        return said if noun == "worlds" else f"{said} ({noun})"

    def caption(self, results: xr.Dataset) -> str:
        """What bars and whiskers are."""
        return (
            "The deal of each kind that comes closest to being signed, world by world. Bars: mean of each term of the "
            "surplus, which is what the deal is worth to the party, pressure included, less what a refusal falls back "
            "on; laid end to end. A party accepts where the total is 0 or more and no hard red line bars the deal. "
            f"Whiskers: 10–90 % of worlds. Terms that are zero throughout are left out. {worlds_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a line for each term, a block for each party."""
        line = 0.3 if any("\n" in name for name in _names(results)) else 0.215
        tall = max(_heading(results, i, t).count("\n") for i in parties(results) for t in _targets(results))
        return 0.5 + len(parties(results)) * (0.75 + 0.17 * tall + line * (len(_terms(results)) + 1))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Parties below each other, kinds of deal side by side."""
        own, targets = parties(results), _targets(results)
        panels = body.subplots(len(own), len(targets), squeeze=False, sharex=True, sharey=True)
        terms = _terms(results)
        room = max(inches(body) - 2.4, 1.5) / len(targets)  # of a panel, beside the names of the terms
        letters = int(13 * room)
        for row, party in zip(panels, own, strict=True):
            for axes, target in zip(row, targets, strict=True):
                fall = waterfall(results, party, target)
                _draw(axes, fall, terms, look)
                barred = f"; a red line bars it in {percent(fall.barred / fall.size)}" if fall.barred else ""
                whole = "" if fall.size == focus(results).count else f" of {fall.size:,} worlds that have one"
                said = f"accepts in {percent(fall.takes / fall.size)}{whole}{barred}"
                note = wrapped(said.replace(" %", "\u00a0%"), letters)
                heading = wrapped(_heading(results, party, target), int(9.5 * room))
                axes.set_title(heading + "\n" * (note.count("\n") + 1))
                axes.text(
                    0,
                    1.015,
                    note,
                    transform=axes.transAxes,
                    fontsize=8.5,
                    va="bottom",
                    color=look.ink,
                )
        names = _names(results)
        panels[0, 0].set_yticks(range(len(names) + 1), [*names, "Total: surplus"], fontsize=8.5)
        panels[0, 0].set_ylim(len(names) + 0.6, -0.6)
        for row in panels:
            row[0].get_yticklabels()[-1].set_weight("bold")
        for axes in panels[-1]:
            axes.set_xlabel(wrapped("value per round; a party accepts from 0 up", max(letters, 24)))


def _why(results: xr.Dataset, fall: Waterfall) -> str:
    """By what a deal is refused where it is: a red line, or the term that costs most."""
    if fall.barred > 0.5 * (fall.size - fall.takes):
        return "mostly since a red line bars it"
    term = str(results["term"].values[int(fall.mean.argmin())])
    return f"above all for “{term_title(results, term)}”"


def waterfall(results: xr.Dataset, party: int, target: str) -> Waterfall:
    """Take one party's surplus from the nearest deal of a kind apart, over the worlds that headlines speak of."""
    where = _where(results, target)
    index = [str(name) for name in results["target"].values].index(target)
    parts = results["surplus_part"].values[where, index, party].astype(float)
    total = results["surplus"].values[where, index, party]
    barred = results["barred"].values[where, index, party].astype(bool)
    gains = total >= -_NOTHING
    low, high = np.quantile(parts, [0.1, 0.9], axis=0)
    ends = np.quantile(total, [0.1, 0.9])
    return Waterfall(
        int(where.sum()),
        parts.mean(axis=0),
        low,
        high,
        (float(total.mean()), float(ends[0]), float(ends[1])),
        int(gains.sum()),
        int(barred.sum()),
        int((gains & ~barred).sum()),
    )


def _where(results: xr.Dataset, target: str) -> Bools:
    index = [str(name) for name in results["target"].values].index(target)
    return np.asarray(focus(results).where & (results["target_deal"].values[:, index] >= 0))


def _targets(results: xr.Dataset) -> list[str]:
    return [str(name) for name in results["target"].values if _where(results, str(name)).any()]


def _nearest(results: xr.Dataset, target: str) -> str:
    return f"nearest {without_article(vocabulary(results).endings[target].noun)}"


def _terms(results: xr.Dataset) -> list[int]:
    """Terms that are something for some party in some world."""
    size = np.nan_to_num(np.abs(results["surplus_part"].values[:, :, parties(results)])).max(axis=(0, 1, 2))
    return [int(term) for term in np.flatnonzero(size > _NOTHING)]


def _heading(results: xr.Dataset, party: int, target: str) -> str:
    return wrapped(
        f"{actor_titles(results)[party]}: {_nearest(results, target)}", 36 if len(_targets(results)) > 1 else 90
    )


def _names(results: xr.Dataset) -> list[str]:
    return [wrapped(term_title(results, str(results["term"].values[term])), 40) for term in _terms(results)]


def _draw(axes: Axes, fall: Waterfall, terms: list[int], look: Look) -> None:
    mean = fall.mean[terms]
    start = np.concatenate([[0.0], np.cumsum(mean)[:-1]])
    total = fall.total[0]
    rows = np.arange(len(terms) + 1)
    left = np.append(start, 0.0)
    width = np.append(mean, total)
    colors = [GAIN if value >= 0 else LOSS for value in mean]
    axes.barh(rows, width, 0.66, left=left, color=[*colors, look.muted], zorder=3)
    ends = left + width
    for row in range(len(terms)):  # connects each term with the next
        axes.plot([ends[row]] * 2, [row - 0.33, row + 1.33], color=look.muted, linewidth=0.7, zorder=2)
    low = np.append(start + fall.low[terms], fall.total[1])
    high = np.append(start + fall.high[terms], fall.total[2])
    axes.hlines(rows, low, high, color=look.ink, linewidth=1.1, zorder=4)
    axes.axvline(0, color=look.ink, linewidth=1.2, zorder=5)
    axes.axhline(len(terms) - 0.5, color=look.muted, linewidth=0.7, linestyle=":")
    for row, (value, right) in enumerate(zip(width, np.maximum(high, np.maximum(ends, left)), strict=True)):
        axes.annotate(
            f"{value:+.3f}".replace("-", "−") if abs(value) >= 0.0005 else "≈ 0",
            (right, row),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=7.5,
            zorder=6,
            color=look.ink if row == len(terms) else look.muted,
            bbox={"facecolor": look.background, "edgecolor": "none", "pad": 0.6},
        )
    axes.use_sticky_edges = False
    axes.margins(x=0.12)
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    axes.locator_params(axis="x", nbins=6)
