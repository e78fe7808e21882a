"""The most frequent ending over two things that are varied, with a map for each value of a third and a fourth."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr

from sim.plots.frame.plot import figure
from sim.plots.sweep.ending_marks import EndingMarks
from sim.plots.sweep.map_axes import MapAxes
from sim.plots.sweep.regime_map import RegimeMap
from sim.sweeps.sweep_points import SweepPoints, is_sweep
from sim.sweeps.swept_axes import swept_axes

_MOST_AXES: Final = 4


@figure("regime-map-panels", source="regions of most frequent outcomes; small multiples (Tufte 1983)")
class RegimeMapPanels(RegimeMap):
    """A regime map for each value of the third axis of a grid, or of the third and fourth."""

    def fits(self, results: xr.Dataset) -> bool:
        """A grid over three axes or four."""
        return is_sweep(results) and 2 < len(swept_axes(results)) <= _MOST_AXES

    def title(self, results: xr.Dataset) -> str:
        """How many points each ending takes, and where along the third axis the first is most and least frequent."""
        told, points, marks = super().title(results), SweepPoints.of(results), EndingMarks.of(results)
        third = MapAxes.of(results).others[-1]
        first = marks.ranked(points.modal)[0]
        place = points.places[:, [axis.name for axis in points.axes].index(third.name)]
        led = [int((points.modal[place == value] == first).sum()) for value in third.places]
        if min(led) == max(led):
            return told
        low, high = int(np.argmin(led)), int(np.argmax(led))
        return (
            f"{told}; {marks.nouns[first]} at {led[high]:,} of {len(points) // len(led):,} where “{third.title}” is "
            f"{third.say(third.places[high])}, at {led[low]:,} where it is {third.say(third.places[low])}"
        )
