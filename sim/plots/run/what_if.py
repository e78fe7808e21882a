"""What if: how each overlay changes where things stand at the horizon, in the same worlds."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Floats, Ints
from sim.plots.frame.labels import inches, wrapped
from sim.plots.frame.outcomes import outcome_colors, vocabulary
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import GREY, Look
from sim.plots.frame.user_text import one_line
from sim.plots.frame.world_groups import worlds_note
from sim.words import capital, clear, counted, half_width, percent, points, without_article

_MOST: Final = 4  # panels beside each other
_TITLE: Final = 60  # letters of an overlay in a sentence
_LETTERS: Final = 28  # of an overlay, beside its row
_ROW: Final = 0.36  # inches
_LEAST: Final = 5.0  # points that an axis reaches to either side
_DOT: Final = 6.0  # points


@figure("what-if", source="common random numbers: Glasserman & Yao 1992, Management Science 38:884-908")
class WhatIf(Plot):
    """Dots show how much each overlay changes the share of worlds in each state at the horizon, with its interval."""

    of_replays = True
    of_draws = True
    rank = 0

    def fits(self, results: xr.Dataset) -> bool:
        """Overlays were played beside the run."""
        return "overlay_change" in results and results.sizes["overlay"] > 1

    def varies(self, results: xr.Dataset) -> bool:
        """Some overlay changes something in some world."""
        return bool(results["overlay_change_error"].values.any() or results["overlay_change"].values.any())

    def title(self, results: xr.Dataset) -> str:
        """What moves most, and how many overlays move nothing beyond chance."""
        change, error = results["overlay_change"].values, results["overlay_change_error"].values
        sure = np.abs(change) > half_width(1.0) * error
        others, dull = len(change) - 1, int((~sure[1:].any(axis=1)).sum())
        if dull == others:
            return f"No state changes beyond chance under {_said(others, 'any of ')}"
        row, state = divmod(int(np.where(sure, np.abs(change), -1.0).argmax()), change.shape[1])
        words = vocabulary(results).states[str(results["state_name"].values[state])]
        before, after = results["overlay_share"].values[[0, row], state]
        name = one_line(str(results["overlay"].values[row]), _TITLE)
        text = (
            f"“{name}” changes most: {words.noun} in {percent(after)} of worlds instead of {percent(before)} "
            f"({points(float(change[row, state]), float(error[row, state]))} points)"
        )
        if not dull:
            return text
        verb = "change" if dull > 1 else "changes"
        return f"{text}; {counted(dull, 'overlays')} of {others} {verb} nothing beyond chance"

    def caption(self, results: xr.Dataset) -> str:
        """How to read a row, and what has no panel."""
        kept = set(shown_states(results).tolist())
        states = vocabulary(results).states
        least = [
            without_article(states[str(name)].noun)
            for place, name in enumerate(results["state_name"].values)
            if place not in kept and results["overlay_share"].values[:, place].any()
        ]
        more = f"States that change less have no panel: {', '.join(least)}. " if least else ""
        return (
            "Each row is one overlay, each panel one state at the horizon; a dot is the change of its share from the "
            "scenario as it stands, in points of a hundred. Both were played in the same worlds, those that fit the "
            "observations in the scenario as it stands, so the changes are paired; lines: 95 % intervals. Hollow: "
            f"no more than chance may do. {more}{worlds_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a row for each overlay."""
        lines = [label.count("\n") for label in _labels(results)]
        return 1.25 + sum(_ROW + 0.14 * more for more in lines)

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One panel for each state, the one that moves most on the left."""
        states, rows, labels = shown_states(results), ranked_overlays(results), _labels(results)
        panels = body.subplots(1, len(states), sharey=True, squeeze=False)[0]
        reach = _reach(results, states, rows)
        letters = int((inches(body) - 2.6) / len(states) * 9)
        words, codes = vocabulary(results), results["state_name"].values.astype(str)
        for axes, state in zip(panels, states, strict=True):
            code = codes[state]
            _rows(axes, results, rows, int(state), outcome_colors(words)[code], look)
            now = f"now {percent(float(results['overlay_share'].values[0, state]))}"
            noun = capital(without_article(words.states[code].noun))
            axes.set_title(f"{wrapped(noun, letters, 2)}\n{now}", fontsize=9)
            axes.set_xlim(-reach, reach)
            axes.set_xlabel("change (points)")
        panels[0].set_yticks(range(len(rows)), [labels[row - 1] for row in rows])
        panels[0].set_ylim(len(rows) - 0.4, -0.6)


def shown_states(results: xr.Dataset) -> Ints:
    """Places of the states that get a panel, the one that moves most first."""
    most = np.abs(results["overlay_change"].values).max(axis=0)
    order = np.argsort(-most, kind="stable")[:_MOST]
    return np.asarray(order[most[order] > 0] if most.any() else order[:1], dtype=np.int64)


def ranked_overlays(results: xr.Dataset) -> Ints:
    """Rows of the overlays, the base left out: from the most that the first panel gains to the most that it loses."""
    change = results["overlay_change"].values[1:, shown_states(results)[0]]
    return np.asarray(1 + np.argsort(-change, kind="stable"), dtype=np.int64)


def _said(count: int, several: str) -> str:
    return "the only overlay" if count == 1 else f"{several}{counted(count, 'overlays')}"


def _labels(results: xr.Dataset) -> list[str]:
    return [wrapped(one_line(str(name), _TITLE), _LETTERS, 2) for name in results["overlay"].values[1:]]


def _changes(results: xr.Dataset, rows: Ints, states: Ints) -> tuple[Floats, Floats]:
    """(rows, states) changes in points and half of their intervals."""
    at = np.ix_(rows, states)
    change, error = results["overlay_change"].values[at], results["overlay_change_error"].values[at]
    return np.asarray(100 * change), np.asarray(100 * half_width(1.0) * error)


def _reach(results: xr.Dataset, states: Ints, rows: Ints) -> float:
    """One scale for all panels, so that long lines are large changes."""
    change, half = _changes(results, rows, states)
    return max(_LEAST, 1.08 * float((np.abs(change) + half).max()))


def _rows(axes: Axes, results: xr.Dataset, rows: Ints, state: int, color: str, look: Look) -> None:
    change, half = (array[:, 0] for array in _changes(results, rows, np.array([state])))
    axes.axvline(0, color=look.muted, linewidth=0.9)
    for place, (value, width) in enumerate(zip(change, half, strict=True)):
        sure = clear(float(value), float(width) / half_width(1.0)) and value != 0
        shade = color if sure else GREY
        axes.errorbar(
            [value], [place], xerr=[width], fmt="o", markersize=_DOT, color=shade, ecolor=shade, elinewidth=1.4,
            capsize=2, markerfacecolor=shade if sure else look.background, label="_change",
        )  # fmt: skip
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
