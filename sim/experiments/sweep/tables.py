"""Results of a sweep as tables for R, Stata or a spreadsheet: parameters, seed and replicate in every row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

import numpy as np
import xarray as xr

from sim.experiments.sweep.asked import Asked
from sim.experiments.sweep.cells import Cells, Played

_BY_NAME = {"ending": "ending", "declared": "declared", "deal_exists": "kind"}
_SHARES = ("any_deal", "decided_by_arms", "converted")


def point_table(asked: Asked, results: xr.Dataset) -> str:
    """Write one row per point: where it lies, seed, draws, and every measure with its standard error."""
    order = _flat(results, "point").astype(np.int64)
    names, values = zip(*_columns(results), strict=True)
    rows = np.argsort(order)
    axes = [axis.name for axis in asked.points.axes]
    listed = [column[rows].tolist() for column in values]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["point", *axes, "seed", *names])
    for point, row in enumerate(zip(*listed, strict=True)):
        where = asked.points.coordinates(point)
        writer.writerow([point, *(where[name] for name in axes), asked.scenario.seed, *row])
    return stream.getvalue()


def _columns(results: xr.Dataset) -> Iterator[tuple[str, np.ndarray]]:
    """Yield names and values by point of everything that was measured."""
    played = _flat(results, "draws_played")
    yield "draws", played[:, 0]
    yield "failed", _flat(results, "failed")
    yield "consistent", played[:, 1]
    yield "modal_ending", np.array([*_names(results, "ending"), ""])[_flat(results, "modal_ending")][:, 0]
    for g, group in enumerate(map(str, results["group"].values)):
        mark = "" if group == "all" else f".{group}"
        for name, what in product((*_BY_NAME, *_SHARES), ("share", "error")):
            found = _flat(results, f"{name}_{what}")[:, g]
            if name not in _BY_NAME:
                yield f"{name}.{what}{mark}", found
                continue
            for n, member in enumerate(map(str, results[_BY_NAME[name]].values)):
                yield f"{name}.{member}.{what}{mark}", found[:, n]
        for what in ("mean", "error"):
            yield f"held.{what}{mark}", _flat(results, f"held_{what}")[:, g]
            for a, actor in enumerate(map(str, results["actor"].values)):
                yield f"utility.{actor}.{what}{mark}", _flat(results, f"utility_{what}")[:, g, a]
    yield "acceptance", _flat(results, "acceptance")
    yield "acceptance_error", _flat(results, "acceptance_error")


def draw_rows(asked: Asked, results: xr.Dataset) -> Iterator[list[Any]]:
    """Yield a heading, then a row per draw: point, parameters, seed, replicate, and what happened."""
    axes = [axis.name for axis in asked.points.axes]
    actors = [str(name) for name in results["actor"].values]
    plain = ("held", "any_deal", "decided_by_arms", "consistent")
    yield ["point", *axes, "seed", "replicate", "ending", "declared", *plain, *(f"utility.{name}" for name in actors)]
    place = np.argsort(_flat(results, "point"))
    endings, declared = (np.array([*_names(results, name), ""]) for name in ("ending", "declared"))
    ends, kinds = _flat(results, "draw_ending"), _flat(results, "draw_declared")
    columns = [_flat(results, f"draw_{name}") for name in plain]
    utility = _flat(results, "draw_utility")
    for point in range(len(asked.points)):
        where = [*asked.points.coordinates(point).values()]
        at = int(place[point])
        first = 0 if asked.common else int(asked.points.inverse[point]) * asked.draws
        told = [column[at].tolist() for column in columns]
        for n, (ending, kind, *rest) in enumerate(zip(endings[ends[at]], declared[kinds[at]], *told, strict=True)):
            yield [point, *where, asked.scenario.seed, first + n, ending, kind, *rest, *utility[at, n].tolist()]


def failure_table(asked: Asked, failed: Iterable[tuple[Cells, Played]]) -> tuple[str, int]:
    """Write a row per cell that could not be played, and count their draws."""
    axes = [axis.name for axis in asked.points.axes]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["point", *axes, "seed", "first_replicate", "last_replicate", "kind", "error", "trace"])
    lost = 0
    for cells, played in failed:
        for failure in played.failures:
            point = int(asked.points.played[cells.point[failure.cell]])
            first, size = int(cells.first[failure.cell]), int(cells.size[failure.cell])
            lost += size
            where = asked.points.coordinates(point)
            row = [point, *(where[name] for name in axes), asked.scenario.seed, first, first + size - 1]
            writer.writerow([*row, failure.kind, failure.error, failure.trace])
    return stream.getvalue(), lost


def _names(results: xr.Dataset, dim: str) -> list[str]:
    return [str(name) for name in results[dim].values]


def _flat(results: xr.Dataset, name: str) -> np.ndarray:
    """Values by point, whatever the number of axes."""
    variable = results[name]
    own = {"group", "ending", "declared", "kind", "actor", "draw"}
    others = [size for dim, size in zip(variable.dims, variable.shape, strict=True) if dim in own]
    return np.asarray(variable.values).reshape(-1, *others)
