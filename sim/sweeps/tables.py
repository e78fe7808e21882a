"""Results of a sweep as tables for R, Stata or a spreadsheet: parameters, seed and replicate in every row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import xarray as xr

from sim.ensemble import meanings
from sim.ensemble.cells import Cells, PlayedCells
from sim.ensemble.dataset_labels import AXES
from sim.ensemble.played_block import GROUPS
from sim.ensemble.totals import swept_columns
from sim.sweeps.sweep_ask import SweepAsk


def point_table(asked: SweepAsk, results: xr.Dataset) -> str:
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
    endings = meanings(results, "modal_ending")
    yield "modal_ending", np.array([*endings, ""])[_flat(results, "modal_ending")][:, 0]
    for g, group in enumerate(map(str, results["group"].values)):
        mark = "" if group == GROUPS[0] else f".{group}"
        for _, swept in sorted(swept_columns(), key=lambda pair: pair[1].mean):
            for what in ("mean" if swept.mean else "share", "error"):
                if f"{swept.name}_{what}" not in results:  # of a war, where none is modelled; or not asked for
                    continue
                found = _flat(results, f"{swept.name}_{what}")[:, g]
                if found.ndim == 1:
                    yield f"{swept.name}.{what}{mark}", found
                    continue
                along = str(results[f"{swept.name}_{what}"].dims[-1])
                for n, member in enumerate(map(str, results[along].values)):
                    yield f"{swept.name}.{member}.{what}{mark}", found[:, n]
    yield "acceptance", _flat(results, "acceptance")
    yield "acceptance_error", _flat(results, "acceptance_error")


def draw_rows(asked: SweepAsk, results: xr.Dataset) -> Iterator[list[Any]]:
    """Yield a heading, then a row per draw: point, parameters, seed, replicate, and what happened."""
    axes = [axis.name for axis in asked.points.axes]
    actors = [str(name) for name in results["actor"].values]
    plain = [name for name in ("held", "any_deal", "decided_by_arms", "consistent") if f"draw_{name}" in results]
    yield ["point", *axes, "seed", "replicate", "ending", "declared", *plain, *(f"utility.{name}" for name in actors)]
    place = np.argsort(_flat(results, "point"))
    endings, declared = (np.array([*meanings(results, name), ""]) for name in ("draw_ending", "draw_declared"))
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


def failure_table(asked: SweepAsk, failed: Iterable[tuple[Cells, PlayedCells]]) -> tuple[str, int]:
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


def _flat(results: xr.Dataset, name: str) -> np.ndarray:
    """Values by point, whatever the number of axes."""
    variable = results[name]
    own = {"group", "ending", "declared", *AXES, "draw"}
    others = [size for dim, size in zip(variable.dims, variable.shape, strict=True) if dim in own]
    return np.asarray(variable.values).reshape(-1, *others)
