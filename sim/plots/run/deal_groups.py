"""Groups of deals that the payoff plane tells apart, and how it marks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import xarray as xr

from sim.foundations import Bools, Floats
from sim.plots.frame.labels import actor_titles, parties
from sim.plots.run.payoff_frontier import permitted
from sim.words import enumerated

#: Kind of deal -> its marker, in matplotlib's letters: circle, thin diamond, square.
DEAL_MARKERS: Final[Mapping[str, str]] = {"truce": "o", "partial": "d", "settlement": "s"}
#: Markers of other kinds, in the order of their codes.
_MORE_MARKERS: Final = ("s", "o", "d", "^", "v", "P", "X", "p")
#: Points that have room for a number beside them.
_FEW: Final = 8


def deal_markers(kinds: Sequence[str]) -> Mapping[str, str]:
    """Marker of each kind of deal of a case."""
    return {kind: DEAL_MARKERS.get(kind, _MORE_MARKERS[n % len(_MORE_MARKERS)]) for n, kind in enumerate(kinds)}


def better(results: xr.Dataset) -> Bools:
    """(K,) whether a deal is worth its fallback to every party."""
    own = parties(results)
    gain = results["cloud_payoff"].values[own] - results["cloud_war"].values[own, None]
    return np.asarray((gain >= -1e-9).all(axis=0))


def stopped_by_others(results: xr.Dataset) -> Bools:
    """(K,) deals that all parties prefer and no red line of theirs bars, and that only others' consent stops."""
    return np.asarray(permitted(results) & better(results) & ~results["cloud_signable"].values.astype(bool))


def who_stops(results: xr.Dataset) -> str:
    """Name those beside the parties who stop deals that all parties prefer; "others" where it may be several."""
    others = np.setdiff1d(np.arange(results.sizes["actor"]), parties(results))
    gain = results["cloud_payoff"].values[others] - results["cloud_war"].values[others, None]
    refuses = (gain < -1e-9) | ~results["cloud_permitted"].values.astype(bool)[others]
    refuses = refuses[:, stopped_by_others(results)]
    if not refuses.size or (refuses.sum(axis=0) != 1).any():
        return "others"
    return enumerated([actor_titles(results)[others[n]] for n in np.flatnonzero(refuses.any(axis=1))])


def places(results: xr.Dataset, which: Bools) -> set[tuple[float, ...]]:
    """Points of the parties' payoffs that some of these deals lie on."""
    points = np.round(results["cloud_payoff"].values[parties(results)][:, which].T, 9)
    return {tuple(map(float, point)) for point in points}


def twins(payoff: Floats, which: Bools) -> list[tuple[float, float, int, str]]:
    """Points of the plane that several of these deals lie on, where points are few enough to be counted out.

    Args:
        payoff: (2, K) of the two parties of the plane
    Returns:
        across, upwards, how many deals, and the side ("right" or "left") on which the number ends or begins
    """
    points, counts = np.unique(np.round(payoff[:, which].T, 9), axis=0, return_counts=True)
    if len(points) > _FEW:
        return []
    return [
        (float(x), float(y), int(count), "right" if 2 * n < len(points) else "left")
        for n, ((x, y), count) in enumerate(zip(points, counts, strict=True))
        if count > 1
    ]
