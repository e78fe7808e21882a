"""A fuzzer of scenario files and results folders: ``python -m tests.robustness.fuzz --count 5000 --seed 1``.

Every input comes from the seed and its own number, so that one can be made again: ``--only NUMBER --keep DIR``.
"""

import argparse
import collections
import json
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import tomllib
import traceback
import warnings
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np
import xarray as xr
from click.testing import CliRunner

import sim
from sim.cli.main import main
from sim.foundations import InputError
from sim.jobs.check_case import check
from sim.store.integrity import file_hashes
from tests.cli.test_bridge import TINY
from tests.robustness.odd_inputs import altered, bytes_altered, toml
from tests.scenario.odd.sale import SALE
from tests.scenario.small_case import SMALL, write_case

INPUTS = Path(__file__).parent / "inputs"
#: Sound cases that inputs are made of.
CASES = {
    "small": SMALL,
    "sale": SALE,
    "tiny": TINY,
    **{file.stem: file.read_text(encoding="utf-8") for file in sorted(INPUTS.glob("*.toml")) if file.stem != "seed"},
}
#: Seconds of the processor that an input may take; of waiting it may take ten times as many.
LIMIT = 30
#: Rounds above which a sound story is not played: it would take its time, which is no fault.
ROUNDS = 300
#: What is done with results folders; each takes one.
COMMANDS = (
    ("plot", "{}", "--list"),
    ("show", "{}", "--draw", "1", "--point", "0"),
    ("show", "{}", "--draw", "1"),
    ("reproduce", "{}"),
    ("compare", "{}", "{}"),
    ("analyse", "{}", "--posterior"),
    ("sweep", "--resume", "{}", "--no-figures", "--no-spread", "--workers", "0"),
)


class TooLongError(Exception):
    """An input took more than its time."""


@contextmanager
def in_time(seconds=LIMIT):
    """Raise where something hangs."""

    def late(_number, _frame):
        raise TooLongError

    before = {number: signal.signal(number, late) for number in (signal.SIGALRM, signal.SIGPROF)}
    signal.alarm(10 * seconds)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


@cache
def parsed(name):
    """A sound case as a document, which is copied before it is altered."""
    return tomllib.loads(CASES[name])


def scenario_input(folder, dice):
    """Write an odd case; returns what was done to which."""
    name = dice.choice(list(CASES))
    text, told = CASES[name], []
    if dice.random() < 0.75:
        document, told = altered(parsed(name), dice)
        text = toml(document)
    content = text.encode("utf-8", "surrogatepass")
    if not told or dice.random() < 0.1:
        content, more = bytes_altered(content, dice)
        told += more
    (folder / "case").mkdir()
    for beside in ("seed.toml", "council.csv"):
        shutil.copy(INPUTS / beside, folder / "case" / beside)
    (folder / "case" / "scenario.toml").write_bytes(content)
    if dice.random() < 0.15:
        over, more = altered({"extends": "../scenario.toml", **parsed(name)}, dice)
        (folder / "case" / "overlays").mkdir()
        (folder / "case" / "overlays" / "over.toml").write_text(toml(over), encoding="utf-8")
        told += [f"overlay: {line}" for line in more]
    return f"{name}: {'; '.join(told)}"


def judge_scenario(folder, *, played=True):
    """Check, then play what is sound if it is to be played; returns what came. Whatever is raised is a finding."""
    place = folder / "case"
    try:
        found = check(place, quick=True)
    except InputError as error:
        for problem in error.problems:
            said(problem, place)
        return "refused"
    for case in found.cases if played else ():
        scenario = case.scenario
        if scenario.talks.horizon_rounds > ROUNDS:
            return "long"
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            results = sim.play_case(case, 2)
        assert np.isfinite(results["utility"].values).all(), "a payoff is not finite"
        assert results.sizes["draw"] == 2, "a world is missing"
    return "sound"


def said(problem, place):
    """A message has words, a place if it is about a file, and quotes a line at most."""
    assert problem.message.strip(), "an empty message"
    assert "\n" not in problem.source, "more than a line is quoted"
    if problem.file is not None and Path(problem.file).is_file():
        unread = "cannot be read" in problem.message or "leads out" in problem.message
        assert problem.line or unread, f"no line: {problem.message[:80]}"


def folders(top):
    """A results folder of each kind, as small as can be."""
    small, tiny = sim.read_case(write_case(top / "small")), sim.read_case(write_case(top / "tiny", TINY))
    sim.play_case(small, 6, out=top / "run")
    sim.sweep_case(small, over={"talks.rounds": [2, 3]}, draws=4, out=top / "sweep")
    sim.bridge_case(tiny, sim.Goal("any-deal"), draws=10, conventions=False, spread=False, out=top / "bridge")
    sim.analyse_case(small, ["null-coding"], draws=4, out=top / "analysis")
    return {kind: top / kind for kind in ("run", "sweep", "bridge", "analysis")}


