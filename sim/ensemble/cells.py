"""Cells of a sweep, a point and some of its draws each, played in one go wherever they run."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, Literal

import numpy as np

from sim.engine import block_size
from sim.ensemble.columns import columns_named
from sim.ensemble.forecasts_beside import forecast_names
from sim.ensemble.judging import Judge
from sim.ensemble.play_design import read_block
from sim.ensemble.rows import Rows
from sim.ensemble.structure import Structure
from sim.ensemble.totals import single_draws, swept_columns, totals
from sim.foundations import Floats, Ints
from sim.scenario import Scenario
from sim.table import DealSpace

#: Draws in a cell. Sums are formed in cells and cells added up in their order, so that results are the same
#: bits however cells are put together; changing this number changes last bits.
CELL: Final = 1024

#: Structures whose deals a worker holds.
_MOST_SPACES: Final = 64

FailureKind = Literal["failed", "killed", "timeout"]


@dataclass(frozen=True)
class Job:
    """What is the same for every cell of a sweep.

    scenario:   what is played
    overlays:   the scenario under each overlay
    judge:      the scenario whose observations select draws
    structures: distinct structures of the points
    paths:      numbers that points fix
    draws:      draws at each point
    common:     the same draws at every point (common random numbers); otherwise each has its own
    keep:       whether single draws are kept
    forecasts:  whether models of collective choice are asked too
    """

    scenario: Scenario
    overlays: Mapping[str, Scenario]
    judge: Scenario
    structures: tuple[Structure, ...]
    paths: tuple[str, ...]
    draws: int
    common: bool = True
    keep: bool = False
    forecasts: bool = False

    @property
    def read(self) -> tuple[str, ...]:
        """Columns that are read off a block."""
        return (*(column.name for column, _ in swept_columns(forecasts=self.forecasts)), "consistent")

    def rows(self, cells: Cells) -> Rows:
        """The rows of cells that fix the same numbers."""
        row = np.repeat(np.arange(len(cells)), cells.size)
        starts = np.cumsum(cells.size) - cells.size
        world = np.arange(len(row)) - starts[row] + cells.first[row]
        if not self.common:
            world += cells.point[row] * self.draws
        fixing = ~np.isnan(cells.numbers[0])
        return Rows(world, fixed={path: cells.numbers[row, p] for p, path in enumerate(self.paths) if fixing[p]})

    def to_bytes(self) -> bytes:
        """The job as it is sent to workers."""
        return pickle.dumps(self, protocol=5)


@dataclass(frozen=True)
class Cells:
    """Some cells, in the order of points and draws.

    point:     (C,) which played point
    first:     (C,) first draw
    size:      (C,) how many draws
    structure: (C,) which structure
    numbers:   (C, P) values at which numbers are fixed, nan for none
    """

    point: Ints
    first: Ints
    size: Ints
    structure: Ints
    numbers: Floats

    def __len__(self) -> int:
        return len(self.point)

    def select(self, where: Ints) -> Cells:
        """Some of the cells."""
        return Cells(self.point[where], self.first[where], self.size[where], self.structure[where], self.numbers[where])


@dataclass(frozen=True)
class CellFailure:
    """A cell that could not be played.

    cell:  which of the cells
    kind:  ``failed`` (exception), ``killed`` (worker died), ``timeout``
    error: what was raised, in a line
    trace: traceback, if there is one
    """

    cell: int
    kind: FailureKind
    error: str
    trace: str = ""


@dataclass(frozen=True)
class PlayedCells:
    """What came of some cells.

    totals:   arrays by cell, see ``measures.totals``; 0 draws where a cell failed
    single:   arrays by row, if single draws are kept
    failures: cells that raised
    """

    totals: dict[str, np.ndarray]
    single: dict[str, np.ndarray]
    failures: tuple[CellFailure, ...] = field(default=())


#: Plays cells; a name that workers can import.
Play = Callable[[bytes, Cells], PlayedCells]


def play_cells(job: bytes, cells: Cells) -> PlayedCells:
    """Play cells; one that raises is a failure and the others are played all the same.

    Cells that differ only in numbers go through the engine as one block of rows.
    """
    fixing = ~np.isnan(cells.numbers)
    _, group = np.unique(np.column_stack([cells.structure, fixing]), axis=0, return_inverse=True)
    parts: list[tuple[Ints, PlayedCells]] = []
    for which in range(int(group.max(initial=-1)) + 1):
        where = np.flatnonzero(np.ravel(group) == which)
        try:
            parts.append((where, _play(job, cells.select(where))))
        except Exception:  # noqa: BLE001 - whatever a model raises becomes a row; looked at cell by cell
            parts += [(where[n : n + 1], _play_alone(job, cells, where[n : n + 1])) for n in range(len(where))]
    return together(parts, len(cells))


def _play_alone(key: bytes, cells: Cells, where: Ints) -> PlayedCells:
    try:
        return _play(key, cells.select(where))
    except Exception as error:  # noqa: BLE001
        line = f"{type(error).__name__}: {error}".strip()
        return PlayedCells({}, {}, (CellFailure(0, "failed", line, traceback.format_exc()),))


def together(parts: Sequence[tuple[Ints, PlayedCells]], size: int) -> PlayedCells:
    """Put parts of a chunk back in the order of its cells.

    Args:
        parts: which cells of the chunk, and what came of them
        size:  cells in the chunk
    """
    failures = [replace(failure, cell=int(where[failure.cell])) for where, part in parts for failure in part.failures]
    failures.sort(key=lambda failure: failure.cell)
    good = [(where, part) for where, part in parts if part.totals]
    if not good:
        return PlayedCells({}, {}, tuple(failures))
    summed = {}
    for name, array in good[0][1].totals.items():
        summed[name] = np.zeros((size, *array.shape[1:]), array.dtype)
        for where, part in good:
            summed[name][where] = part.totals[name]
    cell = np.concatenate([np.repeat(where, part.totals["draws"][:, 0]) for where, part in good])
    order = np.argsort(cell, kind="stable")
    single = {name: np.concatenate([p.single[name] for _, p in good])[order] for name in good[0][1].single}
    return PlayedCells(summed, single, tuple(failures))


def _play(key: bytes, cells: Cells) -> PlayedCells:
    """Play cells of one structure that fix the same numbers."""
    stage = _stage(key)
    job, space, judge = stage.job, *stage.of(int(cells.structure[0]))
    starts = np.cumsum(cells.size) - cells.size
    rows = job.rows(cells)
    verdict = None if judge is None else judge.fitting(rows, starts)
    known = space.scenario.numbers  # a changed scenario has no observations, so their numbers are the judge's alone
    gone = {path for path in rows.fixed if path.startswith("observations.") and path not in known}
    own = replace(rows, fixed={path: value for path, value in rows.fixed.items() if path not in gone})
    size = block_size(space, len(space.scenario.actors))
    found: dict[str, list[np.ndarray]] = {name: [] for name in job.read}
    for start in range(0, len(rows), size):
        part = slice(start, start + size)
        read = read_block(space, own.part(part), None if verdict is None else verdict[part], columns_named(job.read))
        for name, values in read.items():
            found[name].append(values)
    arrays = {name: np.concatenate(parts) if len(parts) > 1 else parts[0] for name, parts in found.items()}
    if job.forecasts:
        arrays["forecast"] = _as_named(arrays["forecast"], forecast_names(space.scenario), forecast_names(job.scenario))
    return PlayedCells(totals(space.scenario, arrays, starts), single_draws(arrays) if job.keep else {})


def _as_named(values: Floats, names: Sequence[str], wanted: Sequence[str]) -> Floats:
    """Columns (R, N) under other names (R, M): a point may change on which issues anybody stands; nan for none."""
    if tuple(names) == tuple(wanted):
        return values
    found = np.full((len(values), len(wanted)), np.nan)
    for place, name in enumerate(wanted):
        if name in names:
            found[:, place] = values[:, names.index(name)]
    return found


class _Stage:
    """A job as a worker holds it: the deals of each structure, and who says which draws count."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.judge = Judge(job.judge, readings=True)
        self._spaces: dict[int, DealSpace] = {}

    def of(self, structure: int) -> tuple[DealSpace, Judge | None]:
        """Deals of a structure, and its judge; only the untouched scenario judges for itself."""
        asked, scenario = self.job.structures[structure], self.job.scenario
        plain = asked.plain and self.job.judge is scenario
        if structure not in self._spaces:
            if len(self._spaces) >= _MOST_SPACES:
                del self._spaces[next(iter(self._spaces))]
            self._spaces[structure] = DealSpace.of(scenario if plain else asked.scenario(scenario, self.job.overlays))
        return self._spaces[structure], None if plain else self.judge


@lru_cache(maxsize=4)
def _stage(key: bytes) -> _Stage:
    found: Job = pickle.loads(key)  # noqa: S301 - made by this program a moment ago
    return _Stage(found)
