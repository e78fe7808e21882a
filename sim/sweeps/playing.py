"""Plays a sweep into a folder: chunks, status, failures, and in the end one labelled result."""

from __future__ import annotations

import csv
import io
import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import xarray as xr

from sim.ensemble.cells import Cells, Play, PlayedCells, play_cells
from sim.ensemble.chunk_runner import TIMEOUT, WorkersLostError, run_chunks
from sim.ensemble.workers import Here, Workers
from sim.foundations import ResultsError, SimError
from sim.store import digest
from sim.store.arrays_file import write_arrays
from sim.store.folder import ARRAYS_FILE, TABLE_FILE, clear_told, write_atomically
from sim.store.integrity import file_hashes
from sim.store.manifest import now
from sim.store.peaceful_arrays import as_filed
from sim.sweeps.boundaries.attach import with_boundaries
from sim.sweeps.chunks import ChunkPlan, chunk_file, each_chunk, failed_chunk, load_chunk, make_plan, save_chunk
from sim.sweeps.home import FAILURES_FILE, POINTS_FILE, STATUS_FILE, Home, resume_command
from sim.sweeps.results import consolidate
from sim.sweeps.sweep_ask import SweepAsk
from sim.sweeps.tables import draw_rows, failure_table, point_table

#: Told (negotiations done, failed, in all) after every chunk.
Told = Callable[[int, int, int], None]
#: Bytes that must stay free on the disk for the next chunks and for the results.
_RESERVE: Final = 64 * 2**20
#: Bytes that the files of results take beside their arrays, about.
_BESIDES: Final = 2**20
#: Seconds between two writings of the status.
_EVERY: Final = 0.5


@dataclass(frozen=True)
class SweepResult:
    """What came of a sweep.

    folder:   where it is
    results:  the labelled dataset; ``None`` if it was interrupted
    finished: whether every chunk was played
    rows:     negotiations asked for
    failed:   negotiations that could not be played
    played:   negotiations played now, not before
    seconds:  wall time
    digest:   SHA-256 of the results
    """

    folder: Path
    results: xr.Dataset | None
    finished: bool
    rows: int
    failed: int
    played: int
    seconds: float
    digest: str


def play_sweep(
    asked: SweepAsk,
    home: Home,
    workers: Workers,
    *,
    play: Play = play_cells,
    timeout: float = TIMEOUT,
    stop: threading.Event | None = None,
    told: Told | None = None,
) -> SweepResult:
    """Play what is missing, then put everything together.

    Raises:  ResultsError if something cannot be written; what was played until then is kept
    """
    begun = time.perf_counter()
    keeper = _Keeper(home, told)
    todo = keeper.missing()
    before = keeper.done
    with keeper.told_if_stopped():
        finished = run_chunks(
            workers, play, asked.job().to_bytes(), todo, home.plan.chunk, keeper.save, timeout=timeout, stop=stop
        )
        failed = write_failures(asked, home)
        if not finished:
            keeper.status("interrupted", force=True)
            seconds = time.perf_counter() - begun
            return SweepResult(home.folder, None, False, home.plan.rows, failed, keeper.done - before, seconds, "")
        results = consolidate(asked, each_chunk(home.folder, home.plan, home.request))
        bits = digest(results)
        results = with_boundaries(asked, results)
        if todo:  # what was told until now was told of less
            clear_told(home.folder)
        write_results(asked, home.folder, results)
        seconds = time.perf_counter() - begun
        home.write_manifest(
            status="finished",
            digest=bits,
            files=file_hashes(home.folder),
            finished=now().isoformat(),
            seconds=round(seconds + (home.manifest.seconds or 0.0), 3),
            counts={"points": len(asked.points), "played": len(asked.points.played), "draws": asked.draws},
            failures={"negotiations": failed},
        )
        keeper.status("finished", force=True)
    return SweepResult(home.folder, results, True, home.plan.rows, failed, keeper.done - before, seconds, bits)


def sweep_in_memory(
    asked: SweepAsk, workers: Workers | None = None, *, play: Play = play_cells, told: Told | None = None
) -> xr.Dataset:
    """Play a sweep, in this process if no workers are given, and keep nothing on the disk; its bits are the same."""
    hired = workers or Here()
    plan = make_plan(asked.points, asked.draws, hired.slots)
    found: list[tuple[int, Cells, PlayedCells]] = []
    done = failed = 0

    def save(number: int, played: PlayedCells) -> None:
        nonlocal done, failed
        cells = plan.chunk(number)
        found.append((number, cells, played))
        done, failed = done + int(cells.size.sum()), failed + _lost(cells, played)
        if told is not None:
            told(done, failed, plan.rows)

    run_chunks(hired, play, asked.job().to_bytes(), range(plan.chunks), plan.chunk, save)
    return with_boundaries(asked, consolidate(asked, sorted(found, key=lambda item: item[0])))


