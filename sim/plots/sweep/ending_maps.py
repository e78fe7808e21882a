"""How frequent every ending is, and whether a deal exists at all, over two things that are varied."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import SubFigure

from sim.experiments.sweep.sweep_points import sweep_group
from sim.experiments.sweep.swept_axes import on_axes, swept_axes
from sim.foundations import Floats
from sim.plots.frame.labels import SPOKEN, inches, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import ENDING_COLORS, PURPLE, Look, ink_on
from sim.plots.frame.world_groups import error_note
from sim.plots.sweep.axis_panels import name_panel, tick_panel, tick_side
from sim.plots.sweep.ending_cells import oriented
from sim.plots.sweep.regime_map import base_note, mark_base
from sim.plots.sweep.sweep_captions import study_title, sweep_note
from sim.words import capital, percent

_MOST_WRITTEN = 9
#: Share that has the full colour of its map at least, so that a few draws do not look like many.
_LEAST = 0.25
_CELL_INCHES = 0.22  # that a share takes
_ANY = "any deal acceptable"


@figure("ending-maps", source="small multiples (Tufte 1983)")
class EndingMaps(Plot):
    """A map for each ending shows its share over a two-way grid, and one more where any deal is acceptable."""

    def fits(self, results: xr.Dataset) -> bool:
        """Two axes of more than one value."""
        return "ending_share" in results and len(swept_axes(results)) == 2

    def title(self, results: xr.Dataset) -> str:
        """Which share moves most."""
        maps = _maps(results)
        spans = {name: float(np.nanmax(values) - np.nanmin(values)) for name, values in maps.items() if name != _ANY}
        most = max(spans, key=lambda name: spans[name])
        low, high = float(np.nanmin(maps[most])), float(np.nanmax(maps[most]))
        deal = float(np.nanmin(maps[_ANY])), float(np.nanmax(maps[_ANY]))
        return (
            f"The share of {SPOKEN[most]} moves most, from {percent(low)} to {percent(high)}; "
            f"some deal is acceptable in {percent(deal[0])} to {percent(deal[1])} of draws"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What is shown."""
        group = sweep_group(results)
        fewest = float(results["draws_played"].sel(group=group).values.min())
        return (
            f"{study_title(results)}Share of draws in each ending in percent, each map from no colour (0 %) to full "
            f"colour (its own maximum, in the title, or {percent(_LEAST)} where that is less). “Any deal acceptable” "
            f"is a property of the world, before anybody talks.{base_note(results)} "
            f"{error_note(fewest)} {sweep_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: two rows of maps."""
        _, up = oriented(swept_axes(results))
        return 2 * float(np.clip(1.0 + 0.24 * len(up.values), 1.9, 2.8)) + 0.3

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Six small maps."""
        across, up = oriented(swept_axes(results))
        maps = _maps(results)
        panels = body.subplots(2, 3, sharex=True, sharey=True).ravel()
        wide = inches(body) / 3
        roomy = np.abs(np.diff(across.edges)) / np.ptp(across.edges) * (wide - 0.5) >= _CELL_INCHES
        small = max(len(across.values), len(up.values)) <= _MOST_WRITTEN
        for panel, (name, values) in zip(panels, maps.items(), strict=True):
            top = float(np.nanmax(values))
            color = PURPLE if name == _ANY else ENDING_COLORS[name]
            shades = LinearSegmentedColormap.from_list(name, [look.background, color])
            cells = panel.pcolormesh(across.edges, up.edges, values, cmap=shades, vmin=0, vmax=max(top, _LEAST),
                                     edgecolors=look.background, linewidth=0.4)  # fmt: skip
            title = "Any deal acceptable" if name == _ANY else capital(SPOKEN[name])
            name_panel(panel, f"{title} ({f'up to {percent(top)}' if top > 0 else 'never'})", wide + 0.3)
            if small:
                for (r, c), share in np.ndenumerate(values):
                    if np.isfinite(share) and roomy[c]:
                        ink = ink_on(np.array(cells.to_rgba(share)[:3]))
                        panel.text(across.places[c], up.places[r], f"{100 * share:.0f}", ha="center", va="center",
                                   fontsize=7, color=ink)  # fmt: skip
            mark_base(panel, across, up, look)
            tick_panel(panel, across, wide, cells=True)
            tick_side(panel, up, self.height(results) / 2 - 0.6, cells=True)
            panel.tick_params(length=0, labelsize=8)
        body.supxlabel(wrapped(across.title, int(inches(body) * 11)), fontsize=9.5)
        body.supylabel(wrapped(up.title, int(self.height(results) * 11)), fontsize=9.5)


def _maps(results: xr.Dataset) -> dict[str, Floats]:
    """Name -> (rows, columns) shares."""
    across, up = oriented(swept_axes(results))
    found = on_axes(results, [up, across]).sel(group=sweep_group(results))
    maps = {
        str(name): found["ending_share"].sel(ending=name).transpose(up.name, across.name).values
        for name in results["ending"].values
    }
    maps[_ANY] = found["any_deal_share"].transpose(up.name, across.name).values
    return maps