def results_input(folder, kinds, dice):
    """Copy a results folder and damage it; often its hashes are made to fit, so that more than these is tried."""
    kind = dice.choice(list(kinds))
    place = folder / "results"
    shutil.copytree(kinds[kind], place)
    how = dice.choice(("manifest", "manifest", "arrays", "arrays", "bytes", "json"))
    told = ["nothing"]
    if how == "manifest":
        told = _alter_json(place / "manifest.json", dice)
    elif how == "json":
        told = _alter_json(dice.choice(sorted(place.glob("*.json"))), dice)
    elif how == "arrays":
        told = _alter_arrays(dice.choice(sorted(place.glob("*.nc"))), dice)
    else:
        file = dice.choice(sorted(file for file in place.rglob("*") if file.is_file()))
        content, told = bytes_altered(file.read_bytes(), dice)
        file.write_bytes(content)
        told = [f"{file.relative_to(place)}: {line}" for line in told]
    if how in {"arrays", "json"} or dice.random() < 0.3:
        _fit_hashes(place)
    return f"{kind} {how}: {'; '.join(told)}"


def _alter_json(file, dice):
    found, told = altered(json.loads(file.read_text(encoding="utf-8")), dice)
    file.write_text(json.dumps(found, default=str), encoding="utf-8")
    return told


def _alter_arrays(file, dice):
    with xr.open_dataset(file, engine="h5netcdf") as stored:
        data = stored.load()
    name = str(dice.choice([*data.variables, *data.attrs]))
    how = dice.choice(("drop", "text", "nan", "cut", "shift", "unsay", "name"))
    if name in data.attrs:
        data.attrs[name] = dice.choice(("", "x", 3, [1, 2], "{}", "|"))
    elif how == "drop":
        data = data.drop_vars(name)
    elif how == "text":
        data[name] = data[name].astype(str)
    elif how == "nan":
        data[name] = data[name].astype(float) * np.nan if data[name].dtype.kind in "biuf" else data[name]
    elif how == "cut" and data[name].dims:
        data = data.isel({dice.choice(data[name].dims): slice(0, dice.choice((0, 1)))})
    elif how == "shift" and data[name].dtype.kind in "iuf":
        data[name] = data[name] + dice.choice((-1, 1, 100))
    elif how == "unsay":
        data[name].attrs.clear()
    else:
        data = data.rename({name: "other"}) if name in data.variables else data
    data.to_netcdf(file, engine="h5netcdf")
    return [f"{how} {name}"]


def _fit_hashes(place):
    try:
        file = place / "manifest.json"
        found = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps({**found, "files": file_hashes(place), "digest": ""}), encoding="utf-8")
    except (ValueError, TypeError):
        return


def judge_results(folder, dice):
    """Hand it to a command; whatever ends otherwise than with a code and a message is a finding."""
    words = dice.choice(COMMANDS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        done = CliRunner().invoke(main, [word.format(folder / "results") for word in words])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code in {0, 1, 2, 3}, f"exit code {done.exit_code} of {words[0]}"
    assert done.output.strip(), f"{words[0]} says nothing"
    return f"{words[0]} {done.exit_code}"


def tried(seed, number, kinds, folder, every=4, plays=1):
    """Make one input and look what comes of it: what came, what was done, and where it went wrong."""
    dice = random.Random(f"{seed}:{number}")  # noqa: S311 - nothing is to be kept secret
    made = ""
    try:
        with in_time():
            if number % every == every - 1:
                made = results_input(folder, kinds, dice)
                return judge_results(folder, dice), made, ""
            made = scenario_input(folder, dice)
            return judge_scenario(folder, played=number % plays == 0), made, ""
    except Exception as error:  # noqa: BLE001 - whatever is raised is a finding
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/sim/" in frame.filename]
        at = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        what = re.sub(r"[\d.e+-]+|/\S+", "…", str(error))[:100]
        return "finding", made, f"{type(error).__name__}{at}: {what}"


def fuzz(numbers, seed, *, every=4, plays=1, kinds=None, keep=None, told=None):
    """Try inputs; returns how often each thing came of one, and for each kind of finding the inputs that show it.

    One of ``every`` is a results folder, which takes longest; ``kinds`` are sound ones, made if not given.
    Of scenarios one of ``plays`` is played if it is sound: that takes ten times as long as to refuse the others.
    """
    counts, findings = collections.Counter(), collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as top:
        kinds = kinds or folders(Path(top) / "kinds")
        for number in numbers:
            folder = Path(top) / "input"
            folder.mkdir()
            result, made, finding = tried(seed, number, kinds, folder, every, plays)
            counts[result] += 1
            if finding:
                findings[finding].append((number, made))
                if keep is not None and len(findings[finding]) == 1:
                    shutil.copytree(folder, Path(keep) / str(number), dirs_exist_ok=True)
            shutil.rmtree(folder)
            if told is not None:
                told(number)
    return counts, findings


def _main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", default=str(time.time_ns()))
    parser.add_argument("--only", type=int)
    parser.add_argument("--keep")
    asked = parser.parse_args()
    numbers = range(asked.first, asked.first + asked.count) if asked.only is None else [asked.only]
    counts, findings = fuzz(numbers, asked.seed, keep=asked.keep)
    lines = [f"seed {asked.seed}, {len(numbers):,} inputs: " + ", ".join(f"{k} {n}" for k, n in counts.most_common())]
    for finding, inputs in sorted(findings.items(), key=lambda item: -len(item[1])):
        lines.append(f"{len(inputs):5d} × {finding}")
        lines += [f"        {number}: {made[:160]}" for number, made in inputs[:2]]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(_main())