def write_results(asked: SweepAsk, folder: Path, results: xr.Dataset) -> None:
    """Write arrays and tables, each whole or not at all.

    Raises:  ResultsError if something cannot be written
    """
    free, needed = shutil.disk_usage(folder).free, _BESIDES + 2 * results.nbytes
    if free < needed:  # HDF5 does not survive a disk that fills up under it
        raise ResultsError(
            f"the results take about {needed / 1e6:,.0f} MB and the disk of {folder} has {free / 1e6:,.0f} MB free; "
            f"what was played is kept: make room, then run `{resume_command(folder)}`"
        )
    results = as_filed(results)
    write_atomically(folder / POINTS_FILE, point_table(asked, results).encode())
    write_arrays(folder / ARRAYS_FILE, results)
    write_atomically(folder / TABLE_FILE, _table(asked, results))


def _table(asked: SweepAsk, results: xr.Dataset) -> Iterator[str]:
    """The table of a sweep in pieces: its points, or every draw where these are kept."""
    if not asked.keep or "draw_ending" not in results:
        yield point_table(asked, results)
        return
    for row in draw_rows(asked, results):
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerow(row)
        yield stream.getvalue()


def write_failures(asked: SweepAsk, home: Home) -> int:
    """Write failures.csv anew from the chunks that are there; returns how many negotiations failed."""
    found = []
    for number in range(home.plan.chunks):
        if chunk_file(home.folder, number).is_file():
            played = failed_chunk(home.folder, number, home.request)
            if played is not None:
                found.append((home.plan.chunk(number), played))
    text, lost = failure_table(asked, found)
    write_atomically(home.folder / FAILURES_FILE, text.encode())
    return lost


def forget_failed(home: Home) -> int:
    """Remove chunks in which something failed, so that they are played again; returns how many."""
    removed = 0
    for number in range(home.plan.chunks):
        if failed_chunk(home.folder, number, home.request) is not None:
            chunk_file(home.folder, number).unlink()
            removed += 1
    return removed


class _Keeper:
    """Saves chunks and tells how far things are."""

    def __init__(self, home: Home, told: Told | None) -> None:
        self.home, self.told = home, told
        self.plan: ChunkPlan = home.plan
        self.done = self.failed = 0
        self.before = 0
        self.begun = self.last = time.monotonic()

    def missing(self) -> list[int]:
        """Chunks that are still to be played; the others are counted as done."""
        left = []
        for number in range(self.plan.chunks):
            there = chunk_file(self.home.folder, number).is_file()
            played = load_chunk(self.home.folder, number, self.home.request) if there else None
            if played is None:
                left.append(number)
            else:
                self._count(number, played)
        self.before = self.done
        self.status("running", force=True)
        return left

    def save(self, number: int, played: PlayedCells) -> None:
        """Write a chunk.

        Raises:  ResultsError on a disk that is full or about to be, before anything is lost
        """
        save_chunk(self.home.folder, number, self.home.request, played)
        self._count(number, played)
        self.status("running")
        free = shutil.disk_usage(self.home.folder).free
        if free < _RESERVE and self.done < self.plan.rows:
            raise ResultsError(
                f"the disk of {self.home.folder} is nearly full ({free / 1e6:,.0f} MB free); what was played is kept: "
                f"make room, then run `{resume_command(self.home.folder)}`"
            )

    @contextmanager
    def told_if_stopped(self) -> Iterator[None]:
        """Say in the status that the sweep does not run any more, where an error or a second Ctrl-C ends it."""
        try:
            yield
        except (SimError, KeyboardInterrupt) as error:
            with suppress(SimError):  # a full disk may not take even this
                self.status("interrupted", force=True)
            if isinstance(error, WorkersLostError):
                raise ResultsError(f"{error}: go on with {resume_command(self.home.folder)}") from None
            raise

    def status(self, state: str, *, force: bool = False) -> None:
        """Write status.json, not too often."""
        if self.told is not None:
            self.told(self.done, self.failed, self.plan.rows)
        clock = time.monotonic()
        if not force and clock - self.last < _EVERY:
            return
        self.last = clock
        rate = (self.done - self.before) / max(clock - self.begun, 1e-9)
        left = self.plan.rows - self.done
        found: dict[str, Any] = {
            "state": state,
            "done": self.done,
            "failed": self.failed,
            "total": self.plan.rows,
            "points": len(self.plan.points),
            "rate_per_s": round(rate, 1),
            "eta_s": round(left / rate, 1) if rate > 0 and left else 0.0 if not left else None,
            "updated": now().isoformat(),
        }
        write_atomically(self.home.folder / STATUS_FILE, (json.dumps(found, indent=2) + "\n").encode())

    def _count(self, number: int, played: PlayedCells) -> None:
        cells = self.plan.chunk(number)
        self.done += int(cells.size.sum())
        self.failed += _lost(cells, played)


def _lost(cells: Cells, played: PlayedCells) -> int:
    """How many negotiations of some cells could not be played."""
    return int(cells.size[np.array([failure.cell for failure in played.failures], dtype=np.int64)].sum())
