"""Plays chunks whatever happens: what raises, dies or hangs is isolated, and all the rest goes on."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.ensemble.cells import CellFailure, Cells, FailureKind, Play, PlayedCells, together
from sim.ensemble.workers import Workers
from sim.foundations import Ints, ResultsError

#: Seconds between looks at the clock and at whether to stop.
_LOOK: Final = 0.2
#: Seconds a chunk may take before it is taken apart.
TIMEOUT: Final = 600.0


class WorkersLostError(ResultsError):
    """The way to the workers was lost; what they were playing is open."""


@dataclass(frozen=True)
class Part:
    """Some cells of a chunk.

    chunk: number of the chunk
    where: which of its cells
    """

    chunk: int
    where: Ints


def run_chunks(
    workers: Workers,
    play: Play,
    job: bytes,
    chunks: Sequence[int],
    cells_of: Callable[[int], Cells],
    save: Callable[[int, PlayedCells], None],
    *,
    timeout: float = TIMEOUT,
    stop: threading.Event | None = None,
) -> bool:
    """Play chunks and save each as soon as it is there.

    A worker that dies, or a chunk that takes too long, brings everything that was running under suspicion: the
    suspects are played one by one and halved until the cells that did it are found. Those become failures, the
    others are played like any other.

    Args:
        play:     plays cells, in a worker
        cells_of: cells of a chunk
        save:     keeps what came of a chunk; what it raises ends the run
        timeout:  seconds that a chunk, and in the end a single cell, may take
        stop:     when set, nothing new is begun, and what is running is waited for
    Returns:
        whether everything was played
    Raises:  ResultsError if every worker of a cluster hangs; WorkersLostError if its scheduler is gone
    """
    return _Run(workers, play, job, cells_of, save, timeout, stop or threading.Event()).go(chunks)


class _Run:
    def __init__(
        self,
        workers: Workers,
        play: Play,
        job: bytes,
        cells_of: Callable[[int], Cells],
        save: Callable[[int, PlayedCells], None],
        timeout: float,
        stop: threading.Event,
    ) -> None:
        self.workers, self.play, self.job = workers, play, job
        self.cells_of, self.save, self.timeout, self.stop = cells_of, save, timeout, stop
        self.waiting: deque[Part] = deque()
        self.suspects: deque[Part] = deque()
        self.running: dict[Future[PlayedCells], tuple[Part, float]] = {}
        self.pieces: dict[int, list[tuple[Ints, PlayedCells]]] = {}
        self.hung = 0

    def go(self, chunks: Sequence[int]) -> bool:
        """Play until nothing is left, or until told to stop and nothing is running."""
        queue = deque(chunks)
        while True:
            if not self.stop.is_set():
                self._hand_out(queue)
            if not self.running:
                return not (queue or self.waiting or self.suspects)
            wait(self.running, timeout=_LOOK, return_when=FIRST_COMPLETED)
            self._collect()
            self._look_at_the_clock()

    def _hand_out(self, queue: deque[int]) -> None:
        """Give workers something to do; a suspect is played while nothing else is, so that it can be blamed."""
        if self.suspects:
            if not self.running:
                self._submit(self.suspects.popleft())
            return
        while len(self.running) < self.workers.slots and (self.waiting or queue):
            if not self.waiting:
                number = queue.popleft()
                self.waiting.append(Part(number, np.arange(len(self.cells_of(number)))))
            self._submit(self.waiting.popleft())

    def _submit(self, part: Part) -> None:
        cells = self.cells_of(part.chunk).select(part.where)
        try:
            future = self.workers.executor.submit(self.play, self.job, cells)
        except Exception as error:  # a pool that broke between two looks takes nothing more
            self._refuse_what_is_lost(error)
            if not self.workers.means_killed(error):
                raise
            future = Future()
            future.set_exception(error)
        self.running[future] = (part, time.monotonic())

    def _collect(self) -> None:
        """Take what is done; where a worker died, everything that was running comes under suspicion."""
        died = False
        alone = len(self.running) == 1
        for future in [future for future in self.running if future.done()]:
            part, _ = self.running.pop(future)
            error = CancelledError("cancelled") if future.cancelled() else future.exception()
            if error is None:
                self._keep(part, future.result())
                continue
            self._refuse_what_is_lost(error)
            killed = self.workers.means_killed(error)
            died |= killed
            kind: FailureKind = "killed" if killed else "failed"
            line = "the worker died" if killed else f"{type(error).__name__}: {error}"
            self._suspect(part, alone, kind, line)
        if died:
            for future, (part, _) in list(self.running.items()):
                future.cancel()
                self._suspect(part, False, "killed", "")
            self.running.clear()
            self.workers.restart()

    def _look_at_the_clock(self) -> None:
        """Be rid of what takes too long; its neighbours are innocent and go back into the queue."""
        now = time.monotonic()
        late = [
            future for future, (_, begun) in self.running.items() if now - begun > self.timeout and not future.done()
        ]
        if not late:
            return
        line = f"took more than {self.timeout:g} s"
        self._refuse_to_wait_for_ever(len(late))
        for future, (part, _) in list(self.running.items()):
            future.cancel()
            if future in late:
                self._suspect(part, True, "timeout", line)
            else:
                self.waiting.appendleft(part)
        self.running.clear()
        self.workers.restart()

    def _refuse_to_wait_for_ever(self, late: int) -> None:
        """Stop where every worker hangs and none of them can be freed: nothing would be played any more."""
        self.hung += 0 if self.workers.frees else late
        if self.hung >= self.workers.slots:
            raise ResultsError(
                f"all {self.workers.slots} workers of the cluster hang: each has a task that took more than "
                f"{self.timeout:g} s, and they cannot be freed from here. What was played is kept: restart the "
                "workers, or allow more time with --timeout, and go on with --resume"
            )

    def _refuse_what_is_lost(self, error: BaseException) -> None:
        """Stop where the scheduler is gone: no cell is to blame, and none would be played any more."""
        if self.workers.means_lost(error):
            raise WorkersLostError("the scheduler of the cluster is gone; what was played is kept, what ran is open")

    def _suspect(self, part: Part, alone: bool, kind: FailureKind, line: str) -> None:
        """Play a part again by itself; if it was by itself already, halve it, or blame its only cell."""
        if not alone:
            self.suspects.append(part)
        elif len(part.where) == 1:
            self._keep(part, PlayedCells({}, {}, (CellFailure(0, kind, line),)))
        else:
            half = len(part.where) // 2
            self.suspects.extendleft([Part(part.chunk, part.where[half:]), Part(part.chunk, part.where[:half])])

    def _keep(self, part: Part, played: PlayedCells) -> None:
        """Save a chunk once all of its cells are accounted for."""
        pieces = self.pieces.setdefault(part.chunk, [])
        pieces.append((part.where, played))
        size = len(self.cells_of(part.chunk))
        if sum(len(where) for where, _ in pieces) == size:
            del self.pieces[part.chunk]
            self.save(part.chunk, together(pieces, size))
