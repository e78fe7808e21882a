"""Which of the outcomes that an analysis looked at are told of."""

from __future__ import annotations

import numpy as np
import xarray as xr


def leading_measure(found: xr.Dataset) -> str:
    """The measure that varies most: what a table or figure shows if it can show one only."""
    names = [str(name) for name in found["measure"].values]
    if "mean" in found and "measure" in found["mean"].dims:
        mean = found["mean"].values
        return names[int(np.nanargmax(mean * (1 - mean)))]
    if "base" in found or "share" in found:
        shares = found["base"] if "base" in found else found["share"].isel(setting=0)
        base = np.nan_to_num(shares.sel(group="all").values)
        return names[int(np.argmax(base * (1 - base)))]
    return names[0]


def shown_measures(found: xr.Dataset) -> list[str]:
    """Every measure if there are three at most, else the one that varies most."""
    names = [str(name) for name in found["measure"].values]
    if "shown" in found and found["shown"].dims == ("measure",):
        return [name for name, shown in zip(names, found["shown"].values, strict=True) if shown]
    if len(names) <= 3 or found.attrs["method"] == "null-coding":
        return names
    return [leading_measure(found)]
