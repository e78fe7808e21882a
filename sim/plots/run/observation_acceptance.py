"""How many worlds each observation leaves, and what it does to the endings."""

from __future__ import annotations

import math

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.lines import Line2D

from sim.foundations import Bools
from sim.plots.frame.labels import worded, wrapped
from sim.plots.frame.outcomes import endings_listed, vocabulary
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import Look
from sim.plots.frame.world_groups import bar_lengths, worlds_note
from sim.plots.run.grouped_bars import share_axis, share_bars
from sim.store import meanings
from sim.words import Proportion, capital, clear, points, without_article
from sim.words.outcome_colors import outcome_colors


@figure("observation-acceptance", source="intervals: Wilson 1927, J Am Stat Assoc 22:209-212")
class ObservationAcceptance(Plot):
    """Bars show how many worlds each observation leaves; dots show the endings without and with it."""

    of_draws = True
    by_default = False
    rank = 11

    def fits(self, results: xr.Dataset) -> bool:
        """The scenario has observations."""
        return "kept" in results and results.sizes.get("observation", 0) > 0

    def title(self, results: xr.Dataset) -> str:
        """Acceptance, and the observation that matters most to the endings."""
        fit = Proportion(int(results["consistent"].values.sum()), results.sizes["draw"])
        text = f"Observations leave {fit} of worlds"
        best: tuple[float, str] = (0.0, "; none of them moves any ending by more than chance may")
        for index, name in enumerate(results["observation"].values):
            without, kept = without_and_with(results, index)
            if not without.any() or not kept.any():
                continue
            for code, ending in enumerate(meanings(results, "ending")):
                before, after = ((results["ending"].values[where] == code).mean() for where in (without, kept))
                change = float(after - before)
                if abs(change) > best[0] and clear(change, _error(float(after), int(without.sum()), int(kept.sum()))):
                    much = f"{points(abs(change)).removeprefix('+')} points {'more' if change > 0 else 'less'} likely"
                    noun = vocabulary(results).endings[ending].noun
                    best = (abs(change), f"; “{worded(str(name))}” makes {noun} {much}")
        return text + best[1]

    def caption(self, results: xr.Dataset) -> str:
        """What holds, kept and with mean."""
        return (
            "Holds: the actor would do in that world what was observed. Kept: it holds, or is said though it does "
            "not hold (the drawn chance of a bluff). Below: share of each ending among worlds that survive all "
            "the other observations (hollow) and those that survive this one as well (full). Lines: 95 % "
            f"intervals (Wilson). {worlds_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches."""
        observations = results.sizes["observation"]
        return 1.4 + 0.5 * (observations + 1) + -(-observations // 3) * (0.9 + 0.28 * len(endings_listed(results)))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Above, acceptance; below, a panel of endings for each observation."""
        observations = results.sizes["observation"]
        columns = min(observations, 3)
        rows = -(-observations // columns)
        ratios = [0.5 * (observations + 1) + 0.5, *[0.9 + 0.28 * len(endings_listed(results))] * rows]
        grid = body.add_gridspec(rows + 1, columns, height_ratios=ratios)
        _acceptance(body.add_subplot(grid[0, :]), results, look)
        first: Axes | None = None
        letters = max(int(body.bbox.width / body.figure.dpi * 2.6), 12) if columns > 2 else 34
        for index in range(observations):
            axes = body.add_subplot(grid[1 + index // columns, index % columns], sharex=first)
            first = first or axes
            _dots(axes, results, index, look, letters=letters)
            axes.tick_params(axis="y", labelleft=index % columns == 0)
        if first is not None:
            marks = [
                Line2D([], [], marker="o", linestyle="", color=look.muted, markerfacecolor=face, markersize=6)
                for face in (look.background, look.muted)
            ]
            body.legend(marks, ["without this observation", "with it"], loc="outside lower center", ncols=2)


def _error(share: float, size: int, kept: int) -> float:
    """Standard error of the difference between a share among some worlds and among a part of them."""
    return math.sqrt(share * (1 - share) * max(1 / kept - 1 / size, 0.0))


def without_and_with(results: xr.Dataset, observation: int) -> tuple[Bools, Bools]:
    """(B,) worlds that survive all the other observations, and those that survive this one as well."""
    kept = results["kept"].values.astype(bool)
    others = np.asarray(np.delete(kept, observation, axis=1).all(axis=1))
    return others, np.asarray(others & kept[:, observation])


def _acceptance(axes: Axes, results: xr.Dataset, look: Look) -> None:
    size = results.sizes["draw"]
    names = [worded(str(name)) for name in results["observation"].values]
    rows = np.arange(float(len(names)))
    # No colour that stands for an ending in the panels below.
    for variable, offset in (("holds", -0.19), ("kept", 0.19)):
        count = results[variable].values.sum(axis=0).astype(float)
        share_bars(axes, rows + offset, count, size, [look.muted] * len(names), look, thick=0.36,
                   pale=variable == "holds", suffix=variable)  # fmt: skip
    fit, last = np.array([float(results["consistent"].values.sum())]), len(names) + 0.1
    share_bars(axes, np.array([last]), fit, size, [look.ink], look, thick=0.36)
    axes.set_yticks([*rows, last], [*(wrapped(name, 34, 3) for name in names), "All of them"])
    axes.set_ylim(len(names) + 0.5, -0.5)
    share_axis(axes)
    axes.set_xlabel("share of all worlds (%)")
    axes.set_title("How many worlds each leaves")


def _dots(axes: Axes, results: xr.Dataset, index: int, look: Look, letters: int) -> None:
    endings, words = endings_listed(results), vocabulary(results)
    codes = [meanings(results, "ending").index(name) for name in endings]
    sides = without_and_with(results, index)
    rows = np.arange(len(endings))
    colors = [outcome_colors(words)[name] for name in endings]
    for where, offset, full in zip(sides, (-0.13, 0.13), (False, True), strict=True):
        size = int(where.sum())
        share, error = bar_lengths(np.array([(results["ending"].values[where] == code).sum() for code in codes]), size)
        if size == 0:
            if not full:
                axes.text(50, rows.mean(), "no world survives the others", ha="center", color=look.muted, fontsize=8.5)
            continue
        axes.errorbar(share, rows + offset, xerr=error, fmt="none", ecolor=look.muted, elinewidth=1.0)
        axes.scatter(
            share,
            rows + offset,
            s=34,
            facecolor=colors if full else look.background,
            edgecolor=colors,
            linewidth=1.5,
            zorder=4,
        )
    axes.set_yticks(rows, [wrapped(capital(without_article(words.endings[name].noun)), 22, 2) for name in endings])
    axes.set_ylim(len(endings) - 0.5, -0.5)
    axes.set_xlim(0, 100)
    axes.set_xlabel("share of worlds (%)")
    axes.set_title(wrapped(worded(str(results["observation"].values[index])), letters))
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
