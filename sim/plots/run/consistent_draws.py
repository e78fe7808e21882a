"""Worlds that fit what was observed, each a line across the numbers in which the endings differ most."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.collections import LineCollection
from matplotlib.figure import SubFigure
from matplotlib.lines import Line2D
from scipy.special import gammaincinv

from sim.foundations import Floats, Ints
from sim.plots.frame.labels import inches, number_titles, wrapped
from sim.plots.frame.outcomes import vocabulary
from sim.plots.frame.plot import WIDTH, Plot, figure
from sim.plots.frame.style import Look
from sim.plots.frame.world_groups import focus, worlds_note
from sim.store import meanings
from sim.words import counted, percent
from sim.words.outcome_colors import outcome_colors

_MOST_AXES: Final = 7
_MOST_LINES: Final = 250
_FEW: Final = 5  # worlds below which an ending has no median line


@figure("consistent-draws", source="parallel coordinates: Inselberg 1985, The Visual Computer 1:69-91")
class ConsistentDraws(Plot):
    """Lines show worlds across the numbers that tell endings apart; thick lines join each ending's medians."""

    by_default = False
    rank = 40

    def fits(self, results: xr.Dataset) -> bool:
        """At least two endings among the worlds, and two numbers that vary."""
        if not {"number", "ending", "consistent", "number_low"} <= set(results) or "draw" not in results["number"].dims:
            return False
        return len(_frequent(results)) > 1 and len(chosen(results)) > 1

    def title(self, results: xr.Dataset) -> str:
        """The number in which the two most frequent endings differ most."""
        first, second = _frequent(results)[:2]
        n = int(chosen(results)[0])
        if separation(results)[n] < _chance(results):
            return f"In {focus(results).counted} no single number tells the endings apart beyond chance"
        places, endings = _places(results)[:, n], _endings(results)
        high, low = first, second
        if np.median(places[endings == first]) < np.median(places[endings == second]):
            high, low = second, first
        names, words = meanings(results, "ending"), vocabulary(results)
        return (
            f"Endings differ most in “{number_titles(results)[n]}”: higher where it ends in "
            f"{words.endings[names[high]].noun}, lower in {words.endings[names[low]].noun}"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What lines are, and how much the endings differ at all."""
        found = separation(results)[chosen(results)]
        size = focus(results).count
        thin = f"{_MOST_LINES:,} of {size:,}" if size > _MOST_LINES else f"all {counted(size, 'worlds')}"
        return (
            f"Each thin line is a world ({thin}); thick lines join the medians of each ending with {_FEW} worlds or "
            f"more. Every axis runs over the number's range; the {len(found)} numbers that tell endings apart best, "
            f"in that order. The ending explains {percent(float(found[0]))} of the variance of the first, "
            f"{percent(float(found[-1]))} of the last; the best of {results.sizes['path']} numbers that have nothing "
            f"to do with it would exceed {percent(_chance(results))} one time in 20. "
            f"{worlds_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches."""
        del results
        return 4.6

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One axis for each number, one line for each world."""
        axes = body.subplots()
        order = chosen(results)
        places, endings = _places(results)[:, order], _endings(results)
        names, at, words = meanings(results, "ending"), np.arange(len(order)), vocabulary(results)
        shades = outcome_colors(words)
        shown = np.linspace(0, len(places) - 1, min(len(places), _MOST_LINES)).astype(int)
        lines = [np.column_stack([at, places[row]]) for row in shown]
        colors = [shades[names[code]] for code in endings[shown]]
        faint = float(np.clip(30 / len(shown), 0.12, 0.6))
        axes.add_collection(LineCollection(lines, colors=colors, linewidths=0.7, alpha=faint, label="_worlds"))
        frequent = _frequent(results)
        for code in frequent[::-1]:
            mine = endings == code
            if mine.sum() >= _FEW:
                axes.plot(
                    at, np.median(places[mine], axis=0), color=shades[names[code]], linewidth=3.2,
                    marker="o", markersize=6, markeredgecolor=look.background, label=names[code], zorder=4,
                )  # fmt: skip
        for x in at:
            axes.plot([x, x], [0, 1], color=look.ink, linewidth=0.9, zorder=1, label="_axis")
        low, high = results["number_low"].values[order], results["number_high"].values[order]
        for n, (bottom, top) in enumerate(zip(low, high, strict=True)):
            axes.text(n, 1.03, f"{top:.3g}", ha="center", va="bottom", fontsize=8, color=look.muted)
            axes.text(n, -0.03, f"{bottom:.3g}", ha="center", va="top", fontsize=8, color=look.muted)
        letters = int(17 * min(inches(body) / WIDTH, 1.0) ** 1.4)
        axes.set_xticks(at, [wrapped(number_titles(results)[n], letters, 5) for n in order], fontsize=8)
        axes.set_yticks([])
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.tick_params(axis="x", length=0, pad=10)
        axes.set_xlim(-0.35, len(order) - 0.65)
        axes.set_ylim(-0.1, 1.1)
        axes.set_xlabel("numbers, from the one that tells endings apart best")
        handles = [Line2D([], [], color=shades[names[code]], linewidth=3) for code in frequent]
        said = [f"{wrapped(words.endings[names[code]].noun, 30)} ({(endings == code).sum():,})" for code in frequent]
        body.legend(handles, said, loc="outside upper center", ncols=max(2, int(inches(body) / 1.7)))


def separation(results: xr.Dataset) -> Floats:
    """(P,) correlation ratio of each number with the ending: share of its variance that lies between endings.

    Source: Pearson 1905 (eta squared)
    """
    places, endings = _places(results), _endings(results)
    total = ((places - places.mean(axis=0)) ** 2).sum(axis=0)
    between = np.zeros(places.shape[1])
    for code in np.unique(endings):
        mine = places[endings == code]
        between += len(mine) * (mine.mean(axis=0) - places.mean(axis=0)) ** 2
    return np.asarray(np.where(total > 1e-12, between / np.maximum(total, 1e-12), 0.0))


def chosen(results: xr.Dataset) -> Ints:
    """Places of the numbers that are shown, best first; of numbers that move together only the first."""
    found, values = separation(results), _places(results)
    picked: list[int] = []
    for n in np.argsort(-found, kind="stable"):
        if len(picked) == _MOST_AXES or found[n] <= 0:
            break
        if all(not _same(values[:, n], values[:, other]) for other in picked):
            picked.append(int(n))
    return np.array(picked, dtype=np.int64)


def _same(one: Floats, other: Floats) -> bool:
    """Whether one number mirrors the other."""
    return bool(abs(np.corrcoef(one, other)[0, 1]) > 1 - 1e-9)


def _places(results: xr.Dataset) -> Floats:
    """(B, P) where the worlds in focus lie within each range, 0 to 1."""
    low, high = results["number_low"].values, results["number_high"].values
    width = np.where(high > low, high - low, 1.0)
    return np.asarray((results["number"].values[focus(results).where] - low) / width)


def _endings(results: xr.Dataset) -> Ints:
    return np.asarray(results["ending"].values[focus(results).where], dtype=np.int64)


def _frequent(results: xr.Dataset) -> list[int]:
    """Codes of the endings that occur, most frequent first."""
    counts = np.bincount(_endings(results))
    return [int(code) for code in np.argsort(-counts, kind="stable") if counts[code]]


def _chance(results: xr.Dataset) -> float:
    """What the ending explains, by chance, of the best of so many unrelated numbers: exceeded one time in 20."""
    freedom, size = len(_frequent(results)) - 1, focus(results).count
    each = 0.95 ** (1 / results.sizes["path"])
    return float(min(2 * gammaincinv(freedom / 2, each) / max(size - 1, 1), 1.0))
