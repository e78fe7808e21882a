"""Plays that go wrong on purpose, importable by worker processes; and a small case to play."""

import os
import signal
import time

import numpy as np

from sim.ensemble.ask import ask_scenario
from sim.ensemble.cells import CellFailure, PlayedCells, play_cells
from sim.ensemble.totals import blank_totals
from sim.scenario import Scenario
from sim.sweeps.axis_text import parse_axis
from sim.sweeps.design_points import make_points
from sim.sweeps.sweep_ask import SweepAsk

#: The point at which things go wrong.
BAD = 5


def tiny(draws=40, over=("p.patience=0.5:0.9:9",), design="grid", points=None, keep=True, common=True, seed="s"):
    """A sweep over a case of three levels that plays in no time."""
    scenario = tiny_scenario(seed)
    axes = [parse_axis(text, scenario) for text in over]
    return SweepAsk(ask_scenario(scenario, draws), make_points(axes, design, points, seed), keep=keep, common=common)


def tiny_scenario(seed="s"):
    """Two actors, one issue of three levels, a few rounds."""
    number = {"value": 0.7, "range": [0.5, 0.95], "assumed": "toy"}
    war = {"value": 0.2, "range": [0.05, 0.6], "assumed": "toy"}
    return Scenario.model_validate(
        {
            "title": "tiny",
            "seed": seed,
            "issues": {"x": {"levels": ["a", "b", "c"], "status_quo": "a"}},
            "actors": {
                "p": {
                    "patience": number,
                    "war_cost": war,
                    "position": {"x": {"value": "a", "assumed": "toy"}},
                    "salience": {"x": {"value": 1, "assumed": "toy"}},
                },
                "q": {
                    "patience": number,
                    "war_cost": war,
                    "position": {"x": {"value": "c", "assumed": "toy"}},
                    "salience": {"x": {"value": 1, "assumed": "toy"}},
                },
            },
            "talks": {"round": "3 months", "rounds": 6, "horizon": 12},
        }
    )


def plays_nothing(_job, cells):
    """Results of cells of the small case without playing them."""
    found = blank_totals(tiny_scenario(), len(cells))
    found["draws"][:] = found["count ending"][:, :, 0] = np.stack([cells.size, cells.size], axis=1)
    return PlayedCells(found, {})


def raises(job, cells):
    """Raise at the bad point, as a model does: caught in the worker, told as a failure."""
    bad = np.flatnonzero(cells.point == BAD)
    played = play_cells(job, cells)
    for name in played.totals:
        played.totals[name][bad] = 0
    rows = np.repeat(np.arange(len(cells)), cells.size)
    single = {name: array[~np.isin(rows, bad)] for name, array in played.single.items()}
    failures = tuple(CellFailure(int(cell), "failed", "ValueError: bad point") for cell in bad)
    return PlayedCells(played.totals if len(bad) < len(cells) else {}, single, failures)


def raises_outright(job, cells):
    """Raise out of the worker."""
    if BAD in cells.point:
        raise ValueError("bad point")
    return play_cells(job, cells)


def kills_itself(job, cells):
    """Die without a word at the bad point."""
    if BAD in cells.point:
        os.kill(os.getpid(), signal.SIGKILL)
    return play_cells(job, cells)


def hangs(job, cells):
    """Never come back from the bad point."""
    if BAD in cells.point:
        time.sleep(3600)
    return play_cells(job, cells)


def takes_its_time(job, cells):
    """Play as ever, a tenth of a second later."""
    time.sleep(0.1)
    return play_cells(job, cells)
