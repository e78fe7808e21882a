"""How frequent every ending is, and whether a deal exists at all, over two things that are varied."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import SubFigure

from sim.foundations import Floats
from sim.plots.labels import SPOKEN, wrapped
from sim.plots.plot import Plot, figure
from sim.plots.regime_map import _capital, _oriented, base_note, mark_base
from sim.plots.shares import percent
from sim.plots.style import ENDING_COLORS, GREEN, Look
from sim.plots.sweep_axes import on_axes, study_title, sweep_group, sweep_note, swept_axes

_MOST_WRITTEN = 9
_MOST_TICKS = 5
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
        return (
            f"{study_title(results)}Share of draws in each ending, each map from white (0 %) to full colour (its own "
            f"maximum, in the title). “Any deal acceptable” is a property of the world, before anybody talks."
            f"{base_note(results)} {sweep_note(results, sweep_group(results))}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: two rows of maps."""
        _, up = _oriented(swept_axes(results))
        return 2 * float(np.clip(1.0 + 0.24 * len(up.values), 1.9, 2.8)) + 0.3

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Six small maps."""
        across, up = _oriented(swept_axes(results))
        maps = _maps(results)
        panels = body.subplots(2, 3, sharex=True, sharey=True).ravel()
        small = max(len(across.values), len(up.values)) <= _MOST_WRITTEN
        for panel, (name, values) in zip(panels, maps.items(), strict=True):
            color = GREEN if name == _ANY else ENDING_COLORS[name]
            top = float(np.nanmax(values)) or 1.0
            shades = LinearSegmentedColormap.from_list(name, [look.background, color])
            panel.pcolormesh(across.edges, up.edges, values, cmap=shades, vmin=0, vmax=top,
                             edgecolors=look.background, linewidth=0.4)  # fmt: skip
            title = "Any deal acceptable" if name == _ANY else _capital(SPOKEN[name])
            panel.set_title(f"{title} (up to {percent(top)})", fontsize=9)
            if small:
                for r, y in enumerate(up.places):
                    for c, x in enumerate(across.places):
                        dark = look.name != "dark" or values[r, c] > top / 2
                        ink = "#1C2128" if dark else look.ink
                        panel.text(x, y, f"{100 * values[r, c]:.0f}", ha="center", va="center", fontsize=7, color=ink)
            mark_base(panel, across, up, look)
            for axis, put in ((across, panel.set_xticks), (up, panel.set_yticks)):
                found = axis.ticks(18 if axis is up else 10)
                if found is not None and (len(axis.values) <= _MOST_TICKS or not axis.numeric):
                    put(*found)
            panel.tick_params(length=0, labelsize=8)
        body.supxlabel(wrapped(across.title, 100), fontsize=9.5)
        body.supylabel(wrapped(up.title, 60), fontsize=9.5)


def _maps(results: xr.Dataset) -> dict[str, Floats]:
    """Name -> (rows, columns) shares."""
    across, up = _oriented(swept_axes(results))
    found = on_axes(results, [up, across]).sel(group=sweep_group(results))
    maps = {
        str(name): found["ending_share"].sel(ending=name).transpose(up.name, across.name).values
        for name in results["ending"].values
    }
    maps[_ANY] = found["any_deal_share"].transpose(up.name, across.name).values
    return maps
