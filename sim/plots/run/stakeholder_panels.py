"""What figures of stakeholders share: whether there are turns to show, who they are, and tables of pairs."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from sim.foundations import Floats
from sim.plots.frame.labels import actor_titles, issue_titles, issue_units, wrapped
from sim.plots.frame.plot import Plot
from sim.plots.frame.share_tables import share_table
from sim.plots.frame.style import Look
from sim.plots.frame.world_groups import focus
from sim.words import counted, in_hundred, percent, quantity

#: Issues that get a panel.
_MOST_PANELS: Final = 4
#: Model -> what a panel calls it.
MODELS: Final = {"challenge-model": "challenge model", "spatial-model-of-politics": "spatial model of politics"}


class StakeholderPlot(Plot):
    """A figure of what stakeholders do turn by turn: in runs, from three parties on ordered issues on."""

    rank = 10

    def fits(self, results: xr.Dataset) -> bool:
        """Stakeholders were followed turn by turn."""
        return "turn_challenge" in results and bool(results.sizes.get("forecast_issue"))


def stakeholders(results: xr.Dataset) -> list[str]:
    """Their titles, in the order of the results."""
    titles = dict(zip((str(name) for name in results["actor"].values), actor_titles(results), strict=True))
    return [titles[str(name)] for name in results["stakeholder"].values]


def issues(results: xr.Dataset) -> list[str]:
    """Ordered issues that get a panel: where not all have one, those on which all first stand farthest apart."""
    names = [str(name) for name in results["forecast_issue"].values]
    if len(names) <= _MOST_PANELS:
        return names
    start = told_group(results)["turn_position"].isel(turn=0, turn_model=0)
    places = np.asarray(start.transpose("forecast_issue", "stakeholder", ...).values, dtype=float)[..., 1]
    wide = np.ptp(np.array([issue_end(results, name) for name in names], dtype=float), axis=1)
    apart = np.nan_to_num(np.fmax.reduce(places, axis=1) - np.fmin.reduce(places, axis=1)) / np.maximum(wide, 1e-12)
    return [names[n] for n in np.argsort(-apart, kind="stable")[:_MOST_PANELS]]


def unshown(results: xr.Dataset, shown: int, array: str) -> str:
    """Say which array holds the issues that have no panel; empty where all have one.

    Args:
        shown: issues that have a panel
        array: the column that holds all of them
    """
    left = len(results["forecast_issue"]) - shown
    return f" {counted(left, 'more issues')} are in the arrays ({array})." if left > 0 else ""


def issue_heading(results: xr.Dataset, issue: str) -> str:
    """What the issue is called, with its unit."""
    titles = issue_titles(results)
    unit = issue_units(results)[list(titles).index(issue)]
    return f"{titles[issue]} ({unit})" if unit else titles[issue]


def told_group(results: xr.Dataset) -> xr.Dataset:
    """Counts and means of the worlds that are told of."""
    return results.isel(group=focus(results).index)


def challenge_shares(results: xr.Dataset, model: int, issue: str) -> Floats:
    """(A, A) in what share of worlds the first challenges the second in the first turn."""
    found = told_group(results)["turn_challenge"].isel(turn_model=model, turn_played=0).sel(forecast_issue=issue)
    return np.asarray(found.values / max(focus(results).count, 1))


def issue_end(results: xr.Dataset, issue: str) -> tuple[float, float]:
    """Ends of the issue's own numbers."""
    low, high = results["forecast_end"].sel(forecast_issue=issue).values
    return float(low), float(high)


def spoken_place(results: xr.Dataset, issue: str, value: float) -> str:
    """A place in words: its number, or a share of the way between the ends where levels have names."""
    n = list(issue_titles(results)).index(issue)
    if np.isfinite(results["level_value"].values[n]).all():
        return quantity(float(f"{value:.3g}"), issue_units(results)[n])
    low, high = issue_end(results, issue)
    return f"{percent((value - low) / (high - low))} of the way to the far end"


def place_axis(axes: Axes, results: xr.Dataset, issue: str, *, along: str) -> None:
    """Let an axis, "x" or "y", run over the scale of an issue, its ends by name where its levels have names."""
    low, high = issue_end(results, issue)
    room = 0.03 * (high - low)
    (axes.set_xlim if along == "x" else axes.set_ylim)(low - room, high + room)
    n = list(issue_titles(results)).index(issue)
    if not np.isfinite(results["level_value"].values[n]).all():
        names = results["forecast_end_name"].sel(forecast_issue=issue).values.astype(str)
        ticks = axes.set_xticks if along == "x" else axes.set_yticks
        ticks([low, high], [wrapped(name, 18, 3) for name in names], fontsize=8)


def pair_table(axes: Axes, results: xr.Dataset, shares: Floats, look: Look, room: float) -> None:
    """A table with a row and a column for each stakeholder; the diagonal and what is never so stay blank.

    Args:
        shares: (A, A), 0..1
        room:   inches of the panel
    """
    titles = stakeholders(results)
    blank = np.where(np.eye(len(titles), dtype=bool), np.nan, shares)
    words = [["" if not cell > 0 else in_hundred(cell) for cell in row] for row in blank]  # never is left blank
    share_table(axes, 100 * blank, words, look, size=7.5)
    letters = max(int(room / len(titles) * 10), 4)
    upright = max(map(len, titles)) > letters
    axes.set_xticks(range(len(titles)), [wrapped(name, 16, 2) for name in titles], fontsize=8,
                    rotation=90 if upright else 0)  # fmt: skip
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(titles)), [wrapped(name, 18, 2) for name in titles], fontsize=8)
