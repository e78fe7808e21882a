"""Chunks put together: one labelled dataset, with a dimension for each axis of a grid."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import xarray as xr

from sim.ensemble.cells import Cells, PlayedCells
from sim.ensemble.columns import column_named
from sim.ensemble.dataset_labels import AXES, flags
from sim.ensemble.played_block import GROUPS
from sim.ensemble.totals import MEASURES, blank_totals, mean, share, swept_columns
from sim.scenario.kinds import ending_codes
from sim.scenario.widening import AS_STATED
from sim.sweeps.sweep_ask import SweepAsk
from sim.words import Vocabulary, issue_title

#: Code of single draws that were not played.
_NOT_PLAYED = -1


def consolidate(asked: SweepAsk, chunks: Iterable[tuple[int, Cells, PlayedCells]]) -> xr.Dataset:
    """Add chunks up and label what comes out.

    Dimensions: one for each axis of a grid, else ``point`` with a coordinate for each axis; ``group`` (all draws,
    consistent draws), ``ending``, ``declared``, ``kind``, ``actor``; ``draw`` where single draws are kept.
    Memory: the size of the result; chunks are read one by one.
    """
    summed: dict[str, np.ndarray] = {}
    single: dict[str, np.ndarray] = {}
    for _, cells, played in chunks:
        for name, values in played.totals.items():
            if name not in summed:
                kind = np.int64 if values.dtype.kind in "iu" else values.dtype
                summed[name] = np.zeros((len(asked.points.played), *values.shape[1:]), kind)
            np.add.at(summed[name], cells.point, values)
        if asked.keep and played.totals:
            _place_single(single, asked, cells, played)
    blank = blank_totals(asked.scenario, len(asked.points.played), forecasts=asked.forecasts)
    return _labelled(asked, summed or blank, single)


def _place_single(single: dict[str, np.ndarray], asked: SweepAsk, cells: Cells, played: PlayedCells) -> None:
    rows = played.totals["draws"][:, 0].astype(np.int64)
    point = np.repeat(cells.point, rows)
    draw = np.arange(len(point)) - np.repeat(np.cumsum(rows) - rows, rows) + np.repeat(cells.first, rows)
    for name, values in played.single.items():
        if name not in single:
            shape = (len(asked.points.played), asked.draws, *values.shape[1:])
            blank = np.nan if values.dtype.kind == "f" else _NOT_PLAYED
            single[name] = np.full(shape, blank, values.dtype)
        single[name][point, draw] = values


def _labelled(asked: SweepAsk, summed: Mapping[str, np.ndarray], single: Mapping[str, np.ndarray]) -> xr.Dataset:
    scenario, draws = asked.scenario, summed["draws"]
    shaped = _Shape(asked)
    data: dict[str, Any] = {}

    def add(name: str, values: np.ndarray, dims: tuple[str, ...], meaning: str, **attrs: Any) -> None:
        data[name] = (*shaped.place(values, dims), {"long_name": meaning, **attrs})

    add("draws_played", draws, ("group",), "draws that were played")
    add("failed", (asked.draws - draws[:, 0]).astype(np.int64), (), "draws that could not be played, see failures.csv")
    axes: dict[str, Any] = {}
    for column, swept in swept_columns(forecasts=asked.forecasts):
        along = (column.name,) if column.codes is not None else column.dims[1:]
        dims, what = ("group", *along), "mean" if swept.mean else "share"
        if swept.mean:
            size = summed[f"size {swept.name}"]
            found, error = mean(summed[f"sum {swept.name}"], summed[f"square {swept.name}"], size)
        else:
            counts = summed[f"count {swept.name}"]
            found, error = share(counts, draws.reshape(*draws.shape, *(1,) * (counts.ndim - 2)))
        add(f"{swept.name}_{what}", found, dims, swept.meaning)
        add(f"{swept.name}_error", error, dims, f"{swept.meaning}: Monte Carlo standard error")
        if column.codes is not None:
            axes[column.name] = list(column.codes(scenario))
        axes |= {dim: AXES[dim](scenario) for dim in column.dims[1:]}
    found, error = share(draws[:, 1], draws[:, 0])
    add("acceptance", found, (), MEASURES["acceptance"])
    add("acceptance_error", error, (), f"{MEASURES['acceptance']}: Monte Carlo standard error")
    modal = np.where(draws > 0, summed["count ending"].argmax(axis=2), _NOT_PLAYED).astype(np.int8)
    meant = "most frequent ending, the first named on a tie; -1 without draws"
    add("modal_ending", modal, ("group",), meant, **flags(ending_codes(scenario)))
    for name, values in single.items():
        column = column_named(name)
        attrs = flags(column.codes(scenario)) if column.codes is not None else {}
        words = f"{name.replace('_', ' ')} of single draws; -1 where not played"
        add(f"draw_{name}", values, ("draw", *column.dims[1:]), words, **attrs)
    coords: dict[str, Any] = {"group": list(GROUPS), **axes, **shaped.coords}
    if single:
        coords["draw"] = np.arange(asked.draws)
    return xr.Dataset(data, coords, _attributes(asked, shaped.grid))


class _Shape:
    """Puts arrays by played point into arrays by axis, or by point of the design."""

    def __init__(self, asked: SweepAsk) -> None:
        points = asked.points
        self.grid = points.design == "grid"
        self.inverse = points.inverse
        self.coords: dict[str, Any] = {}
        if self.grid:
            self.dims = tuple(axis.name for axis in points.axes)
            self.sizes = tuple(axis.size for axis in points.axes)
            index = [
                np.abs(points.table[:, d, None] - axis.grid[None]).argmin(axis=1) for d, axis in enumerate(points.axes)
            ]
            flat = np.ravel_multi_index(tuple(index), self.sizes)
            self.source = np.empty(int(np.prod(self.sizes)), np.int64)
            self.source[flat] = self.inverse
            self.coords = {axis.name: axis.values for axis in points.axes}
            order = np.empty(len(flat), np.int64)
            order[flat] = np.arange(len(flat))
            self.coords["point"] = (self.dims, order.reshape(self.sizes))
        else:
            self.dims, self.sizes, self.source = ("point",), (len(points),), self.inverse
            self.coords["point"] = np.arange(len(points))
            for d, axis in enumerate(points.axes):
                values = [axis.coordinate(entry) for entry in points.table[:, d]]
                self.coords[axis.name] = (("point",), np.array(values))

    def place(self, values: np.ndarray, dims: tuple[str, ...]) -> tuple[tuple[str, ...], np.ndarray]:
        """Dimensions and values of a variable."""
        return (*self.dims, *dims), values[self.source].reshape(*self.sizes, *values.shape[1:])


def _attributes(asked: SweepAsk, grid: bool) -> dict[str, Any]:
    scenario = asked.scenario
    wider = {} if asked.widen == AS_STATED else {"widened": asked.widen}
    numeric = [name for name, issue in scenario.issues.items() if issue.kind == "numeric"]
    return {
        **wider,
        **Vocabulary.of(scenario).to_attrs(),
        "title": scenario.title,
        "question": scenario.question,
        "study": asked.study,
        "study_title": asked.title,
        "design": asked.points.design,
        "grid": int(grid),
        "axes": json.dumps([_slim(axis.describe()) for axis in asked.points.axes], ensure_ascii=False),
        "measures": ",".join(asked.measures),
        "seed": scenario.seed,
        "draws": asked.draws,
        "common": int(asked.common),
        "observations": len(asked.ask.judge.observations),
        **_choosing(asked),
        "round": scenario.talks.round,
        "round_years": scenario.talks.round_years,
        "parties": list(scenario.parties),
        "actor_titles": [actor.title or name for name, actor in scenario.actors.items()],
        "issue_titles": [issue_title(scenario, name) for name in scenario.issues],
        "issue_units": [issue.unit or "-" for issue in scenario.issues.values()],
        **({"numeric_issues": numeric} if numeric else {}),
    }


def _choosing(asked: SweepAsk) -> dict[str, int]:
    """Which rule says what worlds fit the observations: whether points fix numbers, whether they change anything else.

    Fixed numbers change which worlds fit; overlays, levels on offer and rules of the talks do not.
    """
    judge = asked.ask.judge
    fixed = any(path in judge.numbers for path in asked.points.paths)
    laid = judge.model_dump() != asked.scenario.model_dump()
    changed = laid or any(not structure.plain for structure in asked.points.structures)
    return {"fixes_numbers": int(fixed), "changes_more": int(changed)}


def _slim(axis: dict[str, Any]) -> dict[str, Any]:
    """An axis for figures: what it is called, and where the base case stands."""
    found = {"name": axis["name"], "title": axis["title"], "base": axis["base"], "choice": "settings" in axis}
    if "settings" in axis:
        return found | {"values": [setting["value"] for setting in axis["settings"]]}
    return found | {"paths": axis["paths"], "low": axis["low"], "high": axis["high"]}
