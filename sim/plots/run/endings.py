"""Share of each ending and of each kind of first deal."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Patch

from sim.foundations import Bools
from sim.plots.frame.labels import inches, wrapped
from sim.plots.frame.outcomes import arms_listed, endings_listed, kinds_offered, vocabulary
from sim.plots.frame.plot import PLOTS, Plot, figure
from sim.plots.frame.style import ARMS, Look
from sim.plots.frame.world_groups import WorldGroup, focus, world_groups, worlds_note
from sim.plots.run.grouped_bars import bar_place, group_legend, grouped_bars
from sim.store import meanings
from sim.words import capital, percent, without_article
from sim.words.outcome_colors import outcome_colors

_ARMS = "Decided by arms"
_HATCH = "////"
_LETTERS = 24  # of an ending, beside its bar


@figure("endings", source="intervals: Wilson 1927, J Am Stat Assoc 22:209-212")
class Endings(Plot):
    """Bars show how talks end, what was signed first, and how often arms decide, with 95 % intervals."""

    of_draws = True
    rank = 3

    def fits(self, results: xr.Dataset) -> bool:
        """Every run has endings."""
        return {"ending", "declared"} <= set(results.data_vars)

    def varies(self, results: xr.Dataset) -> bool:
        """Not every world ends alike after the same kind of deal."""
        return any(len(np.unique(results[name].values)) > 1 for name in ("ending", "declared"))

    def repeats(self, results: xr.Dataset) -> str:
        """Where no deal breaks and arms decide nowhere, states at the horizon are the endings."""
        other = PLOTS["deals-over-time"]
        words, names = vocabulary(results), meanings(results, "ending")
        broke = words.broken in names and bool((results["ending"].values == names.index(words.broken)).any())
        signed = [meanings(results, "declared")[code] for code in results["declared"].values]
        ended = [names[code] for code in results["ending"].values]
        same = all(one == two or (one == "none" and two == words.never) for one, two in zip(signed, ended, strict=True))
        told = other.fits(results) and other.varies(results)
        return other.name if told and same and not broke and not arms_listed(results) else ""

    def title(self, results: xr.Dataset) -> str:
        """The one or two most frequent endings."""
        group, words = focus(results), vocabulary(results)
        names = meanings(results, "ending")
        counts = np.bincount(results["ending"].values[group.where], minlength=len(names))
        first, second = (int(code) for code in np.argsort(-counts, kind="stable")[:2])
        nouns = [words.endings[name].noun for name in names]
        if counts[first] == group.count:
            return f"The end is {nouns[first]} in {group.every_world}"
        return (
            f"The end is most often {nouns[first]}, in {group.proportion(int(counts[first]))} of {group.noun}"
            f"{_decided(results, names[first])}, then {nouns[second]}, in "
            f"{group.proportion(int(counts[second]))}{_decided(results, names[second])}"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What the columns mean."""
        words = vocabulary(results)
        without = (words.never, words.broken)
        meant = "".join(
            f" {capital(without_article(words.endings[code].noun))}: {words.endings[code].meaning}."
            for code in endings_listed(results)
            if code in without
        )
        hatched = (
            " Hatched: the part of these in which arms had decided the war; otherwise it goes on. Last bar: all in "
            "which arms decided."
            if _arms(results).any()
            else ""
        )
        return (
            f"Left: how it stands at the horizon.{meant}{hatched} Right: kind of the first signed deal. Lines: 95 % "
            f"intervals (Wilson), chance in drawing worlds alone. {worlds_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a line for each ending."""
        return 1.0 + 0.52 * (len(endings_listed(results)) + 1)

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Two columns of bars."""
        left, right = body.subplots(1, 2, width_ratios=[1.15, 1])
        shown, rows = world_groups(results), endings_listed(results)
        words = vocabulary(results)
        colors = outcome_colors(words)
        values = _marked(results, "ending", rows)
        decided = [value & _arms(results) for value in values]
        shades, labels = [colors[name] for name in rows], [words.endings[name].noun for name in rows]
        places: list[float] = [*range(len(rows))]
        if arms_listed(results):
            values.append(_arms(results))
            shades.append(ARMS)
            labels.append(_ARMS)
            places.append(len(rows) + 0.25)
            left.axhline(len(rows) - 0.37, color=look.muted, linewidth=0.8, linestyle=":")
        _bars(left, shown, values, places, shades, look)
        for row, code in enumerate(rows):
            if code in {words.never, words.broken}:
                _hatch(left, shown, decided[row], row, look)
        _name_rows(left, places, labels)
        left.set_title("At the horizon")
        kinds = [*kinds_offered(results), "none"]
        _bars(right, shown, _marked(results, "declared", kinds), list(range(len(kinds))),
              [colors[name] for name in kinds], look)  # fmt: skip
        _name_rows(right, range(len(kinds)), [words.declared[name].noun for name in kinds])
        right.set_title("First signed deal")
        for axes in (left, right):
            axes.set_ylim(max(places) + 0.5, -0.55)
            axes.set_xlabel(wrapped("share of worlds (%)", int(inches(body) * 3)))
        group_legend(body, shown, also=[hatched_patch(look)] if _arms(results).any() else [])


def decided_share(results: xr.Dataset, ending: str) -> float:
    """Share of the worlds that headlines speak of that end so and in which arms had decided."""
    (here,) = _marked(results, "ending", [ending])
    return focus(results).proportion(here & _arms(results)).share


def hatched_patch(look: Look) -> Patch:
    """The entry of a legend for what arms decided."""
    return Patch(facecolor="none", edgecolor=look.ink, hatch=_HATCH, linewidth=0.6, label="arms had decided the war")


def _arms(results: xr.Dataset) -> Bools:
    """(B,) whether arms had decided; nowhere in a case without a war."""
    if "decided_by_arms" not in results:
        return np.zeros(results.sizes["draw"], bool)
    return results["decided_by_arms"].values.astype(bool)


def _marked(results: xr.Dataset, column: str, names: list[str]) -> list[Bools]:
    """For each name of a code, (B,) the worlds that have it."""
    known = meanings(results, column)
    return [np.asarray(results[column].values == known.index(name)) for name in names]


def _decided(results: xr.Dataset, ending: str) -> str:
    words = vocabulary(results)
    share = decided_share(results, ending) if ending in {words.never, words.broken} else 0.0
    return f" (decided by arms in {percent(share)})" if share > 0 else ""


def _hatch(axes: Axes, shown: list[WorldGroup], decided: Bools, row: int, look: Look) -> None:
    """Hatch the part of the bars without a deal in which arms had decided, from the left end of each bar."""
    for order, group in enumerate(shown):
        share = 100 * group.proportion(decided).share
        at, thick = bar_place(row, order, len(shown))
        if share > 0:
            axes.barh(at, share, thick, facecolor="none", edgecolor=look.ink, hatch=_HATCH, linewidth=0.6,
                      gid="decided by arms", label="_arms")  # fmt: skip


def _name_rows(axes: Axes, places: list[float] | range, nouns: list[str]) -> None:
    axes.set_yticks(places, [wrapped(capital(without_article(noun)), _LETTERS, 3) for noun in nouns])


def _bars(
    axes: Axes, shown: list[WorldGroup], values: list[Bools], places: list[float], colors: list[str], look: Look
) -> None:
    counts = [np.array([value[group.where].sum() for value in values]) for group in shown]
    grouped_bars(axes, places, counts, [group.count for group in shown], colors, shown, look)
