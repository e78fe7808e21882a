"""What a run of the main case costs, part by part, and the least that it could: writes the table of results/run.md.

    python tests/benchmarks/run_cost.py [--repeats 5] [--draws 500] [--out results/run.md]

Processor time of processes of their own and of all that these start, by turns; the median of the rounds. The least that
a run can cost is what its libraries take to load and what the play of its worlds takes, nothing read, told or kept;
what these two consist of is taken in one process, part by part. So are the parts of the whole run, in a process that
counts the worlds that are valued too; figures have their own.
"""

import argparse
import ctypes
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parents[2]
LIBRARIES = "import numpy, scipy.special, xarray, pydantic, h5py, click, rich"
MODULES = "import sim.cli.main, sim.cli.run, sim.cli.case_arguments, sim.jobs.run_case, sim.store, sim.report"
READ = f"{MODULES}; from sim.scenario import read_case; case = read_case('scenarios/ceasefire').scenario"
PLAY = READ + "; from sim.ensemble import Design, FULL, play_rows; play_rows(Design.of_draws(case, {draws}), FULL)"
#: Libraries, loaded one after the other, and the play, in one process that prints seconds of each of their parts.
LEAST = """
import json, time
spent, begun = {{}}, time.process_time()

def done(name):
    global begun
    now = time.process_time()
    spent[name], begun = spent.get(name, 0.0) + now - begun, now

def timed(name, function):
    def called(*given, **more):
        done("rest")
        found = function(*given, **more)
        done(name)
        return found
    return called

import numpy
done("numpy")
import scipy.special
done("scipy")
import xarray
done("xarray")
import pydantic, h5py, click, rich
done("others")
from sim.engine import simulation, talks_holder
from sim.ensemble import Design, FULL, play_rows
from sim.scenario import read_case
case = read_case("scenarios/ceasefire").scenario
play_rows(Design.of_draws(case, 1), FULL)  # what is imported when it is first asked for is there
simulation.build = timed("built", simulation.build)
talks_holder.negotiate = timed("talks", talks_holder.negotiate)
done("read")
spent["rest"] = 0.0
play_rows(Design.of_draws(case, {draws}), FULL)
done("rest")
print(json.dumps(spent))
"""
#: Part of the least that a run can cost -> what it is.
LEAST_SAID = {
    "numpy": "NumPy",
    "scipy": "SciPy's special functions, which load much of NumPy that nobody asks for",
    "xarray": "xarray, and pandas for it",
    "others": "pydantic, h5py, click, rich",
    "built": "the play: what deals are worth in each world",
    "talks": "the play: the talks",
    "rest": "the play: draws, stories, what is read off them",
}
#: A whole run in one process that prints seconds of each of its steps, of its figures, and how many worlds it played,
#: judged by what was observed, and valued to see whether a deal opens.
STEPS = """
import json, resource, sys, time
from pathlib import Path
from sim.engine import simulation
from sim.ensemble import judging
from sim.ensemble.ask import ask
from sim.jobs.run_case import run_case
from sim.runs import openings
from sim.scenario import read_case

begun, worlds = [], {{"played": 0, "judged": 0, "opened": 0}}

def counted(build, name):
    def watched(space, draws, *more):
        worlds[name] += len(draws)
        return build(space, draws, *more)
    return watched

def step(name):
    begun.append((name, time.process_time()))
    return lambda done, whole: None

for module, name in ((simulation, "played"), (judging, "judged"), (openings, "opened")):
    module.build = counted(module.build, name)
step("started")
asked = ask(read_case("scenarios/ceasefire"), draws={draws})
run_case(asked, Path(sys.argv[1]), flip=True, split=True, figures="news", steps=step)
step("ended")
spent = {{one[0]: two[1] - one[1] for one, two in zip(begun, begun[1:])}}
drawn = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({{**spent, "drawn": drawn.ru_utime + drawn.ru_stime, **worlds}}))
"""
#: Step of a run -> what is done from its beginning to that of the next.
SAID = {
    "playing": "the worlds are played and kept, and played under the other protocols",
    "conventions": "conventions, each otherwise",
    "what flips it": "ends of a dozen ranges",
    "what flips it, for sure": "what would flip the answer, again in fresh worlds",
    "spread": "the spread split over two dozen readings; talks that miss nothing",
    "what would open a deal": "what would open a deal",
    "theory": "what theories predict; the answer told",
    "drawn": "figures, with their libraries loaded",
}


#: Asks the kernel to hand over processes whose parents are gone (`prctl(2)`).
_SUBREAPER = 36


