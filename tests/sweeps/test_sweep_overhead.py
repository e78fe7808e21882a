"""Bookkeeping costs little: a million negotiations that take no time are swept in seconds, in flat memory."""

import gc
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

pytestmark = pytest.mark.slow
#: Turns at most in which an action and its reference are timed; one will do where the action is quick.
TURNS = 8
#: Negotiations of one step between two actors that are played at once as a unit of time.
UNIT = 4000


def in_units(action, reference, bound):
    """Processor time of an action in units of a reference, each at its least so far, until that is below a bound.

    The two are taken by turns, so that what else runs on the machine slows both or neither.
    """
    least = [np.inf, np.inf]
    for _ in range(TURNS):
        for n, one in enumerate((reference, action)):
            begun = time.process_time()
            one()
            least[n] = min(least[n], time.process_time() - begun)
        if least[1] / least[0] < bound:
            break
    return least[1] / least[0]


@pytest.fixture
def shortest():
    """Playing so many of the shortest negotiations there are in one block."""
    asked = tiny(draws=1, over=(f"p.patience=0.5:0.9:{UNIT}",), keep=False)
    cells, space = make_plan(asked.points, 1, 1, UNIT).chunk(0), DealSpace.of(asked.scenario)
    fixed = {"p.patience": cells.numbers[:, 0]}

    def play():
        block = simulate(space, draw(asked.scenario, np.zeros(UNIT, np.int64), fixed=fixed))
        classify(block.worlds)
        observe(block.worlds)

    play()
    return play


def test_to_keep_track_of_a_million_negotiations_costs_no_more_than_to_play_them(tmp_path, shortest):
    """Planning, handing out, writing chunks, status, consolidation, tables, beside twice the shortest talks there are.

    Where the bound was set the talks took 3.6 µs each, and keeping track of them 1.4 µs.
    """
    asked = tiny(draws=1000, over=("p.patience=0.5:0.9:1000",), keep=False)
    rows = []

    def keep_track():
        home = open_home(asked, out=tmp_path / str(len(rows)), workers=2)
        rows.append(play_sweep(asked, home, Here(), play=plays_nothing).rows)

    bound = 2 * 1_000_000 / UNIT
    assert in_units(keep_track, shortest, bound) < bound
    assert set(rows) == {1_000_000}


def test_playing_in_cells_costs_little_beside_playing(shortest):
    """With a cell for each draw, at worst, it takes less than four times as long as the engine in one block."""
    asked = tiny(draws=1, over=(f"p.patience=0.5:0.9:{UNIT}",), keep=False)
    job, cells = asked.job().to_bytes(), make_plan(asked.points, 1, 1, UNIT).chunk(0)
    play_cells(job, cells)
    assert in_units(lambda: play_cells(job, cells), shortest, 4) < 4


def test_memory_is_flat_in_the_number_of_draws(tmp_path):
    """Ten times the draws need no more memory in the program that keeps track: not half a byte for each of them."""
    peaks, swept = [], gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # as in any program: tests let more rubbish lie before they sweep
    for draws in (5_000, 50_000):
        asked = tiny(draws=draws, over=("p.patience=0.5:0.9:5",), keep=False)
        home = open_home(asked, out=tmp_path / str(draws), workers=2)
        tracemalloc.start()
        play_sweep(asked, home, Here(), play=plays_nothing)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    gc.set_threshold(*swept)
    assert peaks[1] < peaks[0] + 112_500
