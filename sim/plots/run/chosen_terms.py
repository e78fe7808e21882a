"""Which deals and levels talks, other protocols and solutions choose, as figures of terms show them."""

from __future__ import annotations

import numpy as np
import xarray as xr

from sim.foundations import Floats, Ints
from sim.plots.frame.labels import issue_levels, solution_title
from sim.plots.frame.world_groups import WorldGroup, focus, world_groups
from sim.words import protocol_words


def deals_chosen(results: xr.Dataset) -> dict[str, Ints]:
    """Talks and each solution -> the deals they choose, in the worlds that fit where they choose one."""
    where = _focus(results).where
    found = {"talks": results["deal"].values[where]}
    for n, name in enumerate(results["solution"].values):
        found[solution_title(str(name))] = results["solution_deal"].values[where, n]
    return {name: np.asarray(deals[deals >= 0], dtype=np.int64) for name, deals in found.items()}


def other_protocols(results: xr.Dataset, issue: int) -> dict[str, Floats]:
    """Protocol -> where 80 % of what is agreed on the issue under it lies, and the median between; of those played."""
    key = str(results["issue"].values[issue])
    if "way_median" not in results or key not in results["way_issue"].values:
        return {}
    one = results.sel(way_issue=key)
    spans = np.stack([one[f"way_{what}"].values for what in ("low", "median", "high")], axis=1)
    names = [protocol_words(str(name)) for name in results["way"].values]
    return {name: span for name, span in zip(names, spans, strict=True) if np.isfinite(span).all()}


def level_shares(results: xr.Dataset, issue: int) -> dict[str, Floats]:
    """Protocol -> (levels,) share of deals at each level of an issue whose levels have names; of those played."""
    if "way_share" not in results:
        return {}
    of_issue = results["way_level_issue"].values.astype(str) == str(results["issue"].values[issue])
    levels, keys = issue_levels(results, issue), results["deal_level"].values[issue].astype(str)
    places = dict(zip(keys, levels.of_deal, strict=True))
    found = {}
    for way, shares in zip(results["way_named"].values, results["way_share"].values, strict=True):
        row = np.zeros(len(levels.names))
        for level, share in zip(results["way_level"].values[of_issue], shares[of_issue], strict=True):
            if str(level) in places:
                row[places[str(level)]] += share
        if of_issue.any() and np.isfinite(row).all() and row.any():
            found[protocol_words(str(way))] = row
    return found


def _focus(results: xr.Dataset) -> WorldGroup:
    """Worlds that fit, or all where talks and solutions choose nothing in these."""
    group = focus(results)
    some = (results["deal"].values >= 0) | (results["solution_deal"].values >= 0).any(axis=1)
    return group if (group.where & some).any() else world_groups(results)[0]
