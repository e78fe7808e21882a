"""Which draws of a sweep the headlines speak of."""

from __future__ import annotations

import xarray as xr


def shown_group(results: xr.Dataset) -> str:
    """The draws that headlines speak of: consistent ones where every point that could be played has some, else all."""
    if not int(results.attrs.get("observations", 0)):
        return "all"
    counted = results["draws_played"]
    played, kept = counted.sel(group="all").values > 0, counted.sel(group="consistent").values > 0
    return "consistent" if kept.any() and bool(kept[played].all()) else "all"
