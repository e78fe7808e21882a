"""What a run costs beyond the model itself, beside the EMA Workbench and Mesa."""

import tempfile
from pathlib import Path

import numpy as np
from comparison import Row, cpu, seconds
from peer_process import LackingError

from sim.ensemble.ask import ask_scenario
from sim.ensemble.cells import PlayedCells
from sim.ensemble.totals import blank_totals
from sim.ensemble.workers import Here
from sim.scenario import read_scenario
from sim.sweeps.axis_text import parse_axis
from sim.sweeps.design_points import make_points
from sim.sweeps.home import open_home
from sim.sweeps.playing import play_sweep
from sim.sweeps.sweep_ask import SweepAsk

CASE = Path(__file__).parents[3] / "scenarios" / "budget"
AXIS = "north.patience=0.7:0.95:1000"
RUNS, DRAWS = 2000, 1000


def rows(peers, rounds):
    """A row for each peer that is there, and what a whole negotiation costs us."""
    scenario = read_scenario(CASE)
    points = make_points([parse_axis(AXIS, scenario)], "grid", None, scenario.seed)

    def nothing(_job, cells):
        found = blank_totals(scenario, len(cells))
        found["draws"][:] = found["count ending"][:, :, 0] = np.stack([cells.size, cells.size], axis=1)
        return PlayedCells(found, {})

    def swept(draws, **settings):
        with tempfile.TemporaryDirectory() as folder:
            asked = SweepAsk(ask_scenario(scenario, draws), points, keep=False)
            home = open_home(asked, out=Path(folder) / "out", workers=1)
            return play_sweep(asked, home, Here(), **settings).rows

    count, taken = cpu(lambda: swept(DRAWS // 10))
    whole = taken / count
    for job, name in (("ema", "EMA Workbench"), ("mesa", "Mesa")):
        mine, theirs = [], []
        try:
            for _ in range(rounds):
                count, spent = cpu(lambda: swept(DRAWS, play=nothing))
                mine.append(spent / count)
                answer = peers.ask(job, runs=RUNS)
                theirs.append(answer["seconds"] / answer["runs"])
        except LackingError as error:
            yield Row(f"a run beyond its model, {name}", "", "", [], f"not installed here: {error}")
            continue
        told = f"{count:,} here, {RUNS:,} there; a whole negotiation of `budget` in a sweep takes us {seconds(whole)}"
        ratios = [other / own for other, own in zip(theirs, mine, strict=True)]
        yield Row(f"a run beyond its model, {name}", seconds(np.median(mine)), seconds(np.median(theirs)), ratios, told)
