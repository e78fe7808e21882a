"""Who expects to gain most by challenging whom, in both models of challenges, and how each pair stands."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import SubFigure
from matplotlib.patches import Patch

from sim.foundations import Floats, Ints
from sim.plots.frame.labels import inches, wrapped
from sim.plots.frame.plot import figure
from sim.plots.frame.style import BLUE, SKY, VERMILION, Look, ink_on
from sim.plots.frame.world_groups import error_note, focus, worlds_note
from sim.plots.run.stakeholder_panels import (
    MODELS,
    StakeholderPlot,
    challenge_shares,
    issue_heading,
    issues,
    pair_table,
    stakeholders,
    told_group,
    unshown,
)
from sim.words import enumerated, in_hundred

#: How a pair stands -> what a legend calls it.
_SAID: Final = {
    "conflict": "both expect to gain by a challenge",
    "upper hand": "the row presses the column",
    "under pressure": "the column presses the row",
    "peace": "neither",
}
_WRITTEN: Final = 11
_ROW: Final = 0.27  # inches


@figure(
    "who-challenges-whom",
    source="Bueno de Mesquita 1985, Int Stud Q 29:121-136; Wise, Lester & Efird 2015, KAPSARC Toolkit for Behavioral "
    "Analysis, its quad map and bargain network",
)
class WhoChallengesWhom(StakeholderPlot):
    """Tables of pairs show whom each stakeholder challenges first, and how each pair stands in the eyes of the row."""

    by_default = True

    def title(self, results: xr.Dataset) -> str:
        """Who is challenged by the most in the first turn, all of them where it is as many."""
        issue = issues(results)[0]
        shares = challenge_shares(results, 0, issue)
        if not shares.any():
            return f"{issue_heading(results, issue)}: nobody expects to gain by a challenge"
        titles, size = stakeholders(results), focus(results).count
        by = np.round(shares.sum(axis=0), 1)  # mean challengers; what differs by less is not told apart
        most = [titles[n] for n in np.flatnonzero(by == by.max())]
        each = " each" if len(most) > 1 else ""
        mean = "" if size == 1 else " in the mean of worlds"
        return (
            f"{issue_heading(results, issue)}: {enumerated(most)} {'are' if each else 'is'} challenged by the most, "
            f"{float(by.max()):.3g} of {len(titles) - 1} others{each}{mean}"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What a challenge is, and how a pair stands."""
        more = unshown(results, 1, "turn_challenge")
        return (
            "First turn. Challenges: in what share of worlds (%) the row expects to gain most by challenging the "
            "column; left as the challenge model has it, on this issue, right as the spatial model of politics has it, "
            "on all issues at once. Below: how the pair stands in the eyes of the row in most worlds, and in what "
            f"share of them (%). {error_note(focus(results).count)} {worlds_note(results)}{more}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: two tables below each other."""
        return 2 * (1.25 + _ROW * len(stakeholders(results))) + 0.4

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Challenges in both models side by side, pairs below."""
        issue = issues(results)[0]
        room = (inches(body) - 2.6) / 2
        grid = body.subplots(2, 2)
        for axes, (model, name) in zip(grid[0], enumerate(MODELS.values()), strict=True):
            pair_table(axes, results, challenge_shares(results, model, issue), look, room)
            axes.set_title(f"Challenges: {name}")
        code, share = standing(results, issue)
        _pairs(grid[1, 0], results, code, share, look, room)
        grid[1, 1].set_axis_off()
        names = list(_SAID)
        handles = [Patch(color=_colors(look)[n], label=_SAID[name]) for n, name in enumerate(names)]
        grid[1, 1].legend(handles=handles, loc="center left", frameon=False, title="In the eyes of the row")


def standing(results: xr.Dataset, issue: str) -> tuple[Ints, Floats]:
    """(A, A) how each pair stands in most worlds, a place in ``relation``, and in what share of them; first turn."""
    counts = told_group(results)["turn_relation"].isel(turn_played=0).sel(forecast_issue=issue).values
    return counts.argmax(axis=2), counts.max(axis=2) / max(focus(results).count, 1)


def _colors(look: Look) -> list[str]:
    return [VERMILION, BLUE, SKY, look.grid]


def _pairs(axes: Axes, results: xr.Dataset, code: Ints, share: Floats, look: Look, room: float) -> None:
    names = [str(name) for name in results["relation"].values]
    order = np.array([list(_SAID).index(name) for name in names])
    titles = stakeholders(results)
    shown = np.ma.masked_array(order[code], np.eye(len(titles), dtype=bool))
    colors = _colors(look)
    axes.imshow(shown, cmap=ListedColormap(colors), vmin=-0.5, vmax=3.5, aspect="auto", interpolation="nearest")
    if len(titles) <= _WRITTEN:
        for row in range(len(titles)):
            for column in range(len(titles)):
                if row != column:
                    ink = ink_on(colors[int(order[code[row, column]])])
                    axes.text(column, row, in_hundred(share[row, column]), ha="center", va="center", fontsize=7.5,
                              color=ink)  # fmt: skip
    upright = max(map(len, titles)) > max(int(room / len(titles) * 10), 4)
    axes.set_xticks(range(len(titles)), [wrapped(name, 16, 2) for name in titles], fontsize=8,
                    rotation=90 if upright else 0)  # fmt: skip
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(titles)), [wrapped(name, 18, 2) for name in titles], fontsize=8)
    axes.set_xticks(np.arange(len(titles) - 1) + 0.5, minor=True)
    axes.set_yticks(np.arange(len(titles) - 1) + 0.5, minor=True)
    axes.grid(which="minor", color=look.background, linewidth=2)
    axes.tick_params(which="both", length=0)
    axes.spines[:].set_visible(False)
    axes.set_title("How pairs stand: challenge model")
