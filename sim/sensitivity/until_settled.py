"""Doubles a design until the leading indices are known as well as asked, and says when they are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import xarray as xr

from sim.sensitivity.grouping import DUMMY, OTHERS
from sim.sensitivity.indices import sobol_indices
from sim.sensitivity.input_screening import PlayInputs, plain_points, varies_most
from sim.sensitivity.saltelli import Saltelli

#: Inputs whose intervals decide whether a design is large enough.
LEADING: Final = 5


def until_settled(
    play: PlayInputs,
    design: Saltelli,
    wanted: Sequence[str],
    shown: np.ndarray,
    *,
    precision: float,
    stories: int,
) -> xr.Dataset:
    """Play a design, and as long as its leading indices are not settled, the design of twice the size.

    Settled: of the five inputs with the largest total index (of those with a name of their own), no first or total
    index has an interval wider than ± ``precision``, and none moved by more from half the points to all of them.

    Args:
        design:  the smallest design
        wanted:  names of the measures
        shown:   (M,) whether a measure counts; where none is marked, the one that varies most counts alone
        stories: points after which nothing is played any more
    Returns:
        see ``sobol_indices``; widest, moved, converged (measure): see ``index_convergence``; shown (measure)
    Raises:  IncompleteError if a point failed
    """
    outcomes = play(design, 0)
    while True:
        found = sobol_indices(design.averaged(outcomes), design.names, wanted, second=design.second, seed=design.seed)
        if not shown.any():
            shown = varies_most(plain_points(design.averaged(outcomes), design.width))
        found["shown"] = (("measure",), shown)
        found = index_convergence(found, precision)
        if bool(found["converged"].values[shown].all()) or 2 * design.points > stories:
            return found
        design = replace(design, base=2 * design.base)
        outcomes = np.concatenate([outcomes, play(design, len(outcomes))])


def index_convergence(found: xr.Dataset, precision: float) -> xr.Dataset:
    """Add whether the leading indices of each measure are settled.

    Returns:
        with widest: the widest half interval among the leading indices; moved: how far one of them moved from half
        the points to all of them (nan where there is no half); converged: neither is more than ``precision``
    """
    found = found.copy()
    count = found.sizes["measure"]
    widest, moved = np.full((2, count), np.nan)
    named = np.array([str(name) not in {DUMMY, OTHERS} for name in found["input"].values])
    for m in range(count):
        total = np.where(named, found["ST"].values[:, m], -np.inf)
        if not np.isfinite(total[named]).any():
            continue
        lead = np.argsort(-total, kind="stable")[: min(LEADING, int(named.sum()))]
        widest[m] = max(float(np.nanmax(found[name].values[lead, m])) for name in ("S1_half", "ST_half"))
        if found.sizes["size"] > 1:
            steps = [found[name].values[-1, lead, m] - found[name].values[-2, lead, m] for name in ("S1_at", "ST_at")]
            moved[m] = np.nanmax(np.abs(steps))
    still = np.isfinite(widest) & ~((widest <= precision) & (moved <= precision))
    found["widest"], found["moved"] = (("measure",), widest), (("measure",), moved)
    found["converged"] = (("measure",), ~still)
    found.attrs["precision"] = precision
    return found
