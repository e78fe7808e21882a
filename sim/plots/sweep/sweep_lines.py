"""Share of each ending along one thing that is varied, with a panel for each choice of a second."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr

from sim.foundations import Floats
from sim.plots.frame.plot import figure
from sim.plots.sweep.ending_marks import EndingMarks
from sim.plots.sweep.line_frame import LinePanel, LinePlot
from sim.plots.sweep.sweep_captions import after_signing, study_title, sweep_note
from sim.sweeps.sweep_points import SweepPoints, is_sweep, least_change
from sim.sweeps.swept_axes import SweptAxis, swept_axes
from sim.words import capital, percent

_MOST_PANELS: Final = 4
_STANDS: Final = " (as it stands)"


@figure("sweep-lines", source="intervals: Wilson 1927")
class SweepLines(LinePlot):
    """Lines show the share of each ending along an axis, with 95 % intervals."""

    rank = 12

    def fits(self, results: xr.Dataset) -> bool:
        """One axis, or two of which one is a choice between a few."""
        return is_sweep(results) and _axes(results) is not None

    def title(self, results: xr.Dataset) -> str:
        """The ending whose share changes most along the axis."""
        panels, nouns = self.panels(results), EndingMarks.of(results).nouns
        line = panels[0].points.axes[panels[0].d]
        under = [f" under “{one.name.removesuffix(_STANDS)}”" if one.name else "" for one in panels]
        shares = np.stack([one.points.share for one in panels])
        change = np.nan_to_num(shares[:, -1] - shares[:, 0])
        panel, most = np.unravel_index(np.abs(change).argmax(), change.shape)
        at = len(line.values) // 2 if line.base_place is None else int(np.abs(line.places - line.base_place).argmin())
        apart = np.nan_to_num(shares[:, at].max(axis=0) - shares[:, at].min(axis=0))
        if apart.max() > np.abs(change).max():
            here = shares[:, at, apart.argmax()]
            told = [f"{percent(share)}{where}" for share, where in zip(here, under, strict=True)]
            return f"{capital(nouns[int(apart.argmax())])}: {', '.join(told)}"
        ends = [line.written(value) for value in (line.values[0], line.values[-1])]
        along = f"as “{line.title}” goes from {ends[0]} to {ends[1]}"
        counted = min(float(one.points.counted[[0, -1]].min()) for one in panels)
        if 0 < np.abs(change).max() < least_change(counted):
            return f"No ending's share moves more than chance may {along} ({counted:,.0f} worlds)"
        first, last = (percent(share) for share in shares[panel, [0, -1], most])
        if first != last:
            verb = f"{'rises' if change[panel, most] > 0 else 'falls'} from {first} to {last}"
            return f"{capital(nouns[most])} {verb}{under[panel]} {along}"
        return _between(shares, nouns, under, along)

    def caption(self, results: xr.Dataset) -> str:
        """What lines and bars mean."""
        base = " Dotted line: the scenario as it stands." if self.panels(results)[0].mark is not None else ""
        return (
            f"{study_title(results)}Share of worlds in each ending; dashed: share in which any deal is acceptable, "
            f"before anybody talks. Bars: 95 % intervals, the error from the number of worlds alone.{base} "
            f"{after_signing(results)}{sweep_note(results)}"
        )

    def panels(self, results: xr.Dataset) -> list[LinePanel]:
        """One, or one for each choice."""
        found = _axes(results)
        assert found is not None
        line, choice = found
        points = SweepPoints.of(results)
        d = points.axes.index(line)
        points = points.at(np.argsort(points.places[:, d], kind="stable"))
        if choice is None:
            return [LinePanel("", points, d, line.base_place)]
        which = points.places[:, points.axes.index(choice)]
        names = [f"{value}{_STANDS if value == choice.base else ''}" for value in choice.values]
        return [LinePanel(name, points.at(which == n), d, line.base_place) for n, name in enumerate(names)]

    def along(self, results: xr.Dataset) -> str:
        """The axis of every panel."""
        found = _axes(results)
        return found[0].title if found else ""


def _axes(results: xr.Dataset) -> tuple[SweptAxis, SweptAxis | None] | None:
    """The axis along the lines, and the one with a panel for each choice."""
    axes = swept_axes(results)
    if len(axes) == 1:
        return axes[0], None
    if len(axes) != 2:
        return None
    panels = [axis for axis in axes if axis.choice and not axis.numeric and len(axis.values) <= _MOST_PANELS]
    if not panels:
        return None
    return next(axis for axis in axes if axis is not panels[0]), panels[0]


def _between(shares: Floats, nouns: tuple[str, ...], under: list[str], along: str) -> str:
    """Say of ends that are alike what lies between."""
    low, high = np.nan_to_num(np.min(shares, axis=1)), np.nan_to_num(np.max(shares, axis=1))
    panel, most = np.unravel_index((high - low).argmax(), low.shape)
    least, largest = percent(low[panel, most]), percent(high[panel, most])
    if least == largest:
        return f"No ending becomes more or less frequent {along}"
    return f"{capital(nouns[most])} moves between {least} and {largest}{under[panel]} {along}"
