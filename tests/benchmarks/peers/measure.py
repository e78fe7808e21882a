"""Measure this simulator beside its peers: same inputs, interleaved, processor time, median and spread of rounds.

    python tests/benchmarks/peers/measure.py [--rounds 5] [--peers PYTHON] [--only PART] [--out results/peers.md]

installs the peers of requirements.txt into an environment that is thrown away, unless the interpreter of one that has
them is named, and writes a table in Markdown. What does not install is told in its row.
"""

import argparse
import os
import platform
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(HERE), str(ROOT)]

import frontiers  # noqa: E402
import overheads  # noqa: E402
import same_methods  # noqa: E402
import sessions  # noqa: E402
from comparison import HEADS, Row, short  # noqa: E402
from peer_process import LackingError, Peers, installed  # noqa: E402

PARTS = {"sessions": sessions, "frontiers": frontiers, "overheads": overheads, "methods": same_methods}


def measured(peers, parts, rounds):
    """All rows, printed as they come."""
    for name in parts:
        try:
            for row in PARTS[name].rows(peers, rounds):
                print(row.line(), flush=True)  # noqa: T201 - it takes a while
                yield row
        except LackingError as error:
            yield Row(name, "", "", [], f"not installed here: {error}")


def in_short(rows):
    """The lines that the README shows."""
    held = [row for row in rows if hasattr(row, "pair")]
    lines = ["| what | sim | peer | peer ÷ sim |", "|---|---|---|---|"]
    if held:
        pairs, loops = ([middle(getattr(row, name)) for row in held] for name in ("pair", "loop"))
        ratios = [middle(row.ratios) for row in held]
        lines.append(
            f"| session of alternating offers, four set-ups, NegMAS | {span([row.ours for row in held])} | "
            f"{span([row.theirs for row in held])} | {short(min(ratios))}–{short(max(ratios))}; "
            f"on two cores {short(min(pairs))}–{short(max(pairs))} |"
        )
        lines.append(f"| … plain C loop for the same rules | | | {1 / max(loops):.2f}–{1 / min(loops):.2f} |")
    lines += [
        f"| {row.what} | {row.ours} | {row.theirs} | {short(middle(row.ratios)) if row.ratios else row.beside} |"
        for row in rows
        if not hasattr(row, "pair")
    ]
    return lines


def middle(values):
    """The median."""
    return sorted(values)[len(values) // 2]


def span(words):
    """From the first to the last of some times in words."""
    return words[0] if len(words) == 1 else f"{words[0]} … {words[-1]}"


def main():
    """Measure, print, write."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--peers", help="an interpreter that has the peers already")
    asked.add_argument("--only", action="append", choices=PARTS)
    asked.add_argument("--out", type=Path, default=ROOT / "results" / "peers.md")
    args = asked.parse_args()
    with nullcontext(args.peers) if args.peers else installed() as python:
        peers = Peers(python)
        rows = []
        for row in measured(peers, args.only or PARTS, args.rounds):
            rows.append(row)
            args.out.write_text("\n".join(page(rows, args.rounds)) + "\n", encoding="utf-8")  # kept if it is stopped
        peers.close()


def page(rows, rounds):
    """The lines of the file."""
    made = f"Made by `python tests/benchmarks/peers/measure.py` on {datetime.now(UTC):%Y-%m-%d}, Python "
    made += f"{platform.python_version()}, numpy {version('numpy')}, {platform.machine()}."
    how = f"Processor time, interleaved; median of {rounds} rounds, the least and the most in brackets. The peers'"
    where = "versions stand in `tests/benchmarks/peers/requirements.txt`. Processes that wanted to run meanwhile:"
    load = f"{os.getloadavg()[2]:.1f} on {os.cpu_count()} processors; others make single times dearer."
    head = ["# Beside the peers", "", made, how, where, load, ""]
    return [*head, *in_short(rows), "", "## Each row", "", HEADS, *(row.line() for row in rows)]


if __name__ == "__main__":
    main()
