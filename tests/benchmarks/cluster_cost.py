"""What a sweep costs on a cluster of this machine: processor time of a chunk beyond its play, and of 10^9 negotiations.

    python tests/benchmarks/cluster_cost.py [--workers 2] [--out results/cluster.md]

Two sweeps over loopback, with a real scheduler and real workers of dask: one of a play that does nothing, in more and
more chunks, and one of the case `budget`, in more and more negotiations. The cost of 10^9 is read off the line through
the latter. Needs the extra `cluster`, and Linux, whose /proc tells what every process has taken.
"""

import argparse
import os
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
os.environ["PYTHONPATH"] = str(ROOT)  # workers play with this tree

from sim.ensemble.ask import ask_scenario  # noqa: E402
from sim.ensemble.cells import play_cells  # noqa: E402
from sim.ensemble.workers import Cluster  # noqa: E402
from sim.scenario import read_scenario  # noqa: E402
from sim.sweeps.axis_text import parse_axis  # noqa: E402
from sim.sweeps.design_points import make_points  # noqa: E402
from sim.sweeps.home import open_home  # noqa: E402
from sim.sweeps.playing import play_sweep  # noqa: E402
from sim.sweeps.sweep_ask import SweepAsk  # noqa: E402
from tests.sweeps.faulty import plays_nothing, tiny  # noqa: E402
from tests.sweeps.loopback import Loopback  # noqa: E402

CHUNKS = (25, 100, 400)
#: Negotiations of a chunk of a large sweep.
ROWS = 4096
NEGOTIATIONS = (20_000, 60_000, 180_000)
BILLION = 1e9


def taken(cluster):
    """Processor seconds of this process and of each one that was started."""
    tick = os.sysconf("SC_CLK_TCK")
    found = [time.process_time()]
    for process in cluster.started:
        after = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        found.append((int(after[11]) + int(after[12])) / tick)
    return np.array(found)


def swept(cluster, workers, asked, play, rows):
    """What a sweep takes: chunks, negotiations, processor seconds of this process, of the scheduler, of all workers."""
    with tempfile.TemporaryDirectory() as folder:
        home = open_home(asked, out=Path(folder) / "out", workers=1, rows=rows)
        before = taken(cluster)
        done = play_sweep(asked, home, workers, play=play)
        spent = taken(cluster) - before
        return home.plan.chunks, done.rows, spent[0], spent[1], spent[2:].sum()


def main():
    """Measure, print, write."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--out", type=Path, default=ROOT / "results" / "cluster.md")
    args = asked.parse_args()
    scenario = read_scenario(ROOT / "scenarios" / "budget")
    lines = ["| sweep | chunks | negotiations | this process | scheduler | workers |", "|---|---|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder:
        cluster = Loopback(Path(folder))
        try:
            for _ in range(args.workers):
                cluster.worker()
            cluster.wait_for(args.workers)
            workers = Cluster(cluster.address)
            swept(cluster, workers, tiny(draws=100), play_cells, 10)  # everybody has imported what he needs
            empty, played = [], []
            for chunks in CHUNKS:
                sweep = tiny(draws=10, over=(f"p.patience=0.5:0.9:{chunks}",), keep=False)
                empty.append(swept(cluster, workers, sweep, plays_nothing, 10))
                lines.append(row("a play of nothing", empty[-1]))
            for count in NEGOTIATIONS:
                axis = parse_axis(f"north.patience=0.7:0.95:{count // 1000}", scenario)
                sweep = SweepAsk(ask_scenario(scenario, 1000), make_points([axis], "grid", None, "c"), keep=False)
                played.append(swept(cluster, workers, sweep, play_cells, ROWS))
                lines.append(row("budget", played[-1]))
            workers.close()
        finally:
            cluster.close()
    text = textwrap.fill(told(empty, played, args.workers), 110)
    head = f"Made by `python tests/benchmarks/cluster_cost.py`: {args.workers} workers, seconds of processor time."
    args.out.write_text("\n".join(["# On a cluster", "", head, "", *lines, "", text]) + "\n", encoding="utf-8")
    print("\n".join([*lines, "", text]))  # noqa: T201 - what a script says


def row(name, found):
    """A row of the table."""
    chunks, rows, *seconds = found
    return f"| {name} | {chunks} | {rows:,} | " + " | ".join(f"{one:.2f}" for one in seconds) + " |"


def told(empty, played, workers):
    """What follows, in sentences."""
    chunks, costs = np.array([one[0] for one in empty]), np.array([one[2:] for one in empty])
    each = np.array([np.polyfit(chunks, cost, 1)[0] for cost in costs.T])
    rows = np.array([one[1] for one in played])
    line = np.polyfit(rows, [sum(one[2:]) for one in played], 1)
    hours = line[0] * BILLION / 3600
    power = np.polyfit(np.log(rows), np.log([sum(one[2:]) for one in played]), 1)[0]
    here, scheduler, working = 1000 * each
    busy, scheduling = each[:2] * BILLION / ROWS / 60
    return (
        f"A chunk costs {1000 * each.sum():.0f} ms of processor time beyond its play: {here:.0f} in this process "
        f"(handing out, keeping, adding up), {scheduler:.0f} in the scheduler, {working:.0f} in a worker; with "
        f"{ROWS:,} negotiations in it, {1e6 * each.sum() / ROWS:.1f} µs each. A negotiation of `budget` takes "
        f"{1e6 * line[0]:.0f} µs in all, by the line through its rows (power {power:.2f}), so that 10^9 of them take "
        f"{hours:.0f} hours of one processor, and {hours / workers:.0f} hours with {workers}. Their "
        f"{BILLION / ROWS:,.0f} chunks keep this process busy for {busy:.0f} minutes and the scheduler for "
        f"{scheduling:.0f}: more than {60 * hours / max(busy, scheduling):.0f} workers make it no faster."
    )


if __name__ == "__main__":
    main()
