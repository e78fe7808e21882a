"""Results as a table for R, Stata or a spreadsheet: one row per draw, names instead of codes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import xarray as xr

from sim.ensemble import meanings

_PLAIN = (
    "held",
    "round",
    "collapses",
    "decided_by_arms",
    "converted",
    "consistent",
    "conflict",
    "acceptable_deals",
)


def draw_table(results: xr.Dataset, *, block: int = 5000) -> Iterator[str]:
    """Write one row per draw as CSV, in pieces of so many rows.

    Columns: draw, seed; declared, ending, held and the rest of what happened; ``settled.<issue>``, the level
    in the first signed deal, empty where none was signed; ``in_force.<issue>``, the level at the horizon;
    ``utility.<actor>``; ``holds.<observation>`` and ``kept.<observation>``; ``number.<path>``, the drawn
    value (places on an issue run from 0 to 1). Truth values are 0 and 1.
    """
    for start in range(0, results.sizes["draw"], block):
        columns = dict(_columns(results.isel(draw=slice(start, start + block))))
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        if start == 0:
            writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
        yield stream.getvalue()


def _columns(results: xr.Dataset) -> Iterable[tuple[str, Sequence[Any]]]:
    size = results.sizes["draw"]
    actors = [str(name) for name in results["actor"].values]
    yield "draw", results["draw"].values.tolist()
    yield "seed", [str(results.attrs["seed"])] * size
    for name in ("declared", "ending", "stalemate", "block"):
        yield name, _named(results[name].values, meanings(results, name))
    for name in _PLAIN:
        yield name, results[name].values.astype(np.int64).tolist()
    yield "by", _named(results["by"].values, actors)
    yield "blocker", _named(results["blocker"].values, actors)
    yield "blocking_term", _named(results["blocking_term"].values, results["blocking_name"].values)
    levels = results["deal_level"].values
    for i, issue in enumerate(results["issue"].values):
        yield f"settled.{issue}", _named(results["deal"].values, levels[i])
        yield f"in_force.{issue}", _named(results["final_deal"].values, levels[i])
    for a, actor in enumerate(actors):
        yield f"utility.{actor}", results["utility"].values[:, a].tolist()
    for n, observation in enumerate(results["observation"].values):
        yield f"holds.{observation}", results["holds"].values[:, n].astype(np.int64).tolist()
        yield f"kept.{observation}", results["kept"].values[:, n].astype(np.int64).tolist()
    for n, path in enumerate(results["path"].values):
        yield f"number.{path}", results["number"].values[:, n].tolist()


def _named(codes: np.ndarray, names: Sequence[Any] | np.ndarray) -> list[str]:
    """Names of codes; empty for -1."""
    known = np.array([*(str(name) for name in names), ""])
    return [str(name) for name in known[codes.astype(np.int64)]]
