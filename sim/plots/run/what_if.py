"""What if: how each overlay changes where things stand at the horizon, and what is agreed, in the same worlds."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Bools, Floats, Ints
from sim.plots.frame.change_dots import change_dots
from sim.plots.frame.labels import inches, issue_titles, issue_units, wrapped
from sim.plots.frame.outcomes import vocabulary
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import Look
from sim.plots.frame.user_text import one_line
from sim.plots.frame.world_groups import worlds_note
from sim.words import capital, counted, half_width, percent, points, quantity, without_article
from sim.words.outcome_colors import outcome_colors

_MOST: Final = 4  # panels beside each other
_TERMS: Final = 2  # of which terms have at most so many, where states change too
_TITLE: Final = 60  # letters of an overlay in a sentence
_LETTERS: Final = 28  # of an overlay, beside its row
_ROW: Final = 0.36  # inches
_LEAST: Final = 5.0  # points that an axis reaches to either side


@figure("what-if", source="common random numbers: Glasserman & Yao 1992, Management Science 38:884-908")
class WhatIf(Plot):
    """Dots show how much each overlay changes the share of worlds in each state, and what is agreed, with intervals."""

    of_replays = True
    of_draws = True
    rank = 0

    def fits(self, results: xr.Dataset) -> bool:
        """Overlays were played beside the run."""
        return "overlay_change" in results and results.sizes["overlay"] > 1

    def varies(self, results: xr.Dataset) -> bool:
        """Some overlay changes something in some world."""
        return bool(_states_move(results) or len(shown_terms(results)))

    def title(self, results: xr.Dataset) -> str:
        """What moves most, and how many overlays move nothing beyond chance."""
        change, error = results["overlay_change"].values, results["overlay_change_error"].values
        sure = np.abs(change) > half_width(1.0) * error
        others = len(change) - 1
        dull = int((~(sure | _sure_terms(results)).any(axis=1))[1:].sum())
        if not sure[1:].any():
            return _of_terms(results, dull)
        row, state = divmod(int(np.where(sure, np.abs(change), -1.0).argmax()), change.shape[1])
        words = vocabulary(results).states[str(results["state_name"].values[state])]
        before, after = results["overlay_share"].values[[0, row], state]
        name = one_line(str(results["overlay"].values[row]), _TITLE)
        text = (
            f"“{name}” changes most: {words.noun} in {percent(after)} of worlds instead of {percent(before)} "
            f"({points(float(change[row, state]), float(error[row, state]))} points)"
        )
        return f"{text}{_rest(dull, others)}"

    def caption(self, results: xr.Dataset) -> str:
        """How to read a row, and what has no panel."""
        kept = set(shown_states(results).tolist())
        states = vocabulary(results).states
        least = [
            without_article(states[str(name)].noun)
            for place, name in enumerate(results["state_name"].values)
            if _states_move(results) and place not in kept and results["overlay_share"].values[:, place].any()
        ]
        more = f"States that change less have no panel: {', '.join(least)}. " if least else ""
        more += (
            "Terms are means over the worlds with a deal, each on its own scale. " if len(shown_terms(results)) else ""
        )
        return (
            "Each row is one overlay, each panel one state at the horizon, or what is agreed on one issue; a dot is "
            "the change from the scenario as it stands, of a share in points of a hundred. Both were played in the "
            "same worlds, those that fit the observations in the scenario as it stands, so the changes are paired; "
            "lines: 95 % intervals. Hollow: "
            f"no more than chance may do. {more}{worlds_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a row for each overlay."""
        lines = [label.count("\n") for label in _labels(results)]
        return 1.25 + sum(_ROW + 0.14 * more for more in lines)

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One panel for each state, the one that moves most on the left."""
        states, rows, labels = shown_states(results), ranked_overlays(results), _labels(results)
        terms = shown_terms(results)
        count = len(states) + len(terms)
        panels = body.subplots(1, count, sharey=True, squeeze=False)[0]
        letters = int((inches(body) - 2.6) / count * 9)
        words, codes = vocabulary(results), results["state_name"].values.astype(str)
        for axes, state in zip(panels[: len(states)], states, strict=True):
            code = codes[state]
            change, half = (array[:, 0] for array in _changes(results, rows, np.array([state])))
            _rows(axes, change, half, outcome_colors(words)[code], look)
            reach = _reach(results, states, rows)
            now = f"now {percent(float(results['overlay_share'].values[0, state]))}"
            noun = capital(without_article(words.states[code].noun))
            axes.set_title(f"{wrapped(noun, letters, 2)}\n{now}", fontsize=9)
            axes.set_xlim(-reach, reach)
            axes.set_xlabel("change (points)")
        for axes, term in zip(panels[len(states) :], terms, strict=True):
            _term_panel(axes, results, rows, int(term), letters, look)
        panels[0].set_yticks(range(len(rows)), [labels[row - 1] for row in rows])
        panels[0].set_ylim(len(rows) - 0.4, -0.6)


def shown_states(results: xr.Dataset) -> Ints:
    """Places of the states that get a panel, the one that moves most first; none where only terms change."""
    most = np.abs(results["overlay_change"].values).max(axis=0)
    terms = len(shown_terms(results))
    if terms and not _states_move(results):
        return np.zeros(0, dtype=np.int64)
    order = np.argsort(-most, kind="stable")[: _MOST - terms]
    return np.asarray(order[most[order] > 0] if most.any() else order[:1], dtype=np.int64)


def shown_terms(results: xr.Dataset) -> Ints:
    """Places along ``term_issue`` of the numeric issues that get a panel: those that some overlay clearly changes."""
    if "term_change" not in results:
        return np.zeros(0, dtype=np.int64)
    moved = np.flatnonzero(_clear_terms(results).any(axis=0))
    return moved[: _TERMS if _states_move(results) else _MOST]


def _states_move(results: xr.Dataset) -> bool:
    return bool(results["overlay_change_error"].values.any() or results["overlay_change"].values.any())


def _clear_terms(results: xr.Dataset) -> Bools:
    """(overlays, terms) whether a term changes beyond chance."""
    change, error = results["term_change"].values, results["term_error"].values
    return np.asarray(np.abs(np.nan_to_num(change)) > half_width(1.0) * np.nan_to_num(error))


def _sure_terms(results: xr.Dataset) -> Bools:
    """(overlays, 1) whether any term changes beyond chance."""
    if "term_change" not in results:
        return np.zeros((results.sizes["overlay"], 1), dtype=bool)
    return np.asarray(_clear_terms(results).any(axis=1))[:, None]


def _of_terms(results: xr.Dataset, dull: int) -> str:
    """The title where no state changes: the term that changes most, if one does."""
    others = results.sizes["overlay"] - 1
    if not len(shown_terms(results)):
        return f"No state changes beyond chance under {_said(others, 'any of ')}"
    term = int(shown_terms(results)[0])
    change = np.where(_clear_terms(results)[:, term], np.nan_to_num(results["term_change"].values[:, term]), 0.0)
    row = int(np.abs(change).argmax())
    title, unit = _issue(results, term)
    before = float(results["term_before"].values[term])
    half = half_width(1.0) * float(results["term_error"].values[row, term])
    name = one_line(str(results["overlay"].values[row]), _TITLE)
    sign = "+" if change[row] > 0 else "−"
    after, now = (quantity(_rounded(value), unit) for value in (before + change[row], before))
    moved, error = (quantity(_rounded(abs(value), 2)) for value in (change[row], half))
    return (
        f"“{name}” changes what is agreed: “{title}” {after} on average instead of {now} ({sign}{moved} ± {error})"
        f"{_rest(dull, others)}"
    )


def _rest(dull: int, others: int) -> str:
    """How many overlays change nothing; empty where each changes something."""
    if not dull:
        return ""
    verb = "change" if dull > 1 else "changes"
    return f"; {counted(dull, 'overlays')} of {others} {verb} nothing beyond chance"


def _rounded(value: float, digits: int = 3) -> float:
    return float(f"{value:.{digits}g}")


def _issue(results: xr.Dataset, term: int) -> tuple[str, str]:
    """Title and unit of an issue."""
    titles = issue_titles(results)
    name = str(results["term_issue"].values[term])
    return titles[name], issue_units(results)[list(titles).index(name)]


def _term_panel(axes: Axes, results: xr.Dataset, rows: Ints, term: int, letters: int, look: Look) -> None:
    """The change of one term on its own scale."""
    title, unit = _issue(results, term)
    change = np.asarray(results["term_change"].values[rows, term])
    half = half_width(1.0) * np.asarray(results["term_error"].values[rows, term])
    _rows(axes, change, half, look.ink, look)
    before = float(results["term_before"].values[term])
    axes.set_title(f"{wrapped(title, letters, 2)}\nnow {quantity(_rounded(before), unit)}", fontsize=9)
    reach = 1.08 * float(np.nanmax(np.abs(change) + half))
    axes.set_xlim(-reach, reach)
    axes.locator_params(axis="x", nbins=4)
    axes.set_xlabel(f"change of the mean{f' ({unit})' if unit else ''}")


def ranked_overlays(results: xr.Dataset) -> Ints:
    """Rows of the overlays, the base left out: from the most that the first panel gains to the most that it loses."""
    states = shown_states(results)
    if len(states):
        change = results["overlay_change"].values[1:, states[0]]
    else:
        change = np.nan_to_num(results["term_change"].values[1:, shown_terms(results)[0]])
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


def _rows(axes: Axes, change: Floats, half: Floats, color: str, look: Look) -> None:
    """One dot with its interval for each overlay."""
    sure = (np.abs(change) > half) & (change != 0)
    change_dots(axes, change, half, sure, [color] * len(change), look)
