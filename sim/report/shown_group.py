"""Which draws of a sweep the headlines speak of."""

from __future__ import annotations

import xarray as xr


def shown_group(results: xr.Dataset) -> str:
    """The draws that headlines speak of: consistent ones where every point has some, else all."""
    if not int(results.attrs.get("observations", 0)):
        return "all"
    return "consistent" if bool((results["draws_played"].sel(group="consistent").values > 0).all()) else "all"
