"""Share of each ending when one thing at a time is moved away from the base case."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr

from sim.foundations import Floats
from sim.plots.frame.plot import figure
from sim.plots.sweep.ending_marks import EndingMarks
from sim.plots.sweep.line_frame import LinePanel, LinePlot
from sim.plots.sweep.sweep_captions import study_title, sweep_note
from sim.sweeps.sweep_effects import most_moving
from sim.sweeps.sweep_points import ONE_AT_A_TIME, SweepPoints, is_sweep
from sim.words import capital, percent

#: Panels up to which all axes are shown.
_MOST_PANELS: Final = 12


@figure("one-at-a-time", source="one-at-a-time design: Saltelli et al. 2008, ch. 2; small multiples (Tufte 1983)")
class OneAtATime(LinePlot):
    """A panel for each thing that is moved shows the share of each ending, those that move the outcome most first."""

    rank = 13

    def fits(self, results: xr.Dataset) -> bool:
        """A one-at-a-time design in which something moves."""
        if not is_sweep(results) or results.attrs.get("design") != ONE_AT_A_TIME:
            return False
        points = SweepPoints.of(results).known
        return len(points) > 1 and bool(points.axes)

    def title(self, results: xr.Dataset) -> str:
        """The ending that one thing alone moves most."""
        one = self.panels(results)[0]
        ray, axis, spans = one.points, one.points.axes[one.d], _spans(one.points)
        ending = int(spans.argmax())
        if spans[ending] == 0:
            return f"None of these {len(ray.axes)} things moves any ending by itself"
        low, high = sorted((int(ray.share[:, ending].argmin()), int(ray.share[:, ending].argmax())))
        first, last = (f"{percent(ray.share[n, ending])} at {axis.say(ray.places[n, one.d])}" for n in (low, high))
        what = f"Of {len(ray.axes)} things moved alone, " if len(ray.axes) > 1 else ""
        noun = EndingMarks.of(results).nouns[ending]
        return f"{what}“{axis.title}” moves the share of {noun} most: {first}, {last}"

    def caption(self, results: xr.Dataset) -> str:
        """What a panel shows and where the centre is."""
        points = SweepPoints.of(results).known
        count = len(points.axes)
        cut = f" The {_MOST_PANELS} of {count} that move it most are shown." if count > _MOST_PANELS else ""
        still = "the same worlds are played at every point, so differences are surer than the bars"
        return (
            f"{study_title(results)}Each panel moves one thing while all others stay at the dotted line (the "
            "scenario's central values). Share of worlds in each ending; dashed: share in which any deal is "
            f"acceptable. Panels are sorted by the largest move of an ending, written below.{cut} Bars: 95 % intervals "
            f"from the number of worlds{f'; {still}' if points.common else ''}. {sweep_note(results)}"
        )

    def panels(self, results: xr.Dataset) -> list[LinePanel]:
        """One for each axis, the one that moves an ending most first."""
        points, nouns = SweepPoints.of(results).known, EndingMarks.of(results).nouns
        centre = points.places[points.number.argmin()]
        found = []
        for d in most_moving(points)[:_MOST_PANELS]:
            ray = points.at(points.ray(d))
            found.append(LinePanel(points.axes[d].title, ray, d, float(centre[d]), _moves(ray, nouns)))
        return found


def _spans(ray: SweepPoints) -> Floats:
    return np.asarray(ray.share.max(axis=0) - ray.share.min(axis=0))


def _moves(ray: SweepPoints, nouns: tuple[str, ...]) -> str:
    """The ending that moves most, and between what shares."""
    spans = _spans(ray)
    if spans.max() == 0:
        return "nothing moves"
    share = ray.share[:, int(spans.argmax())]
    return f"{capital(nouns[int(spans.argmax())])}: {percent(share.min())} to {percent(share.max())}"
