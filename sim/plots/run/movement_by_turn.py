"""Where each stakeholder stands turn by turn, in both models of challenges."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Floats
from sim.plots.frame.labels import wrapped
from sim.plots.frame.plot import figure
from sim.plots.frame.style import ACTOR_COLORS, ACTOR_MARKERS, Look
from sim.plots.frame.world_groups import focus, worlds_note
from sim.plots.run.stakeholder_panels import (
    MODELS,
    StakeholderPlot,
    issue_end,
    issue_heading,
    issues,
    place_axis,
    spoken_place,
    stakeholders,
    told_group,
    unshown,
)

_STILL = 1e-6  # shares of the scale


@figure(
    "movement-by-turn",
    source="positions by round: Scholz, Calbert & Smith 2011, ICAART, doi:10.5220/0003121500180030, table 2; Wise, "
    "Lester & Efird 2015, KAPSARC Toolkit for Behavioral Analysis",
)
class MovementByTurn(StakeholderPlot):
    """Lines follow each stakeholder's median position over the turns; black is the outcome.

    A row for each issue, a column for each model; one shade in each panel, for whoever moves farthest.
    """

    def varies(self, results: xr.Dataset) -> bool:
        """Somebody moves."""
        return bool(np.nanmax(np.abs(moved_by_turn(results, 0, issues(results)[0]))) > _STILL)

    def title(self, results: xr.Dataset) -> str:
        """Who moves farthest in the challenge model, from where to where."""
        issue = issues(results)[0]
        way = moved_by_turn(results, 0, issue)
        low, high = issue_end(results, issue)
        heading, titles = issue_heading(results, issue), stakeholders(results)
        moving = np.abs(way) > 0.01 * (high - low)
        if not moving.any():
            return f"{heading}: nobody moves in the challenge model"
        most = int(np.nanargmax(np.abs(way)))
        place = positions(results, 0, issue)[:, most, 1]
        stay = int((~moving).sum())
        still = f"{stay} of {len(titles)} {'stays' if stay == 1 else 'stay'}" if stay else "nobody stays"
        return (
            f"{heading}: the farthest move is that of {titles[most]}, from {spoken_place(results, issue, place[0])} to "
            f"{spoken_place(results, issue, place[-1])}; {still}"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What lines and shades are."""
        more = unshown(results, len(issues(results)), "turn_position")
        return (
            "Lines: median position after each turn, over worlds; shade: where 80 % of worlds have the one who moves "
            "farthest, which is the line in bold. Black: median of what would "
            "be decided then, the weighted median of positions in the challenge model, their weighted mean in the "
            f"spatial model of politics. {worlds_note(results)}{more}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a row for each issue, and the legend."""
        return 2.6 * len(issues(results)) + 0.25 * (1 + len(stakeholders(results)) // 5)

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Panels with one legend for all of them."""
        own = issues(results)
        panels = body.subplots(len(own), len(MODELS), squeeze=False, sharex=True, sharey="row")
        for row, issue in zip(panels, own, strict=True):
            for model, (axes, name) in enumerate(zip(row, MODELS.values(), strict=True)):
                _paint(axes, results, model, issue, look)
                if issue == own[0]:
                    axes.set_title(name)
            row[0].set_ylabel(wrapped(issue_heading(results, issue), 28, 2))
        for axes in panels[-1]:
            axes.set_xlabel("turn")
        handles, labels = panels[0, 0].get_legend_handles_labels()
        body.legend(handles, labels, loc="outside lower center", ncols=5, fontsize=8)


def positions(results: xr.Dataset, model: int, issue: str) -> Floats:
    """(T + 1, A, 3) quantiles of where each stands after each turn."""
    found = told_group(results)["turn_position"].isel(turn_model=model).sel(forecast_issue=issue)
    return np.asarray(found.values, dtype=float)


def moved_by_turn(results: xr.Dataset, model: int, issue: str) -> Floats:
    """(A,) how far the median position is from where it began, after the last turn."""
    median = positions(results, model, issue)[:, :, 1]
    return np.asarray(np.nan_to_num(median[-1] - median[0]))


def _paint(axes: Axes, results: xr.Dataset, model: int, issue: str, look: Look) -> None:
    turns, place = results["turn"].values, positions(results, model, issue)
    way = np.abs(moved_by_turn(results, model, issue))
    farthest = int(way.argmax()) if way.max() > _STILL else -1
    for a, title in enumerate(stakeholders(results)):
        color, mark = ACTOR_COLORS[a % len(ACTOR_COLORS)], ACTOR_MARKERS[(a // 8 + a) % len(ACTOR_MARKERS)]
        if not np.isfinite(place[:, a]).all():
            continue
        bold = a == farthest
        if bold:
            axes.fill_between(turns, place[:, a, 0], place[:, a, 2], color=color, alpha=0.2, linewidth=0)
        style, thick = "-" if a < len(ACTOR_COLORS) else "--", 2.2 if bold else 1.1
        axes.plot(turns, place[:, a, 1], style, color=color, marker=mark, markersize=3.5, linewidth=thick, label=title)
    decided = results["turn_decision"].isel(turn_model=model).sel(forecast_issue=issue).values[focus(results).where]
    axes.plot(turns, np.nanmedian(decided, axis=0), color=look.ink, linewidth=2.4, label="what would be decided")
    place_axis(axes, results, issue, along="y")
    axes.grid(axis="y")
