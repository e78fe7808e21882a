"""Bookkeeping costs little: a million negotiations that take no time are swept in seconds, in flat memory."""

import time
import tracemalloc

import numpy as np
import pytest

from sim.engine import simulate
from sim.ensemble.cells import play_cells
from sim.ensemble.workers import Here
from sim.scenario import draw
from sim.sweeps.chunks import make_plan
from sim.sweeps.home import open_home
from sim.sweeps.playing import play_sweep
from sim.table import DealSpace, classify, observe
from tests.sweeps.faulty import plays_nothing, tiny


@pytest.mark.slow
def test_a_million_negotiations_cost_under_ten_microseconds_each_to_keep_track_of(tmp_path):
    """Planning, handing out, writing chunks, status, consolidation, tables: CPU time without the playing."""
    asked = tiny(draws=1000, over=("p.patience=0.5:0.9:1000",), keep=False)
    home = open_home(asked, out=tmp_path / "out", workers=2)
    begun = time.process_time()
    done = play_sweep(asked, home, Here(), play=plays_nothing)
    assert done.rows == 1_000_000
    assert (time.process_time() - begun) / done.rows < 10e-6


@pytest.mark.slow
def test_playing_in_cells_costs_under_ten_microseconds_more_than_playing():
    """What cells add to the engine, a cell of a single draw each at worst."""
    asked = tiny(draws=1, over=("p.patience=0.5:0.9:4000",), keep=False)
    job, plan = asked.job().to_bytes(), make_plan(asked.points, 1, 1, 4000)
    cells, space = plan.chunk(0), DealSpace.of(asked.scenario)
    fixed = {"p.patience": cells.numbers[:, 0]}
    play_cells(job, cells)
    cost = []
    for _ in range(5):
        first = time.process_time()
        block = simulate(space, draw(asked.scenario, np.zeros(4000, np.int64), fixed=fixed))
        classify(block.worlds)
        observe(block.worlds)
        second = time.process_time()
        play_cells(job, cells)
        cost.append((time.process_time() - second) - (second - first))
    assert np.median(cost) / 4000 < 10e-6


@pytest.mark.slow
def test_memory_is_flat_in_the_number_of_draws(tmp_path):
    """Ten times the draws need no more memory in the program that keeps track."""
    peaks = []
    for draws in (20_000, 200_000):
        asked = tiny(draws=draws, over=("p.patience=0.5:0.9:5",), keep=False)
        home = open_home(asked, out=tmp_path / str(draws), workers=2)
        tracemalloc.start()
        play_sweep(asked, home, Here(), play=plays_nothing)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0] + 2e6
