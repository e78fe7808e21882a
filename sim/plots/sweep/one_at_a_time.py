"""Share of each ending when one thing at a time is moved away from the base case."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.figure import SubFigure

from sim.experiments.sweep.sweep_points import ONE_AT_A_TIME, SweepPoints, is_sweep
from sim.foundations import Floats
from sim.plots.frame.labels import SPOKEN, inches
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import Look
from sim.plots.sweep.axis_panels import name_panel, tick_panel
from sim.plots.sweep.share_lines import rows_and_columns, share_legend, share_lines, shown_endings
from sim.plots.sweep.sweep_captions import study_title, sweep_note
from sim.words import capital, percent

#: Panels up to which all axes are shown.
MOST_PANELS: Final = 12


@figure("one-at-a-time", source="one-at-a-time design: Saltelli et al. 2008, ch. 2; small multiples (Tufte 1983)")
class OneAtATime(Plot):
    """A panel for each thing that is moved shows the share of each ending, those that move the outcome most first."""

    def fits(self, results: xr.Dataset) -> bool:
        """A one-at-a-time design in which something moves."""
        if not is_sweep(results) or results.attrs.get("design") != ONE_AT_A_TIME:
            return False
        points = SweepPoints.of(results).known
        return len(points) > 1 and bool(points.axes)

    def title(self, results: xr.Dataset) -> str:
        """The ending that one thing alone moves most."""
        points = SweepPoints.of(results).known
        d, ray = ranked_rays(points)[0]
        axis, spans = points.axes[d], _spans(ray)
        ending = int(spans.argmax())
        if spans[ending] == 0:
            return f"None of these {len(points.axes)} things moves any ending by itself"
        low, high = sorted((int(ray.share[:, ending].argmin()), int(ray.share[:, ending].argmax())))
        first, last = (f"{percent(ray.share[n, ending])} at {axis.say(ray.places[n, d])}" for n in (low, high))
        what = f"Of {len(points.axes)} things moved alone, " if len(points.axes) > 1 else ""
        return f"{what}“{axis.title}” moves {SPOKEN[points.endings[ending]]} most: {first}, {last}"

    def caption(self, results: xr.Dataset) -> str:
        """What a panel shows and where the centre is."""
        points = SweepPoints.of(results).known
        left = len(points.axes) - MOST_PANELS
        cut = f" The {MOST_PANELS} of {len(points.axes)} that move it most are shown." if left > 0 else ""
        still = "the same draws are played at every point, so differences are surer than the bars"
        return (
            f"{study_title(results)}Each panel moves one thing while all others stay at the dotted line (the "
            "scenario's central values). Share of draws in each ending; dashed: share in which any deal is acceptable. "
            f"Panels are sorted by the largest move of an ending, written below.{cut} Bars: 95 % intervals from the "
            f"number of draws{f'; {still}' if points.common else ''}. {sweep_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: by rows of panels."""
        rows, _ = rows_and_columns(min(len(SweepPoints.of(results).known.axes), MOST_PANELS))
        return 0.6 + 2.5 * rows if rows > 1 else 3.6

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One panel for each axis."""
        points = SweepPoints.of(results).known
        ranked = ranked_rays(points)[:MOST_PANELS]
        rows, columns = rows_and_columns(len(ranked))
        grid = body.subplots(rows, columns, sharey=True, squeeze=False).ravel()
        shown = shown_endings(points.endings, points.share)
        centre = points.places[points.number.argmin()]
        wide = inches(body) / columns
        for axes, (d, ray) in zip(grid, ranked, strict=False):
            axis, places = points.axes[d], ray.places[:, d]
            reach = float(np.ptp(places)) if axis.numeric else 1.0
            nudge = (0.03 if columns > 1 else 0.012) * reach / 3 if axis.numeric else 0.1
            share_lines(axes, places, ray.share, ray.error, ray.any_deal, points.endings, shown, look,
                        nudge=nudge, joined=axis.numeric, size=4)  # fmt: skip
            axes.axvline(centre[d], color=look.muted, linewidth=1.0, linestyle=":", gid="centre")
            tick_panel(axes, axis, wide)
            name_panel(axes, axis.title, wide)
            axes.set_xlabel(_moves(ray), fontsize=8.5, color=look.muted)
        for axes in grid[len(ranked) :]:
            axes.set_axis_off()
        for axes in grid[::columns]:
            axes.set_ylabel("share of draws (%)")
        share_legend(body, grid[0])


def ranked_rays(points: SweepPoints) -> list[tuple[int, SweepPoints]]:
    """Index of an axis and the points along it, the axis that moves an ending most first."""
    rays = [points.at(points.ray(d)) for d in range(len(points.axes))]
    return sorted(enumerate(rays), key=lambda found: -float(_spans(found[1]).max()))


def _spans(ray: SweepPoints) -> Floats:
    return np.asarray(ray.share.max(axis=0) - ray.share.min(axis=0))


def _moves(ray: SweepPoints) -> str:
    """The ending that moves most, and between what shares."""
    spans = _spans(ray)
    if spans.max() == 0:
        return "nothing moves"
    share = ray.share[:, int(spans.argmax())]
    return f"{capital(SPOKEN[ray.endings[int(spans.argmax())]])}: {percent(share.min())} to {percent(share.max())}"
