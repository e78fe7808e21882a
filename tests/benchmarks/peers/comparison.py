"""What every part of the comparison counts with: processor time, spreads of rounds, rows of a table."""

import time
from dataclasses import dataclass

import numpy as np


@dataclass
class Row:
    """A row of the table.

    what, ours, theirs: words
    ratios:             how many times more processor time the other takes, one for each round; empty: not measured
    beside:             what was checked, or why there is nothing
    """

    what: str
    ours: str
    theirs: str
    ratios: list
    beside: str

    def line(self):
        """The row in Markdown."""
        times = f"**{spread(self.ratios)}**" if self.ratios else "—"
        return f"| {self.what} | {self.ours} | {self.theirs} | {times} | {self.beside} |"


HEADS = "| what | sim | peer | peer ÷ sim | beside |\n|---|---|---|---|---|"


def cpu(action):
    """What an action gives, and the processor's seconds."""
    begun = time.process_time()
    found = action()
    return found, time.process_time() - begun


def spread(values):
    """Median, and least and most of the rounds in brackets."""
    return f"{short(np.median(values))} ({short(min(values))}–{short(max(values))})"


def short(value):
    """A number to two or three digits."""
    digits = 0 if value >= 20 else 1 if value >= 5 else 2
    return f"{value:,.{digits}f}"


def seconds(value):
    """A time in the unit that fits."""
    for unit, name in ((1, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if value >= unit:
            return f"{short(value / unit)} {name}"
    return f"{short(value / 1e-9)} ns"
