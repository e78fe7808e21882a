"""The first worlds of a run that was played already, in place of playing them again."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import xarray as xr


def first_worlds(results: xr.Dataset | None, worlds: int, columns: Iterable[str]) -> xr.Dataset | None:
    """The first worlds of a run, as playing these alone would give them, bit for bit.

    Each world has its own streams, so what comes of it does not depend on how many others were played.

    Args:
        results: of ``run``, of as many worlds or more; ``None``: nothing was played
        worlds:  how many are wanted, from number 0 on
        columns: names of columns that are needed
    Returns:
        ``None`` where they cannot be had: too few were played, one of them failed, or a column was not kept
    Example:
        >>> from sim.runs import run
        >>> from sim.scenario import read_scenario
        >>> played = run(read_scenario("scenarios/pie"), 4)
        >>> first_worlds(played, 3, ["ending", "consistent"]).sizes["draw"]
        3
        >>> first_worlds(played, 5, ["ending"]) is None
        True
    """
    if results is None or "failed" in results.attrs or results.sizes.get("draw", 0) < worlds:
        return None
    if any(name not in results for name in columns):
        return None
    if not np.array_equal(results["draw"].values[:worlds], np.arange(worlds)):
        return None
    return results.isel(draw=slice(worlds))
