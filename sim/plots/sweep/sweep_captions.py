"""What the caption of every figure of a sweep says: the study, and how many worlds each point rests on."""

from __future__ import annotations

import xarray as xr

from sim.plots.frame.outcomes import vocabulary
from sim.sweeps.sweep_points import SweepPoints, sweep_group
from sim.words import percent_span


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


def after_signing(results: xr.Dataset) -> str:
    """How far what follows a signature goes, beside what is acceptable, in a sentence; empty where no deal breaks."""
    words, points = vocabulary(results), SweepPoints.of(results).known
    if not words.broken or not len(points):
        return ""
    kept = [e for e, name in enumerate(points.endings) if name in words.kinds]
    broken = [e for e, name in enumerate(points.endings) if name == words.broken]
    if not kept or not broken:
        return ""
    spans = (points.any_deal, points.share[:, kept].sum(axis=1), points.share[:, broken].sum(axis=1))
    could, force, broke = (percent_span(float(found.min()), float(found.max())) for found in spans)
    return (
        f"From point to point: some deal is acceptable in {could} of worlds; at the horizon one is in force in "
        f"{force}, and one that was signed has broken in {broke}. "
    )


def study_title(results: xr.Dataset) -> str:
    """What the study is called, with a full stop; empty if it is none."""
    found = str(results.attrs.get("study_title", ""))
    return f"{found.rstrip('.')}. " if found and not found.endswith("?") else f"{found} " if found else ""
