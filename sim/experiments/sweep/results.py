"""Chunks put together: one labelled dataset, with a dimension for each axis of a grid."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import numpy as np
import xarray as xr

from sim.experiments.sweep.asked import Asked
from sim.experiments.sweep.cells import Cells, Played
from sim.experiments.sweep.measures import ADDED, GROUPS, columns, counted_columns, mean, share
from sim.foundations import Floats, Ints
from sim.scenario.kinds import deal_kinds, declared_codes, ending_codes
from sim.scenario.widening import AS_STATED
from sim.words import Vocabulary

#: Code of single draws that were not played.
_NOT_PLAYED = -1


def consolidate(asked: Asked, chunks: Iterable[tuple[int, Cells, Played]]) -> xr.Dataset:
    """Add chunks up and label what comes out.

    Dimensions: one for each axis of a grid, else ``point`` with a coordinate for each axis; ``group`` (all draws,
    consistent draws), ``ending``, ``declared``, ``kind``, ``actor``; ``draw`` where single draws are kept.
    Memory: the size of the result; chunks are read one by one.
    """
    actors = len(asked.scenario.actors)
    count = len(asked.points.played)
    draws = np.zeros((count, 2), np.int64)
    counts = np.zeros((count, 2, len(counted_columns(asked.scenario))), np.int64)
    sums = np.zeros((count, 2, len(ADDED) + actors))
    squares = np.zeros_like(sums)
    single: dict[str, np.ndarray] = {}
    for _, cells, played in chunks:
        if not played.totals:
            continue
        for target, name in ((draws, "draws"), (counts, "counts"), (sums, "sums"), (squares, "squares")):
            np.add.at(target, cells.point, played.totals[name])
        if asked.keep:
            _place_single(single, asked, cells, played)
    return _labelled(asked, draws, counts, sums, squares, single)


def _place_single(single: dict[str, np.ndarray], asked: Asked, cells: Cells, played: Played) -> None:
    rows = played.totals["draws"][:, 0].astype(np.int64)
    point = np.repeat(cells.point, rows)
    draw = np.arange(len(point)) - np.repeat(np.cumsum(rows) - rows, rows) + np.repeat(cells.first, rows)
    for name, values in played.single.items():
        if name not in single:
            shape = (len(asked.points.played), asked.draws, *values.shape[1:])
            blank = np.nan if values.dtype.kind == "f" else _NOT_PLAYED
            single[name] = np.full(shape, blank, values.dtype)
        single[name][point, draw] = values


def _labelled(
    asked: Asked, draws: Ints, counts: Ints, sums: Floats, squares: Floats, single: dict[str, np.ndarray]
) -> xr.Dataset:
    scenario = asked.scenario
    shaped, names, endings_told = _Shape(asked), counted_columns(scenario), ending_codes(scenario)
    data: dict[str, Any] = {}

    def add(name: str, values: np.ndarray, dims: tuple[str, ...], meaning: str, **attrs: Any) -> None:
        data[name] = (*shaped.place(values, dims), {"long_name": meaning, **attrs})

    add("draws_played", draws, ("group",), "draws that were played")
    add("failed", (asked.draws - draws[:, 0]).astype(np.int64), (), "draws that could not be played, see failures.csv")
    size = draws[:, :, None]
    for name, prefix, dim, meaning in (
        ("ending", "ending", "ending", "share of draws with this state at the horizon"),
        ("declared", "declared", "declared", "share of draws by kind of the first signed deal"),
        ("deal_exists", "exists", "kind", "share of draws in which an acceptable deal of the kind exists"),
    ):
        found, error = share(counts[:, :, columns(names, prefix)], size)
        add(f"{name}_share", found, ("group", dim), meaning)
        add(f"{name}_error", error, ("group", dim), f"{meaning}: Monte Carlo standard error")
    for name, column, meaning in (
        ("any_deal", "any deal", "share of draws in which any deal is acceptable"),
        ("decided_by_arms", "decided by arms", "share of draws in which arms decide before the horizon"),
        ("converted", "converted", "share of draws in which follow-on talks turned a deal into a settlement"),
    ):
        found, error = share(counts[:, :, names.index(column)], draws)
        add(f"{name}_share", found, ("group",), meaning)
        add(f"{name}_error", error, ("group",), f"{meaning}: Monte Carlo standard error")
    found, error = mean(sums, squares, size)
    add("held_mean", found[:, :, 0], ("group",), "rounds that the first signed deal was in force, 0 without one: mean")
    add("held_error", error[:, :, 0], ("group",), "rounds that the first signed deal was in force: standard error")
    add("utility_mean", found[:, :, len(ADDED) :], ("group", "actor"), "realised value, normalised per round: mean")
    add("utility_error", error[:, :, len(ADDED) :], ("group", "actor"), "realised value: standard error")
    found, error = share(draws[:, 1], draws[:, 0])
    add("acceptance", found, (), "share of draws that survive every observation")
    add("acceptance_error", error, (), "share of draws that survive every observation: standard error")
    endings = counts[:, :, columns(names, "ending")]
    modal = np.where(draws > 0, endings.argmax(axis=2), _NOT_PLAYED).astype(np.int8)
    flags = np.arange(len(endings_told), dtype=np.int8)
    meant = {"flag_values": flags, "flag_meanings": "|".join(endings_told)}
    add("modal_ending", modal, ("group",), "most frequent ending, the first named on a tie; -1 without draws", **meant)
    for name, values in single.items():
        dims = ("draw", "actor") if values.ndim == 3 else ("draw",)
        kinds = {"ending": endings_told, "declared": declared_codes(scenario)}.get(name)
        flagged = (
            {}
            if kinds is None
            else {"flag_values": np.arange(len(kinds), dtype=np.int8), "flag_meanings": "|".join(kinds)}
        )
        add(f"draw_{name}", values, dims, f"{name.replace('_', ' ')} of single draws; -1 where not played", **flagged)
    coords: dict[str, Any] = {
        "group": list(GROUPS),
        "ending": list(endings_told),
        "declared": list(declared_codes(scenario)),
        "kind": list(deal_kinds(scenario)),
        "actor": list(scenario.actors),
        **shaped.coords,
    }
    if single:
        coords["draw"] = np.arange(asked.draws)
    return xr.Dataset(data, coords, _attributes(asked, shaped.grid))


class _Shape:
    """Puts arrays by played point into arrays by axis, or by point of the design."""

    def __init__(self, asked: Asked) -> None:
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


def _attributes(asked: Asked, grid: bool) -> dict[str, Any]:
    scenario = asked.scenario
    wider = {} if asked.widen == AS_STATED else {"widened": asked.widen}
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
        "observations": len((asked.judge or scenario).observations),
        **_choosing(asked),
        "round": scenario.talks.round,
        "round_years": scenario.talks.round_years,
        "parties": list(scenario.parties),
        "actor_titles": [actor.title or name for name, actor in scenario.actors.items()],
        "issue_titles": [issue.title or name for name, issue in scenario.issues.items()],
    }


def _choosing(asked: Asked) -> dict[str, int]:
    """Which rule says what worlds fit the observations: whether points fix numbers, whether they change anything else.

    Fixed numbers change which worlds fit; overlays, levels on offer and rules of the talks do not.
    """
    judge = asked.scenario if asked.judge is None else asked.judge
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
