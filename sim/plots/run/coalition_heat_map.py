"""Whom each stakeholder would back in contests with others, before the first turn and after the last."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.figure import SubFigure

from sim.foundations import Floats
from sim.plots.frame.labels import inches
from sim.plots.frame.plot import figure
from sim.plots.frame.style import Look
from sim.plots.frame.world_groups import worlds_note
from sim.plots.run.stakeholder_panels import (
    StakeholderPlot,
    issue_heading,
    issues,
    pair_table,
    stakeholders,
    told_group,
    unshown,
)
from sim.words import percent

_ROW = 0.27  # inches
_HARDLY = 0.02  # share of contests below which nobody is worth naming


@figure(
    "coalition-heat-map",
    source="third parties: Bueno de Mesquita 1985, Int Stud Q 29:121-136; shaded matrices: Wilkinson & Friendly 2009, "
    "Am Stat 63:179-184",
)
class CoalitionHeatMap(StakeholderPlot):
    """Cells show in what part of the column's contests the row would back it, at the start and after the last turn."""

    def title(self, results: xr.Dataset) -> str:
        """Who is backed most at the start, and whether that changes."""
        issue = issues(results)[0]
        titles = stakeholders(results)
        first, last = (support(results, issue, end) for end in (0, 1))
        one, two = int(first.argmax()), int(last.argmax())
        heading = issue_heading(results, issue)
        begins = f"{heading}: backed most at the start is {titles[one]}, in {percent(first[one])} of contests"
        if last[two] < _HARDLY:
            return f"{begins}; after the last turn hardly anybody is backed, as all stand nearly alike"
        if one == two:
            return f"{begins}, and after the last turn, in {percent(last[one])}"
        return f"{begins}; after the last turn it is {titles[two]}, in {percent(last[two])}"

    def caption(self, results: xr.Dataset) -> str:
        """What it is to back somebody."""
        more = unshown(results, 1, "turn_backing")
        return (
            "In what part of the column's contests with third parties (%) the row stands nearer to it than to the "
            "other, so that its votes go there; mean over worlds, challenge model. Rows and columns run by where "
            f"each stands at the start, so coalitions are dark blocks. {worlds_note(results)}{more}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a row for each stakeholder."""
        return 1.3 + _ROW * len(stakeholders(results))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Two tables, of which the rows are the same."""
        issue = issues(results)[0]
        start = told_group(results)["turn_position"].isel(turn_model=0, turn=0, turn_quantile=1)
        order = np.argsort(start.sel(forecast_issue=issue).values, kind="stable")
        sorted_ = results.isel(stakeholder=order, other_stakeholder=order)
        room = (inches(body) - 2.6) / 2
        for end, (axes, words) in enumerate(
            zip(body.subplots(1, 2), ("At the start", "After the last turn"), strict=True)
        ):
            pair_table(axes, sorted_, backed(sorted_, issue, end), look, room)
            axes.set_title(words)
            if support(sorted_, issue, end).max() < _HARDLY:
                axes.text(
                    0.5, 0.5, "hardly anybody\nis backed", transform=axes.transAxes, ha="center", va="center",
                    color=look.muted, size="small",
                )  # fmt: skip


def backed(results: xr.Dataset, issue: str, end: int) -> Floats:
    """(A, A) in what part of the contests of the second the first would back it, 0..1."""
    found = told_group(results)["turn_backing"].isel(turn_end=end).sel(forecast_issue=issue)
    return np.asarray(found.values, dtype=float)


def support(results: xr.Dataset, issue: str, end: int) -> Floats:
    """(A,) the mean of that over all others, for each who is backed."""
    shares = backed(results, issue, end)
    np.fill_diagonal(shares, 0.0)
    return np.asarray(shares.sum(axis=0) / max(len(shares) - 1, 1))
