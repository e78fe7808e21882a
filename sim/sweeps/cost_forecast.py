"""What a sweep will take: points, negotiations, time from a timed sample, disk."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.ensemble.cells import CELL, Cells, play_cells
from sim.sweeps.chunks import make_plan
from sim.sweeps.home import disk_needed
from sim.sweeps.sweep_ask import SweepAsk

#: Seconds that the timed sample may take, about.
_SAMPLE: Final = 1.5
#: Seconds to start workers and to put the results together.
_START: Final = 3.0


@dataclass(frozen=True)
class CostForecast:
    """What a sweep will take.

    points:       points of the design
    duplicates:   points that equal another one and are not played again
    draws:        worlds at each point
    negotiations: how many are played
    structures:   distinct sets of rules and levels on offer
    microseconds: of one negotiation, measured on a sample
    sample:       negotiations in the sample
    seconds:      estimated wall time
    workers:      with so many workers
    disk_bytes:   estimated size
    failed:       whether some of the sample could not be played, and why
    """

    points: int
    duplicates: int
    draws: int
    negotiations: int
    structures: int
    microseconds: float
    sample: int
    seconds: float
    workers: int
    disk_bytes: int
    failed: str


def forecast(asked: SweepAsk, workers: int) -> CostForecast:
    """Time a few negotiations at some points of the design and work out the rest; nothing is kept."""
    plan = make_plan(asked.points, asked.draws, workers)
    job = asked.job().to_bytes()
    several = 2 if len(asked.points.structures) > 1 else 6
    chosen = np.arange(min(len(asked.points.played), several))
    used, rows, failed = 0.0, 0, ""
    size = min(asked.draws, CELL, 64)
    play_cells(job, _sample(asked, chosen, 1))  # imports and caches
    while rows == 0 or (used < _SAMPLE / 3 and size < min(asked.draws, CELL)):
        size = min(2 * size, asked.draws, CELL)
        begun = time.perf_counter()
        found = play_cells(job, _sample(asked, chosen, size))
        used, rows = time.perf_counter() - begun, size * len(chosen)
        failed = found.failures[0].error if found.failures else failed
    each = used / rows
    return CostForecast(
        points=len(asked.points),
        duplicates=len(asked.points) - len(asked.points.played),
        draws=asked.draws,
        negotiations=asked.rows,
        structures=len(asked.points.structures),
        microseconds=1e6 * each,
        sample=rows,
        seconds=each * asked.rows / max(workers, 1) + _START,
        workers=workers,
        disk_bytes=disk_needed(asked, plan),
        failed=failed,
    )


def _sample(asked: SweepAsk, chosen: np.ndarray, draws: int) -> Cells:
    return Cells(
        point=chosen,
        first=np.zeros(len(chosen), np.int64),
        size=np.full(len(chosen), min(draws, asked.draws, CELL)),
        structure=asked.points.structure[chosen],
        numbers=asked.points.numbers[chosen],
    )
