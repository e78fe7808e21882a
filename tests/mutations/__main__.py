"""A sampled mutation run: small faults put into the code one at a time, each of which some test should notice.

    python -m tests.mutations --count 300 --seed 1                       # some 40 minutes of one processor
    python -m tests.mutations --count 25 sim/protocols                   # of one folder or module
    python -m tests.mutations sim/table/war.py:80 --tests tests/table    # every fault in a line, before those tests

The default tests of the core folders and the examples in docstrings are run once to measure which lines of `sim` each
of them runs. Then every mutant is tried, in a copy of the tree, on the tests that run its line: those of its module's
test file first, then its folder's, then the others, shortest first, for some seconds. What no test notices is printed
as it is found and again at the end, and so is what no test runs; some survivors are no faults, because they change
nothing that anybody could see. `--kept FILE` keeps the measurement for the next run on the same code.

Source: mutation analysis, DeMillo, Lipton & Sayward 1978; a random sample of mutants, Zhang et al. 2010.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.mutations.covering import Covering, code_of
from tests.mutations.faults import ROOT, Mutant, fault_lines, mutants

FOLDERS = ("sim/table", "sim/strategies", "sim/protocols", "sim/solutions", "sim/engine", "sim/ensemble")
CORE = ("table", "solutions", "strategies", "protocols", "equilibria", "engine", "ensemble", "known_answers")
TESTS = (*(f"tests/{name}" for name in CORE), *FOLDERS)


@dataclass(frozen=True)
class Verdict:
    """What came of a mutant.

    by:    the test that noticed it, or what happened instead; None where it survived
    tests: how many tests were asked at most, of how many that run its line
    """

    mutant: Mutant
    by: str | None
    tests: int
    of: int
    seconds: float

    def __str__(self) -> str:
        survived = f"SURVIVED {self.tests} of {self.of} tests that run it"
        return f"{self.seconds:5.0f} s  {self.mutant}\n         {self.by or survived}"


def chosen(asked: Sequence[str], count: int | None, seed: int) -> tuple[list[Mutant], int]:
    """A sample of the mutants of folders, modules or lines (`FILE:LINE`), and how many there are."""
    every: dict[tuple[Path, int], None] = {}
    for name in asked:
        where, _, line = name.partition(":")
        for file in sorted({*(ROOT / where).rglob("*.py"), ROOT / where}):
            if file.suffix == ".py" and file.name != "__init__.py":
                lines = enumerate(fault_lines(file))
                every.update({(file, n): None for n, found in lines if not line or found == int(line)})
    some = list(every)
    picked = some if count is None else random.Random(seed).sample(some, min(count, len(some)))  # noqa: S311
    by_file = {file: sorted(n for one, n in picked if one == file) for file, _ in picked}
    made = {(file, n): one for file, ns in by_file.items() for n, one in zip(ns, mutants(file, ns), strict=True)}
    return [made[place] for place in picked], len(every)


class Workshop:
    """Copies of the tree in which measurements and trials run, so that the tree itself stays as it is."""

    def __init__(self, place: Path, folders: Sequence[str], jobs: int) -> None:
        self.place, self.folders = place, tuple(folders)
        self.trees = [place / str(job) for job in range(jobs)]
        for tree in self.trees:
            shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".git", ".venv", "*cache*", ".hypothesis"))

    def _begin(self, tree: Path, **request: object) -> subprocess.Popen[str]:
        asked = tree.with_suffix(".asked")
        asked.write_bytes(pickle.dumps({"folders": self.folders, **request}))
        extra = {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
        return subprocess.Popen(
            [sys.executable, "-m", "tests.mutations.trials", str(asked), str(tree.with_suffix(".found"))],
            cwd=tree, env={**os.environ, **extra}, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def measure(self) -> Covering:
        """Run the tests once."""
        tree = self.trees[0]
        with self._begin(tree, covering=None) as process:
            said, _ = process.communicate()
        found = tree.with_suffix(".found")
        if not found.exists():
            raise SystemExit(f"the tests could not be measured:\n{said}")
        return pickle.loads(found.read_bytes())  # noqa: S301 - our own

    def try_all(self, some: Sequence[Mutant], covering: Covering, seconds: float) -> list[Verdict]:
        """Try mutants, in each copy some of them, and say what comes of each."""

        def tried(job: int) -> list[Verdict]:
            mine = some[job :: len(self.trees)]
            found, waiting = [], iter(mine)
            with self._begin(self.trees[job], covering=covering, mutants=mine, seconds=seconds) as process:
                assert process.stdout is not None
                for line in process.stdout:
                    if line.startswith("{"):
                        found.append(Verdict(next(waiting), **json.loads(line)))
                        say(str(found[-1]))
            return found

        with ThreadPoolExecutor(len(self.trees)) as pool:
            return [one for found in pool.map(tried, range(len(self.trees))) for one in found]


def say(text: str) -> None:
    """Write a line at once, so that a long run can be watched."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    """Sample mutants, try each, print what survives and the score of every folder."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("places", nargs="*", default=FOLDERS, help="folders, modules, or FILE:LINE")
    parser.add_argument("--count", type=int, help="how many mutants; all without it in lines, else 20")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1, help="mutants tried at a time")
    parser.add_argument("--seconds", type=float, default=12.0, help="of processor time for the tests of one mutant")
    parser.add_argument("--tests", nargs="+", default=TESTS, help="folders or files; those in sim for their examples")
    parser.add_argument("--kept", type=Path, help="where to keep, and find, the measurement of the tests")
    asked = parser.parse_args()
    by_line = all(":" in name for name in asked.places)
    picked, every = chosen(asked.places, asked.count or (None if by_line else 20), asked.seed)
    say(f"{len(picked)} of {every} mutants, seed {asked.seed}")
    with tempfile.TemporaryDirectory() as place:
        shop = Workshop(Path(place), asked.tests, asked.jobs)
        covering = _covering(shop, asked.kept)
        say(f"{len(covering.seconds)} tests of {sum(covering.seconds.values()):.0f} s run {len(covering.lines)} lines")
        found = shop.try_all(picked, covering, asked.seconds)
    say("\n" + told(found))


def _covering(shop: Workshop, kept: Path | None) -> Covering:
    digest = code_of(shop.folders)
    if kept is not None and kept.exists():
        known, covering = pickle.loads(kept.read_bytes())  # noqa: S301 - our own
        if known == digest:
            return covering
    covering = shop.measure()
    if kept is not None:
        kept.write_bytes(pickle.dumps((digest, covering)))
    return covering


def told(found: Sequence[Verdict]) -> str:
    """Score of each folder, survivors, and what no test runs."""
    lines, folders = [], {"/".join(one.mutant.path.split("/")[:2]) for one in found}
    for folder in [*sorted(folders), ""]:
        own = [one for one in found if one.mutant.path.startswith(folder)]
        missed, unseen = (sum(one.by is None for one in own), sum(not one.tests for one in own))
        rest = f", {unseen} in lines that no test runs" if unseen else ""
        lines.append(f"{len(own) - missed - unseen} of {len(own)} killed{rest}: {folder or 'all'}")
    lines += ["survivors:", *(f"  {one.mutant}" for one in found if one.by is None)]
    lines += ["no test runs:", *(f"  {one.mutant}" for one in found if not one.tests)]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
