"""What the caption of every figure of a sweep says: the study, and how many worlds each point rests on."""

from __future__ import annotations

import xarray as xr

from sim.sweeps.sweep_points import sweep_group


def sweep_note(results: xr.Dataset) -> str:
    """How many worlds each point rests on, and which of them are shown."""
    draws = int(results.attrs["draws"])
    same = ", the same at every point" if int(results.attrs.get("common", 1)) else ""
    text = f"{draws:,} worlds at each point{same}"
    if sweep_group(results) == "consistent":
        counted = results["draws_played"].transpose("group", ...)
        fitting = counted.sel(group="consistent").values[counted.sel(group="all").values > 0]
        least, most = fitting.min(), fitting.max()
        span = f"{least:,}" if least == most else f"{least:,} to {most:,}"
        text += f"; shown are the {span} that fit the observations"
    failed = int(results["failed"].values.sum())
    return text + (f". {failed:,} negotiations could not be played" if failed else "") + "."


def study_title(results: xr.Dataset) -> str:
    """What the study is called, with a full stop; empty if it is none."""
    found = str(results.attrs.get("study_title", ""))
    return f"{found.rstrip('.')}. " if found and not found.endswith("?") else f"{found} " if found else ""
