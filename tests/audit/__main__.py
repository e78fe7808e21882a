"""Experiments that ask whether the answer of the ceasefire case deserves belief, each told in one table.

python -m tests.audit [--draws N] [--table FILE] [NAME ...]

from the top of the repository; without names all of them, each at its own size. `results/audit.md` is kept; it is made
by ``python -m tests.audit --table results/audit.md``.
"""

import argparse
import importlib
import sys
import time
from datetime import date
from pathlib import Path

EXPERIMENTS = (
    "observation_in_play",
    "tactics",
    "trade_off_frontier",
    "across_lines",
    "single_text",
    "durability",
    "boxes",
    "flips",
    "readings",
    "undone",
    "value_in_play",
)

_HEAD = """# What the audit's experiments find

Made by `python -m tests.audit {words}` on {day}. Each table is an experiment in `tests/audit`; *stated* is what the
project says, or what it is held against, and *holds* whether the two agree (nothing where nothing is promised)."""


def say(text):
    """Write a line at once, so that a long run can be watched."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main():
    """Run what is asked for and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(EXPERIMENTS))
    parser.add_argument("--draws", type=int, help="worlds that are drawn, instead of each experiment's own number")
    parser.add_argument("--table", type=Path, help="file to write the results to, as tables in Markdown")
    asked = parser.parse_args()
    wrong = set(asked.names) - set(EXPERIMENTS)
    if wrong:
        parser.error(f"no experiment {', '.join(sorted(wrong))}; there are {', '.join(EXPERIMENTS)}")
    failed, told = 0, [_HEAD.format(words=" ".join(sys.argv[1:]), day=date.today())]  # noqa: DTZ011
    for name in asked.names or EXPERIMENTS:
        begun = time.process_time()
        experiment = importlib.import_module(f"tests.audit.{name}")
        size = {} if asked.draws is None else {"draws": asked.draws}
        title = experiment.__doc__.split(chr(10))[0]
        say(f"\n{title}")
        told.append(f"\n## {title}\n\n| {name} | measured | stated | holds |\n|---|---|---|---|")
        for one in experiment.findings(**size):
            mark = {True: "yes", False: "NO", None: ""}[one.holds]
            failed += one.holds is False
            say(f"  {one.what:<78} {one.measured:<44} {one.stated:<24} {mark}".rstrip())
            told.append(f"| {one.what} | {one.measured} | {one.stated} | {mark} |")
        say(f"  ({name}, {time.process_time() - begun:.0f} s of one processor)")
        if asked.table is not None:
            asked.table.write_text("\n".join(told) + "\n", encoding="utf-8")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
