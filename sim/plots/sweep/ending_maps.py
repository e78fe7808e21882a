"""How frequent every ending is, and whether a deal exists at all, over two things that are varied."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.colors import to_rgb

from sim.foundations import Floats
from sim.plots.frame.plot import figure
from sim.plots.frame.style import TEAL, Look
from sim.plots.frame.world_groups import error_note
from sim.plots.sweep.ending_marks import EndingMarks
from sim.plots.sweep.map_axes import MapAxes
from sim.plots.sweep.map_frame import MapPlot, MapTile
from sim.plots.sweep.panels import rows_and_columns
from sim.plots.sweep.sweep_captions import after_signing, study_title, sweep_note
from sim.sweeps.sweep_points import SweepPoints, is_sweep
from sim.sweeps.swept_axes import SweptAxis, swept_axes
from sim.words import capital, percent, percent_span

#: Share that has the full colour of its map at least, so that a few worlds do not look like many.
_LEAST: Final = 0.25
_ANY: Final = "Any deal acceptable"


@figure("ending-maps", source="small multiples (Tufte 1983)")
class EndingMaps(MapPlot):
    """A map for each ending shows its share over a two-way grid, and one more where any deal is acceptable."""

    rank = 16

    def fits(self, results: xr.Dataset) -> bool:
        """Two axes of more than one value, along which something moves."""
        if not is_sweep(results) or len(swept_axes(results)) != 2:
            return False
        points = SweepPoints.of(results).known
        return bool(np.ptp(points.share, axis=0).any() or np.ptp(points.any_deal) > 0)

    def title(self, results: xr.Dataset) -> str:
        """Which share moves most."""
        points = SweepPoints.of(results).known
        low, high = points.share.min(axis=0), points.share.max(axis=0)
        most = int((high - low).argmax())
        noun, span = EndingMarks.of(results).nouns[most], f"from {percent(low[most])} to {percent(high[most])}"
        moved = f"The share of {noun} moves most, {span}" if high[most] > low[most] else "No ending's share moves"
        some = percent_span(points.any_deal.min(), points.any_deal.max())
        return f"{moved}; some deal is acceptable in {some} of worlds"

    def caption(self, results: xr.Dataset) -> str:
        """What is shown."""
        fewest = int(SweepPoints.of(results).counted.min())
        return (
            f"{study_title(results)}Share of worlds in each ending in percent, each map from no colour (0 %) to full "
            f"colour (its own maximum, in the title, or {percent(_LEAST)} where that is less). “{_ANY}” "
            f"is a property of the world, before anybody talks.{self.base_note(results)} "
            f"{after_signing(results)}{error_note(fewest)} {sweep_note(results)}"
        )

    def sides(self, results: xr.Dataset) -> tuple[SweptAxis, SweptAxis]:
        """The axis across and the one up."""
        axes = MapAxes.of(results)
        return axes.across, axes.up

    def layout(self, results: xr.Dataset) -> tuple[int, int]:
        """Rows and columns of maps."""
        return rows_and_columns(len(SweepPoints.of(results).seen) + 1)

    def maps(self, results: xr.Dataset, look: Look) -> list[MapTile]:
        """A map for each ending that occurs, and one of acceptable deals."""
        one, marks = MapAxes.of(results).select(results, ()), EndingMarks.of(results)
        shares = np.moveaxis(one["ending_share"].values, -1, 0)
        seen = SweepPoints.of(results).seen
        found = [_map(capital(marks.nouns[e]), shares[e], marks.colors[e], look) for e in seen]
        return [*found, _map(_ANY, one["any_deal_share"].values, TEAL, look)]

    def legend(self, results: xr.Dataset) -> list[Artist]:
        """None: every map is named."""
        del results
        return []


def _map(name: str, share: Floats, color: str, look: Look) -> MapTile:
    top = float(np.nanmax(share))
    page = np.array(to_rgb(look.background))
    weight = np.nan_to_num(share)[..., None] / max(top, _LEAST)
    said = f"up to {percent(top)}" if top > 0 else "never"
    return MapTile(f"{name} ({said})", page + weight * (to_rgb(color) - page), share, np.zeros(share.shape, bool))
