"""What a bridge, Sobol indices and a play cost beside the first version of this program, on its own scenario files.

    python tests/benchmarks/first_version.py [--rounds 3] [--out results/first-version.md]

The first version is taken out of the history into a folder that is thrown away. Both read the same files, those of the
first version; processor time of processes of their own, by turns. Since then talks have become costlier and an analysis
asks more, so that the same command does not do the same: what a use of the levers costs is told besides.
"""

import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parents[2]
FIRST = "5fe5913"
LEAN = ("--no-figures", "--no-flips")
#: What is asked: name -> command, without the folder of its results.
ASKED = {
    "imports and `--help`": ("run", "--help"),
    **{f"play of `{case}`, 4,000 draws": ("run", f"scenarios/{case}", "--draws", "4000", *LEAN)
       for case in ("pie", "budget", "buyer_seller")},
    "play of `ceasefire`, 1,000 draws": ("run", "scenarios/ceasefire", "--draws", "1000", *LEAN),
    "Sobol by claim, `ceasefire`, 128 draws": (
        "analyse", "scenarios/ceasefire", "--sensitivity", "sobol", "--by", "claim", "--draws", "128"),
    "bridge to a settlement, `ceasefire`, 100 draws": (
        "bridge", "scenarios/ceasefire", "--want", "settlement", "--at-least", "0.5", "--draws", "100", "--no-spread",
        "--no-conventions"),
}  # fmt: skip


def measured(command, tree, folder):
    """Processor seconds of a command of the package in a tree, and what it says."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "sim", *command], cwd=folder, env={**environment, "PYTHONPATH": str(tree)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in {0, 1}:  # that no use of the levers does is an answer
        raise SystemExit(done.stderr)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def uses(said):
    """How many uses of the levers were tried, where that is told."""
    found = re.search(r"([\d,]+) uses\s+of", " ".join(said.split()))
    return int(found[1].replace(",", "")) if found else None


def row(name, taken, counts, start):
    """A row of the table."""
    first, now = (statistics.median(taken[which]) for which in ("first", "now"))
    ratios = sorted(a / b for a, b in zip(taken["first"], taken["now"], strict=True))
    told = f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})"
    beside = ""
    if counts["first"] and counts["now"]:
        each = [
            1000 * (one - base) / counts[which] for which, one, base in zip(counts, (first, now), start, strict=True)
        ]
        beside = (
            f"{counts['first']} uses of levers tried then, {counts['now']} now: {each[0]:.0f} and {each[1]:.0f} ms each"
        )
    return f"| {name} | {first:.2f} | {now:.2f} | **{told}** | {beside} |"


def main():
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, default=HERE / "results" / "first-version.md")
    asked = parser.parse_args()
    lines, start = [], (0.0, 0.0)
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "first"
        first.mkdir()
        packed = subprocess.run(
            [shutil.which("git"), "archive", FIRST], cwd=HERE, capture_output=True, check=True
        ).stdout
        subprocess.run([shutil.which("tar"), "-x", "-C", str(first)], input=packed, check=True)
        trees = {"first": first, "now": HERE}
        for tree in trees.values():
            measured(ASKED["imports and `--help`"], tree, first)  # modules are compiled from here on
        for name, command in ASKED.items():
            taken, counts = {which: [] for which in trees}, {}
            for n in range(asked.rounds):
                for which, tree in trees.items():
                    out = (
                        ()
                        if command[0] == "analyse" or "--help" in command
                        else ("--out", f"{folder}/{which}{n}{len(lines)}")
                    )
                    spent, said = measured((*command, *out), tree, first)
                    taken[which].append(spent)
                    counts[which] = uses(said)
            lines.append(row(name, taken, counts, start))
            print(lines[-1], flush=True)  # noqa: T201 - it takes a while
            if len(lines) == 1:
                start = tuple(statistics.median(taken[which]) for which in trees)
            asked.out.write_text(table(lines, asked.rounds), encoding="utf-8")


def table(lines, rounds):
    """The text of the results."""
    return f"""# Beside the first version

Made by `python tests/benchmarks/first_version.py`: seconds of processor time on the scenario files of the first
version (commit {FIRST}), the median of {rounds} rounds by turns, start of the program included; the least and the most
in brackets. Other programs on the machine make single times dearer.

| what | first | now | first ÷ now | beside |
|---|---|---|---|---|
""" + "\n".join(lines) + """

What rows that differ in a few numbers could share is the core model, and that is too small a part of a play to make
any of these three times as fast: `tests/benchmarks/test_shared_tables.py` measures how fast a play would be if it cost
nothing.
"""  # fmt: skip


if __name__ == "__main__":
    main()
