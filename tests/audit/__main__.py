"""Experiments that ask whether the answer of the ceasefire case deserves belief, each told in one table.

python -m tests.audit [--draws N] [NAME ...]

from the top of the repository; without names all of them, each at its own size.
"""

import argparse
import importlib
import sys
import time

EXPERIMENTS = (
    "observation_in_play",
    "tactics",
    "trade_off_frontier",
    "single_text",
    "durability",
    "boxes",
    "flips",
    "readings",
)


def say(text):
    """Write a line at once, so that a long run can be watched."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main():
    """Run what is asked for and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(EXPERIMENTS))
    parser.add_argument("--draws", type=int, help="worlds that are drawn, instead of each experiment's own number")
    asked = parser.parse_args()
    wrong = set(asked.names) - set(EXPERIMENTS)
    if wrong:
        parser.error(f"no experiment {', '.join(sorted(wrong))}; there are {', '.join(EXPERIMENTS)}")
    failed = 0
    for name in asked.names or EXPERIMENTS:
        begun = time.process_time()
        experiment = importlib.import_module(f"tests.audit.{name}")
        size = {} if asked.draws is None else {"draws": asked.draws}
        say(f"\n{experiment.__doc__.split(chr(10))[0]}")
        for one in experiment.findings(**size):
            mark = {True: "yes", False: "NO", None: ""}[one.holds]
            failed += one.holds is False
            say(f"  {one.what:<78} {one.measured:<44} {one.stated:<24} {mark}".rstrip())
        say(f"  ({name}, {time.process_time() - begun:.0f} s of one processor)")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
