"""Cells of a sweep, a point and some of its draws each, played in one go wherever they run."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, Literal

import numpy as np

from sim.engine import block_size, simulate
from sim.experiments.sweep.axes import bare
from sim.experiments.sweep.measures import PerDraw, single_draws, totals
from sim.experiments.sweep.points import Structure
from sim.foundations import Bools, Floats, Ints
from sim.scenario import Scenario, draw
from sim.scenario.changes import change
from sim.table import DealSpace, build, classify, observe

#: Draws in a cell. Sums are formed in cells and cells added up in their order, so that results are the same
#: bits however cells are put together; changing this number changes last bits.
CELL: Final = 1024

#: Verdicts of the observations on cells played lately, by what decides them.
_SEEN: Final[dict[tuple[int, int, int, bytes], Bools]] = {}
_REMEMBERED: Final = 512

Kind = Literal["failed", "killed", "timeout"]


@dataclass(frozen=True)
class Job:
    """What is the same for every cell of a sweep.

    scenarios:  the scenario under each overlay; ``None`` is the scenario itself
    judge:      the scenario whose observations select draws
    structures: distinct structures of the points
    paths:      numbers that points fix
    draws:      draws at each point
    common:     the same draws at every point (common random numbers); otherwise each has its own
    keep:       whether single draws are kept
    """

    scenarios: Mapping[str | None, Scenario]
    judge: Scenario
    structures: tuple[Structure, ...]
    paths: tuple[str, ...]
    draws: int
    common: bool = True
    keep: bool = False

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
class Failure:
    """A cell that could not be played.

    cell:  which of the cells
    kind:  ``failed`` (exception), ``killed`` (worker died), ``timeout``
    error: what was raised, in a line
    trace: traceback, if there is one
    """

    cell: int
    kind: Kind
    error: str
    trace: str = ""


@dataclass(frozen=True)
class Played:
    """What came of some cells.

    totals:   arrays by cell, see ``measures.totals``; 0 draws where a cell failed
    single:   arrays by row, if single draws are kept
    failures: cells that raised
    """

    totals: dict[str, np.ndarray]
    single: dict[str, np.ndarray]
    failures: tuple[Failure, ...] = field(default=())


#: Plays cells; a name that workers can import.
Play = Callable[[bytes, Cells], Played]


def play_cells(job: bytes, cells: Cells) -> Played:
    """Play cells; one that raises is a failure and the others are played all the same.

    Cells that differ only in numbers go through the engine as one block of rows.
    """
    asked = _job(job)
    fixing = ~np.isnan(cells.numbers)
    _, group = np.unique(np.column_stack([cells.structure, fixing]), axis=0, return_inverse=True)
    parts: list[tuple[Ints, Played]] = []
    for which in range(int(group.max(initial=-1)) + 1):
        where = np.flatnonzero(np.ravel(group) == which)
        try:
            parts.append((where, _play(job, asked, cells.select(where))))
        except Exception:  # noqa: BLE001 - whatever a model raises becomes a row; looked at cell by cell
            parts += [(where[n : n + 1], _play_alone(job, asked, cells, where[n : n + 1])) for n in range(len(where))]
    return together(parts, len(cells))


def _play_alone(key: bytes, job: Job, cells: Cells, where: Ints) -> Played:
    try:
        return _play(key, job, cells.select(where))
    except Exception as error:  # noqa: BLE001
        line = f"{type(error).__name__}: {error}".strip()
        return Played({}, {}, (Failure(0, "failed", line, traceback.format_exc()),))


def together(parts: Sequence[tuple[Ints, Played]], size: int) -> Played:
    """Put parts of a chunk back in the order of its cells.

    Args:
        parts: which cells of the chunk, and what came of them
        size:  cells in the chunk
    """
    failures = [replace(failure, cell=int(where[failure.cell])) for where, part in parts for failure in part.failures]
    failures.sort(key=lambda failure: failure.cell)
    good = [(where, part) for where, part in parts if part.totals]
    if not good:
        return Played({}, {}, tuple(failures))
    summed = {}
    for name, array in good[0][1].totals.items():
        summed[name] = np.zeros((size, *array.shape[1:]), array.dtype)
        for where, part in good:
            summed[name][where] = part.totals[name]
    cell = np.concatenate([np.repeat(where, part.totals["draws"][:, 0]) for where, part in good])
    order = np.argsort(cell, kind="stable")
    single = {name: np.concatenate([p.single[name] for _, p in good])[order] for name in good[0][1].single}
    return Played(summed, single, tuple(failures))


def _play(key: bytes, job: Job, cells: Cells) -> Played:
    """Play cells of one structure that fix the same numbers."""
    row = np.repeat(np.arange(len(cells)), cells.size)
    starts = np.cumsum(cells.size) - cells.size
    numbers = np.arange(len(row)) - starts[row] + cells.first[row]
    if not job.common:
        numbers += cells.point[row] * job.draws
    fixed = {path: cells.numbers[row, p] for p, path in enumerate(job.paths) if not np.isnan(cells.numbers[0, p])}
    structure = int(cells.structure[0])
    space = _space(key, structure)
    judged = None if job.structures[structure].plain and job.judge is space.scenario else _judge(key)
    known = space.scenario.numbers
    observed = {path for path in fixed if path.startswith("observations.") and path not in known}
    parts = []
    size = block_size(space, len(space.scenario.actors))
    verdict = None if judged is None else _verdicts(key, judged, cells, row, numbers, fixed)
    for start in range(0, len(row), size):
        part = slice(start, start + size)
        own = {path: value[part] for path, value in fixed.items() if path not in observed}
        block = simulate(space, draw(space.scenario, numbers[part], fixed=own))
        consistent = observe(block.worlds).consistent if verdict is None else verdict[part]
        parts.append(PerDraw.of(space.scenario, block.outcome, classify(block.worlds).exists, consistent))
    rows = PerDraw.joined(parts)
    return Played(totals(rows, starts), single_draws(space.scenario, rows) if job.keep else {})


def _verdicts(
    key: bytes, judge: DealSpace, cells: Cells, row: Ints, numbers: Ints, fixed: Mapping[str, Floats]
) -> Bools:
    """(R,) verdicts of the observations; those of the same worlds are kept for other structures."""
    starts = np.cumsum(cells.size) - cells.size
    names = [(hash(key), int(numbers[start]), int(n), cells.numbers[c].tobytes())
             for c, (start, n) in enumerate(zip(starts, cells.size, strict=True))]  # fmt: skip
    unseen = np.array([name not in _SEEN for name in names])
    if unseen.any():
        rows = unseen[row]
        found = _consistent(judge, numbers[rows], {path: value[rows] for path, value in fixed.items()})
        ends = np.cumsum(cells.size[unseen])
        for c, end in zip(np.flatnonzero(unseen), ends, strict=True):
            _SEEN[names[c]] = found[end - cells.size[c] : end]
    verdict = np.concatenate([_SEEN[name] for name in names])
    while len(_SEEN) > _REMEMBERED:
        del _SEEN[next(iter(_SEEN))]
    return verdict


def _consistent(judge: DealSpace, numbers: Ints, fixed: Mapping[str, Floats]) -> Bools:
    """(R,) which draws fit what was observed in the world as it was, with the numbers of the point."""
    if not judge.scenario.observations:
        return np.ones(len(numbers), bool)
    own = {path: value for path, value in fixed.items() if path in judge.scenario.numbers}
    size = block_size(judge, len(judge.scenario.actors))
    found = [
        observe(
            build(
                judge,
                draw(
                    judge.scenario, numbers[at : at + size], fixed={path: v[at : at + size] for path, v in own.items()}
                ),
            )
        ).consistent
        for at in range(0, len(numbers), size)
    ]
    return np.concatenate(found)


@lru_cache(maxsize=4)
def _job(key: bytes) -> Job:
    found: Job = pickle.loads(key)  # noqa: S301 - made by this program a moment ago
    return found


@lru_cache(maxsize=4)
def _judge(key: bytes) -> DealSpace:
    return DealSpace.of(_job(key).judge)


@lru_cache(maxsize=64)
def _space(key: bytes, structure: int) -> DealSpace:
    """Deals of one structure; only the untouched scenario keeps its observations."""
    job = _job(key)
    asked = job.structures[structure]
    scenario = job.scenarios[asked.overlay]
    if asked.plain and job.judge is scenario:
        return DealSpace.of(scenario)
    return DealSpace.of(change(bare(scenario), dict(asked.changes)))
