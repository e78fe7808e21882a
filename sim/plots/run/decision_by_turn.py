"""What would be decided after each turn, world by world: a histogram for each turn."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Floats
from sim.plots.frame.plot import figure
from sim.plots.frame.style import BLUE, Look
from sim.plots.frame.world_groups import error_note, focus, worlds_note
from sim.plots.run.stakeholder_panels import (
    MODELS,
    StakeholderPlot,
    issue_end,
    issue_heading,
    issues,
    place_axis,
    spoken_place,
    unshown,
)
from sim.words import percent

_PARTS: Final = 50


@figure(
    "decision-by-turn",
    source="outcomes by round: Scholz, Calbert & Smith 2011, ICAART, doi:10.5220/0003121500180030, table 2; ridges: "
    "Wilke 2019, Fundamentals of Data Visualization, ch. 9",
)
class DecisionByTurn(StakeholderPlot):
    """A ridge for each turn shows where worlds put the outcome then; the dot is the median, the line 80 % of worlds."""

    of_draws = True

    def varies(self, results: xr.Dataset) -> bool:
        """The outcome differs between turns or worlds."""
        found = decisions(results, 0, issues(results)[0])
        return bool(np.nanmax(found) > np.nanmin(found))

    def title(self, results: xr.Dataset) -> str:
        """From where to where the outcome goes in the challenge model, and whether it comes to rest."""
        issue = issues(results)[0]
        found = decisions(results, 0, issue)
        median = np.nanmedian(found, axis=0)
        low, high = issue_end(results, issue)
        still = np.abs(found[:, -1] - found[:, -2]) < 1e-6 * (high - low)
        ends = f"at rest after {found.shape[1] - 1} turns in {percent(float(still.mean()))} of {focus(results).noun}"
        first, second, last = (spoken_place(results, issue, median[turn]) for turn in (0, 1, -1))
        path = f"{first} at first, {second} after one turn, {last} after the last"
        if first == second == last:
            path = f"{first} from the first turn to the last"
        return f"{issue_heading(results, issue)}: {path} (challenge model); {ends}"

    def caption(self, results: xr.Dataset) -> str:
        """What a ridge is."""
        more = unshown(results, len(issues(results)), "turn_decision")
        return (
            "A ridge is as high as the worlds are many, each to its own highest place; turn 0 is before any move. "
            "Decided is the weighted median of positions in the challenge model, their weighted mean in the spatial "
            f"model of politics. {error_note(focus(results).count)} {worlds_note(results)}{more}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a row of panels for each issue."""
        return 3.0 * len(issues(results)) + 0.2

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """A row of panels for each issue, a column for each model."""
        own = issues(results)
        panels = body.subplots(len(own), len(MODELS), squeeze=False, sharex="row", sharey=True)
        for row, issue in zip(panels, own, strict=True):
            for model, (axes, name) in enumerate(zip(row, MODELS.values(), strict=True)):
                _paint(axes, decisions(results, model, issue), issue_end(results, issue), look)
                place_axis(axes, results, issue, along="x")
                axes.set_title(name)
                axes.set_xlabel(issue_heading(results, issue))
            row[0].set_ylabel("turn")


def decisions(results: xr.Dataset, model: int, issue: str) -> Floats:
    """(B, T + 1) what would be decided after each turn, in the worlds that are told of and have an answer."""
    found = results["turn_decision"].isel(turn_model=model).sel(forecast_issue=issue).values[focus(results).where]
    return np.asarray(found[np.isfinite(found).all(axis=1)], dtype=float)


def _paint(axes: Axes, found: Floats, ends: tuple[float, float], look: Look) -> None:
    edges = np.linspace(*ends, _PARTS + 1)
    for turn in range(found.shape[1]):
        values = found[:, turn]
        counts = np.histogram(np.clip(values, *ends), edges)[0].astype(float)
        axes.stairs(turn - 0.8 * counts / max(counts.max(), 1.0), edges, baseline=turn, fill=True, color=BLUE,
                    alpha=0.5, linewidth=0)  # fmt: skip
        low, middle, high = np.quantile(values, [0.1, 0.5, 0.9])
        axes.plot([low, high], [turn, turn], color=BLUE, linewidth=2.2, solid_capstyle="butt")
        axes.plot([middle], [turn], "o", color=BLUE, markeredgecolor=look.ink, markersize=4.5)
    axes.set_yticks(range(0, found.shape[1], 2))
    axes.set_ylim(found.shape[1] - 0.5, -1.0)
    axes.grid(axis="x")