def adopting():
    """Let orphans of what is measured be ours: a server of processes outlives the run that started it.

    Its time, and that of the processes it served, would be counted nowhere.
    """
    with suppress(AttributeError, OSError):  # elsewhere than on Linux
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def measured(command, out=None, waits=None):
    """Seconds of processor time of a command and all that it starts.

    Args:
        out:   what it prints is added to it
        waits: seconds that somebody waits for it are added to it
    """
    begun = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, cwd=HERE, env=environment, capture_output=True, text=True, check=True)
    if out is not None:
        out.append(done.stdout)
    if waits is not None:
        waits.append(time.perf_counter() - begun)
    with suppress(ChildProcessError):
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def commands(draws, folder):
    """What is measured: name -> command."""
    code = {"libraries": LIBRARIES, "read": READ, "play": PLAY, "least": LEAST}
    run = [sys.executable, "-m", "sim", "run", "scenarios/ceasefire", "--draws", str(draws), "--out"]
    found = {name: [sys.executable, "-c", text.format(draws=draws)] for name, text in code.items()}
    found["bare"] = [*run, f"{folder}/bare", "--no-figures", "--no-flips"]
    found["whole"] = [*run, f"{folder}/whole"]
    found["steps"] = [sys.executable, "-c", STEPS.format(draws=draws), f"{folder}/steps"]
    return found


def rows_of(said, found):
    """Rows of a table: what is said of each part, and its median over several rounds."""
    median = {name: statistics.median(one[name] for one in found) for name in said}
    return "\n".join(f"| {said[name]} | {value:.2f} |" for name, value in median.items())


def table(taken, waits, printed, draws, repeats):
    """The text of the results."""
    median = {name: statistics.median(values) for name, values in taken.items()}
    spread = {name: f"{min(values):.2f}–{max(values):.2f}" for name, values in taken.items()}
    play = median["play"] - median["read"]
    least, times = median["libraries"] + play, median["whole"] / median["bare"]
    rows = [
        ("Python starts, its libraries load", median["libraries"]),
        ("our modules load, the case is read and checked", median["read"] - median["libraries"]),
        (f"{draws} worlds are drawn, valued, talked over and played", play),
        ("labelled, kept and told", median["bare"] - median["play"]),
    ]
    parts = "\n".join(f"| {name} | {value:.2f} |" for name, value in rows)
    labels = statistics.median(one["xarray"] for one in printed["least"])
    played, judged, opened = (printed["steps"][0][name] for name in ("played", "judged", "opened"))
    drawn = statistics.median(one["drawn"] for one in printed["steps"])
    allowed, many = 5 * median["bare"], (played + judged) / draws
    each = 1000 * (allowed - median["bare"] - drawn) / max(played - draws, 1)
    wait = {name: statistics.median(values) for name, values in waits.items()}
    also = ", with dask installed, which xarray loads" if find_spec("dask") else ""
    return f"""# What a run takes

Made by `python tests/benchmarks/run_cost.py`: `sim run scenarios/ceasefire` with {draws} draws, seconds of processor
time, median of {repeats} rounds by turns{also}. Other programs on the machine make all of it dearer.

| part of the bare run (`--no-figures --no-flips`) | seconds |
|---|---|
{parts}
| **the bare run** ({spread["bare"]}) | **{median["bare"]:.2f}** |
| **the whole run** ({spread["whole"]}), {times:.1f} times the bare one | **{median["whole"]:.2f}** |

Modules of ours that are imported when they are first asked for count where they are.

The libraries and the play alone take {least:.2f} s: no bare run of these worlds takes less, whatever is spared in
reading, telling and keeping; {least - labels:.2f} s if results had their labels without xarray. Part by part:

| part of the least | seconds |
|---|---|
{rows_of(LEAST_SAID, printed["least"])}

Where the rest of the whole run goes, all of it in one process and its figures in another:

| part of the whole run | seconds |
|---|---|
{rows_of(SAID, printed["steps"])}

A whole run plays {played:,} worlds to the end and judges {judged:,} by what was observed, {many:.0f} times as many as
are drawn: each end of a dozen ranges, each convention and each reading is judged and played anew; {opened:,} more are
valued to see what opens a deal. Within five times the bare run all of it would take {allowed:.1f} s at most. Bare run
and figures taken off, that leaves {each:.1f} ms for each world that is played besides, its verdict included; one of the
bare run takes {1000 * play / draws:.1f} ms.

Somebody waits {wait["bare"]:.1f} s for the bare run and {wait["whole"]:.1f} s for the whole one: its figures, and the
spread with what theory and openings say, have processes of their own where there is a second core.
"""


def main():
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--draws", type=int, default=500)
    parser.add_argument("--out", type=Path, default=HERE / "results" / "run.md")
    asked = parser.parse_args()
    adopting()
    with tempfile.TemporaryDirectory() as folder:
        wanted = commands(asked.draws, folder)
        for command in wanted.values():  # compiled modules and files are warm from here on
            measured(command)
        taken, waits = {name: [] for name in wanted}, {name: [] for name in wanted}
        printed = {"steps": [], "least": []}
        for _ in range(asked.repeats):
            for name, command in wanted.items():
                taken[name].append(measured(command, printed.get(name), waits[name]))
    found = {name: [json.loads(one) for one in told] for name, told in printed.items()}
    text = table(taken, waits, found, asked.draws, asked.repeats)
    asked.out.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
