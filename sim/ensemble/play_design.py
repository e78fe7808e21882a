"""Plays a design: the only door to the engine, whoever asks."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial

import numpy as np
import xarray as xr

from sim.engine import block_size, simulate
from sim.ensemble.columns import FULL, columns_named
from sim.ensemble.dataset_labels import label
from sim.ensemble.design import Design
from sim.ensemble.judging import Judge
from sim.ensemble.outcome_column import OutcomeColumn
from sim.ensemble.played_block import PlayedBlock
from sim.ensemble.room import Work, require_room, require_work
from sim.ensemble.rows import Rows
from sim.ensemble.side_by_side import side_by_side
from sim.foundations import Bools, Ints, SimError
from sim.scenario import Scenario
from sim.table import DealSpace, settled_parts

#: Told how many rows are done, and out of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class RowFailure:
    """A row that could not be played: its arithmetic broke down, or a payoff is not finite.

    row:   its place in the design
    world: number of its world
    error: what was raised, in a line
    """

    row: int
    world: int
    error: str


@dataclass(frozen=True)
class PlayedRows:
    """Columns of some rows, without names for their axes.

    world:    (n,) numbers of the worlds
    arrays:   name of a column -> its values; 0 in rows that failed
    failures: rows that failed
    """

    world: Ints
    arrays: dict[str, np.ndarray]
    failures: tuple[RowFailure, ...] = ()

    @property
    def failed(self) -> Bools:
        """(n,) rows that failed."""
        found = np.zeros(len(self.world), bool)
        found[[failure.row for failure in self.failures]] = True
        return found


def play(
    design: Design,
    *,
    columns: Iterable[str] = FULL,
    executor: Executor | None = None,
    progress: Progress | None = None,
    block: int | None = None,
) -> xr.Dataset:
    """Play a design and return its columns with names for every axis.

    Rows go through in blocks whose size does not depend on who plays them; results are equal bit for bit whatever
    it is. Memory is flat in the number of rows but for the columns that are kept. A row that fails is left out and
    counted in the attribute ``failed``, with what was raised first in ``failure``.

    Args:
        columns:  names of the columns that are kept
        executor: plays blocks side by side; a block whose worker died is played here
        progress: told (rows done, rows in all) after each block; what it raises ends the work
        block:    rows in a block; by default as many as fit the memory budget
    Returns:
        dataset with a ``draw`` dimension, see ``label``
    Raises:  SimError where what is asked cannot be played; ArithmeticError where no row at all can
    Example:
        >>> from sim.scenario import read_scenario
        >>> results = play(Design.of_draws(read_scenario("scenarios/pie"), 3), columns=["ending"])
        >>> results["ending"].shape
        (3,)
    """
    return labelled(design, play_rows(design, columns, executor=executor, progress=progress, block=block))


def labelled(design: Design, played: PlayedRows, also: Ints | None = None) -> xr.Dataset:
    """Give played columns names for every axis; rows that failed are left out and counted, as ``play`` says.

    Args:
        also: numbers of deals that are told of besides, where there are too many to tell of all
    Raises:  ArithmeticError where no row at all can be played
    """
    results = label(DealSpace.of(design.scenario), played.arrays, played.world, also)
    if not played.failures:
        return results
    if len(played.failures) == len(played.world):
        raise ArithmeticError(f"no world can be played: {played.failures[0].error}")
    results = results.isel(draw=np.flatnonzero(~played.failed))
    return results.assign_attrs(failed=len(played.failures), failure=played.failures[0].error)


def play_rows(
    design: Design,
    columns: Iterable[str],
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
    block: int | None = None,
) -> PlayedRows:
    """Play a design and return bare columns; a row that fails is found by halving its block, and recorded.

    Raises:  SimError where what is asked cannot be played; InputError where its columns do not fit into memory
    """
    stage = BlockPlayer(design.scenario, design.judge, tuple(column.name for column in columns_named(columns)))
    states = any(column.states for column in stage.columns)
    require_work(Work.of(design.scenario, design.points, states=states, deals=len(stage.space)))
    size = block or block_size(stage.space, len(design.scenario.actors))
    starts = range(0, design.points, size)
    rows = (design.rows(start, min(start + size, design.points)) for start in starts)
    pack = partial(pickle.dumps, (stage.scenario, stage.judge, stage.names), protocol=5)
    found = _Joined(design.points, stage.columns)
    begun = time.perf_counter()
    for part in side_by_side(rows, stage.play, executor, _played_elsewhere, pack):
        if not found.done and part.arrays:
            kept = [part.arrays[column.name] for column in stage.columns if column.by_draw]
            require_room(design.points, kept, len(part.world), time.perf_counter() - begun)
        found.add(part)
        if progress is not None:
            progress(found.done, design.points)
    return found.whole()


def play_block(space: DealSpace, rows: Rows, verdict: Bools | None = None, *, states: bool = False) -> PlayedBlock:
    """Play rows of one scenario in one go; what the model raises is raised.

    Args:
        verdict: (n,) which rows count, where somebody else's observations decide
        states:  whether the state at the end of every round is kept
    """
    return PlayedBlock(simulate(space, rows.draws(space.scenario), keep_states=states), verdict)


def play_parts(
    space: DealSpace, rows: Rows, verdict: Bools | None = None, *, states: bool = False
) -> Iterator[tuple[Ints, PlayedBlock]]:
    """Play rows part by part, each under the rules that it has drawn: places of its rows, and what came of them.

    Args:
        verdict: (n,) which rows count, where somebody else's observations decide
        states:  whether the state at the end of every round is kept
    """
    if not space.scenario.choices:
        yield np.arange(len(rows)), play_block(space, rows, verdict, states=states)
        return
    for part in settled_parts(space, rows.draws(space.scenario)):
        some = replace(rows.part(part.where), drawn=part.draws)
        own = None if verdict is None else verdict[part.where]
        yield part.where, play_block(part.space, some, own, states=states)


def read_block(
    space: DealSpace, rows: Rows, verdict: Bools | None, columns: Iterable[OutcomeColumn], *, states: bool = False
) -> dict[str, np.ndarray]:
    """Play rows, each under the rules that it has drawn, and read columns off them, by name.

    Raises:  ArithmeticError if a payoff is not finite
    """
    return read_parts(play_parts(space, rows, verdict, states=states), len(rows), columns)


def read_parts(
    parts: Iterable[tuple[Ints, PlayedBlock]], size: int, columns: Iterable[OutcomeColumn]
) -> dict[str, np.ndarray]:
    """Read columns off the parts of so many rows, each with the places of its rows, by name.

    Raises:  ArithmeticError if a payoff is not finite
    """
    found: dict[str, np.ndarray] = {}
    for where, played in parts:
        if not np.isfinite(played.outcome.utility).all():
            raise ArithmeticError("a payoff is not finite")
        for column in columns:
            values = column.read(played)
            if len(where) == size:
                found[column.name] = values
            elif column.by_draw:
                whole = found.setdefault(column.name, np.zeros((size, *values.shape[1:]), values.dtype))
                whole[where] = values
            else:
                found[column.name] = found[column.name] + values if column.name in found else values
    return found


@dataclass(frozen=True)
class BlockPlayer:
    """What is the same for every block of a design.

    scenario: what is played
    judge:    whose observations say which rows count; ``None``: its own
    names:    of the columns
    """

    scenario: Scenario
    judge: Judge | None
    names: tuple[str, ...]

    @cached_property
    def space(self) -> DealSpace:
        """Deals of the scenario."""
        return DealSpace.of(self.scenario)

    @cached_property
    def columns(self) -> tuple[OutcomeColumn, ...]:
        """The columns that are kept."""
        return columns_named(self.names)

    def play(self, rows: Rows) -> PlayedRows:
        """Play a block; where it breaks down it is halved until the bad row stands alone."""
        try:
            return self._played(rows)
        except SimError:
            raise
        except (ArithmeticError, ValueError, IndexError) as error:
            if len(rows) == 1:
                failure = RowFailure(0, int(rows.world[0]), f"{type(error).__name__}: {error}".strip())
                return PlayedRows(rows.world, {}, (failure,))
        middle = len(rows) // 2
        found = _Joined(len(rows), self.columns)
        for part in (rows.part(slice(None, middle)), rows.part(slice(middle, None))):
            found.add(self.play(part))
        return found.whole()

    def _played(self, rows: Rows) -> PlayedRows:
        verdict = None if self.judge is None else self.judge.fitting(rows)
        states = any(column.states for column in self.columns)
        return PlayedRows(rows.world, read_block(self.space, rows, verdict, self.columns, states=states))


def _played_elsewhere(packed: bytes, rows: Rows) -> PlayedRows:
    """Play a block of a design that was sent to this process."""
    return _stage(packed).play(rows)


@lru_cache(maxsize=2)
def _stage(packed: bytes) -> BlockPlayer:
    return BlockPlayer(*pickle.loads(packed))  # noqa: S301 - made by this program, a moment ago


class _Joined:
    """Columns filled block by block: worlds are strung together, counts added up."""

    def __init__(self, size: int, columns: Iterable[OutcomeColumn]) -> None:
        self.columns = tuple(columns)
        self.world = np.zeros(size, np.int64)
        self.arrays: dict[str, np.ndarray] = {}
        self.failures: list[RowFailure] = []
        self.done = 0

    def add(self, part: PlayedRows) -> None:
        """Put a block behind the others."""
        where = slice(self.done, self.done + len(part.world))
        self.world[where] = part.world
        for failure in part.failures:
            self.failures.append(RowFailure(failure.row + self.done, failure.world, failure.error))
        for column in self.columns if part.arrays else ():
            values = part.arrays[column.name]
            if column.name not in self.arrays:
                shape = (len(self.world), *values.shape[1:]) if column.by_draw else values.shape
                self.arrays[column.name] = np.zeros(shape, values.dtype)
            if column.by_draw:
                self.arrays[column.name][where] = values
            else:
                self.arrays[column.name] += values
        self.done = where.stop

    def whole(self) -> PlayedRows:
        """Everything."""
        return PlayedRows(self.world, self.arrays, tuple(self.failures))
