"""Which ending is the most frequent one, over two things that are varied."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.artist import Artist

from sim.plots.frame.plot import figure
from sim.plots.frame.style import Look
from sim.plots.sweep.boundary_lines import BoundaryLine, alike, boundary_lines
from sim.plots.sweep.boundary_words import boundary_note
from sim.plots.sweep.ending_marks import EndingMarks
from sim.plots.sweep.map_axes import MapAxes
from sim.plots.sweep.map_frame import MapPlot, MapTile
from sim.plots.sweep.sweep_captions import study_title, sweep_note
from sim.sweeps.sweep_points import SweepPoints, is_sweep, within_chance
from sim.sweeps.swept_axes import SweptAxis, swept_axes
from sim.words import percent_span


@figure("regime-map", source="regions of most frequent outcomes; intervals: normal approximation")
class RegimeMap(MapPlot):
    """Colours show the most frequent ending at each point of a two-way grid, the paler the less frequent it is."""

    rank = 10

    def fits(self, results: xr.Dataset) -> bool:
        """Two axes of more than one value."""
        return is_sweep(results) and len(swept_axes(results)) == 2

    def title(self, results: xr.Dataset) -> str:
        """How much of the map each ending takes."""
        points, marks = SweepPoints.of(results), EndingMarks.of(results)
        told, ranked = marks.counted(points.modal), marks.ranked(points.modal)
        if len(ranked) != 1:
            return told
        share = points.known.share[:, ranked[0]]
        return f"{told} ({percent_span(share.min(), share.max())} of worlds)"

    def caption(self, results: xr.Dataset) -> str:
        """What colours and marks mean, and what was left out."""
        return (
            f"{study_title(results)}Colour: most frequent ending; full colour when it is the only one, paler as others "
            "gain. Numbers, where there is room: its share in percent. A dot marks cells whose lead over the second "
            f"ending is within chance (95 %).{self._line_note(results)}{self.base_note(results)}"
            f"{MapAxes.of(results).left_out} {sweep_note(results)}"
        )

    def base_note(self, results: xr.Dataset) -> str:
        """What the mark of the base case means, if some map has it."""
        axes = MapAxes.of(results)
        return super().base_note(results) if any(map(axes.base, axes.places)) else ""

    def sides(self, results: xr.Dataset) -> tuple[SweptAxis, SweptAxis]:
        """The axis across and the one up."""
        axes = MapAxes.of(results)
        return axes.across, axes.up

    def layout(self, results: xr.Dataset) -> tuple[int, int]:
        """Rows and columns of maps."""
        return MapAxes.of(results).layout

    def heading(self, results: xr.Dataset) -> str:
        """What the maps differ in."""
        return MapAxes.of(results).heading

    def maps(self, results: xr.Dataset, look: Look) -> list[MapTile]:
        """Colours and shares of the most frequent ending."""
        axes, marks, found = MapAxes.of(results), EndingMarks.of(results), []
        for place, lines in zip(axes.places, _lines(results), strict=True):
            one = axes.select(results, place)
            modal, share = one["modal_ending"].values, np.nan_to_num(one["ending_share"].values)
            found.append(
                MapTile(
                    axes.name(place),
                    marks.shades(modal, share, look),
                    np.where(modal < 0, np.nan, share.max(axis=-1)),
                    within_chance(share, one["draws_played"].values),
                    lines,
                    axes.base(place),
                )
            )
        return found

    def legend(self, results: xr.Dataset) -> list[Artist]:
        """The endings that lead somewhere, in the order of their codes."""
        axes = MapAxes.of(results)
        shown = [axes.select(results, place)["modal_ending"].values for place in axes.places]
        return EndingMarks.of(results).legend([int(e) for e in np.unique(shown) if e >= 0], "area")

    def _line_note(self, results: xr.Dataset) -> str:
        """What the lines mean; where some maps have none, why."""
        lines = _lines(results)
        note = boundary_note(results, [line for drawn in lines for line in drawn])
        bare = sum(not any(line.role == "signing" for line in drawn) for drawn in lines)
        if not note or bare in (0, len(lines)):
            return note
        return f"{note} A map without a solid line lies on one side of it throughout."


def _lines(results: xr.Dataset) -> list[list[BoundaryLine]]:
    """Lines from theory on every map."""
    axes = MapAxes.of(results)
    return alike([boundary_lines(results, axes.across, axes.up, axes.at(place)) for place in axes.places])
