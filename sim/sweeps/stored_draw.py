"""One draw of stored results told again, found by its number and, in a sweep, its point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xarray as xr

from sim.ensemble.representative import replay_draw
from sim.foundations import InputError, Problem
from sim.scenario import Scenario
from sim.store import ask_again, load_manifest
from sim.sweeps.sweep_again import ask_sweep_again, point_of


@dataclass(frozen=True)
class StoredDraw:
    """A draw played again.

    scenario: what was played, at that point
    results:  of this draw alone, its offers included
    where:    name -> value of each axis at that point; empty for a run
    """

    scenario: Scenario
    results: xr.Dataset
    where: Mapping[str, Any]


def replay_stored(folder: str | Path, draw: int, point: int | None = None) -> StoredDraw:
    """Find a draw of what is stored, and play it again with every offer.

    Args:
        draw:  number of the draw, the replicate in tables
        point: point of a sweep, as in points.csv; may be left out where there is only one
    Raises:  InputError for a draw or point that was not played; ResultsError if the folder holds no results
    """
    folder = Path(folder)
    manifest = load_manifest(folder, ("run", "sweep"))
    if not manifest.sweep:
        if point is not None:
            raise InputError(Problem("a single run has no points; leave out --point"))
        _refuse_beyond(draw, "this run", 0, manifest.draws)
        scenario = ask_again(folder).scenario
        return StoredDraw(scenario, replay_draw(scenario, draw, central=manifest.central), {})
    asked = ask_sweep_again(folder)
    if point is None:
        if len(asked.points) > 1:
            raise InputError(
                Problem("which point of the sweep?", allowed=f"--point 0 to {len(asked.points) - 1}, as in points.csv")
            )
        point = 0
    scenario, fixed = point_of(asked, point)
    # points that do not share their draws number them one after the other
    first = 0 if asked.common else int(asked.points.inverse[point]) * asked.draws
    _refuse_beyond(draw, "each point of this sweep" if asked.common else f"point {point}", first, asked.draws)
    return StoredDraw(scenario, replay_draw(scenario, draw, fixed=fixed), dict(asked.points.coordinates(point)))


def _refuse_beyond(draw: int, whose: str, first: int, count: int) -> None:
    """Refuse a draw that was not played, which would be a world nobody counted."""
    if not first <= draw < first + count:
        draws = f"draws {first} to {first + count - 1}" if count > 1 else f"draw {first} only"
        raise InputError(Problem(f"there is no draw {draw}: {whose} has {draws}"))
