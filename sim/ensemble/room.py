"""What a piece of work takes, before it starts: time and memory, and what to ask less of where it cannot be had."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.engine import BLOCK_BYTES, FEW_BYTES, draw_bytes
from sim.foundations import InputError
from sim.scenario import Scenario
from sim.scenario.deal_count import deal_count, too_many
from sim.table.deal_search import CANDIDATES

#: Copies of the columns that are about while results are labelled, looked at and written.
_COPIES: Final = 2
#: Part of this machine's memory that a piece of work may take.
_PART: Final = 0.8
#: Work that takes longer than this is refused, as nobody waits for it: thirty days.
LONGEST: Final = 30 * 86_400.0
#: Work that takes longer, or a larger part of memory, is told of before it starts.
TELLING_SECONDS: Final = 30.0
TELLING_PART: Final = 0.25

#: Seconds for each deal and actor, for each round and actor that hears another, for each round of the story, and for
#: each number drawn: measured on one core of 2024, where they are right within a factor of two or three.
_PER_CELL: Final = 2.5e-7
_PER_HEARING: Final = 4e-5
_PER_ROUND: Final = 1.5e-4
_PER_STEP: Final = 1e-7
_PER_NUMBER: Final = 1e-6


def memory() -> int | None:
    """Bytes of memory that this machine has; ``None`` where it does not say.

    Example:
        >>> found = memory()
        >>> found is None or found > 2**20
        True
    """
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None


@dataclass(frozen=True)
class Work:
    """A piece of work by its sizes.

    draws:   worlds played in all; in a sweep at each point
    points:  points of a sweep, 1 for a run
    deals:   deals on the table
    actors:  how many there are
    rounds:  rounds of talks
    horizon: rounds of the story
    numbers: uncertain numbers
    workers: processes that share it, 1 or more
    states:  whether the state at the end of every round is kept
    """

    draws: int
    points: int
    deals: int
    actors: int
    rounds: int
    horizon: int
    numbers: int
    workers: int = 1
    states: bool = True

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        draws: int,
        *,
        points: int = 1,
        workers: int = 1,
        states: bool = True,
        deals: int | None = None,
    ) -> Work:
        """The work of playing a scenario.

        Args:
            deals: how many deals there are, where that is known

        Example:
            >>> from sim.scenario import read_scenario
            >>> work = Work.of(read_scenario("scenarios/pie"), 2000)
            >>> work.deals, work.seconds < 30, work.fits
            (101, True, True)
        """
        if deals is None:
            deals = CANDIDATES if too_many(scenario) else deal_count(scenario)
        return cls(
            draws=draws,
            points=points,
            deals=max(deals, 1),
            actors=len(scenario.actors),
            rounds=scenario.talks.talk_rounds,
            horizon=scenario.talks.horizon_rounds,
            numbers=len(scenario.numbers),
            workers=max(workers, 1),
            states=states,
        )

    @property
    def block(self) -> int:
        """Worlds that are played at once."""
        each = draw_bytes(self.deals, self.actors)
        at_once = max(1, BLOCK_BYTES // each, min(4, FEW_BYTES // each))
        return min(at_once, self.draws * self.points)

    @property
    def seconds(self) -> float:
        """Estimated time: what each block costs whatever its size, and what each world costs in it."""
        rows = float(self.draws) * self.points
        talks = self.rounds * self.actors * self.actors * _PER_HEARING
        block = talks + self.horizon * _PER_ROUND
        world = self.deals * self.actors * _PER_CELL + self.numbers * _PER_NUMBER
        world += (self.horizon + self.rounds) * self.actors * _PER_STEP
        return (math.ceil(rows / self.block) * block + rows * world) / self.workers

    @property
    def bytes(self) -> float:
        """Estimated memory: a block in each process, and the columns of all worlds where these are kept."""
        block = self.block * draw_bytes(self.deals, self.actors)
        block += self.block * (self.horizon * (1 if self.states else 0) + self.rounds * self.actors * 40)
        table = self.deals * (self.actors * 40 + 200)
        kept = 0.0 if self.points > 1 else _COPIES * self.draws * 8.0 * (self.numbers + 30 * self.actors + 60)
        return self.workers * (float(block) + table) + kept + 200.0 * self.points

    @property
    def fits(self) -> bool:
        """Whether it can be done here: memory is there, and somebody may wait for it."""
        have = memory()
        return (have is None or self.bytes <= _PART * have) and self.seconds <= LONGEST

    @property
    def large(self) -> bool:
        """Whether it is worth telling beforehand what it takes."""
        have = memory()
        return self.seconds > TELLING_SECONDS or (have is not None and self.bytes > TELLING_PART * have)

    @property
    def told(self) -> str:
        """What it takes, in a phrase.

        Example:
            >>> Work(200, 1, 248_832, 4, 24, 24, 248).told
            'about 1 minute and 0.5 GB of memory: 200 draws with 248,832 deals each'
        """
        per = f"{self.points:,} points of {self.draws:,} draws" if self.points > 1 else f"{self.draws:,} draws"
        return f"about {how_long(self.seconds)} and {_giga(self.bytes)} of memory: {per} with {self.deals:,} deals each"

    @property
    def remedy(self) -> str:
        """What to ask less of: what is furthest beyond the usual."""
        usual = {
            "draws": (self.draws, 2_000, "fewer draws (--draws)"),
            "points": (self.points, 500, "fewer points"),
            "deals": (self.deals, 1_000, "fewer levels on offer (available, points)"),
            "actors": (self.actors, 6, "fewer actors"),
            "rounds": (self.rounds, 60, "fewer rounds of talks (talks.rounds)"),
            "horizon": (self.horizon, 240, "a shorter horizon (talks.horizon)"),
        }
        name = max(usual, key=lambda key: usual[key][0] / usual[key][1])
        size, _, words = usual[name]
        return f"{size:,} {'rounds of horizon' if name == 'horizon' else name} are most of it: ask for {words}"


def require_work(work: Work) -> None:
    """Refuse work that cannot be done here, with what it would take and what to ask less of.

    Raises:  InputError
    Example:
        >>> require_work(Work(2_000, 1, 100, 2, 24, 120, 10))  # fits anywhere, so nothing is said
    """
    if work.fits:
        return
    have = memory()
    here = "" if have is None else f"; this machine has {_giga(have)}"
    raise InputError(f"this takes {work.told}{here}. {work.remedy}")


def require_room(rows: int, arrays: Iterable[np.ndarray], part: int, seconds: float) -> None:
    """Refuse more worlds than fit into memory, with what they would take.

    Args:
        rows:    worlds that are asked
        arrays:  columns of the first worlds, one entry for each of them
        part:    how many these were
        seconds: that they took
    Raises:  InputError that says how much memory and time it would be, and how many worlds fit
    Example:
        >>> require_room(10, [np.zeros(1000)], 1000, 0.1)  # fits anywhere, so nothing is said
    """
    each = _COPIES * sum(array.nbytes for array in arrays) / part
    have = memory()
    if have is None or each * rows <= have:
        return
    raise InputError(
        f"{rows:,} worlds take about {each * rows / 1e9:,.0f} GB of memory and {how_long(seconds * rows / part)}; this "
        f"machine has {have / 1e9:,.0f} GB: ask for {int(have / each):,} at most, or for a sweep, which keeps shares"
    )


def how_long(seconds: float) -> str:
    """A length of time as people say it.

    Example:
        >>> how_long(20), how_long(600), how_long(20_000), how_long(1e7)
        ('20 seconds', '10 minutes', '6 hours', '116 days')
    """
    for unit, length, most in (("second", 1.0, 45), ("minute", 60.0, 7200), ("hour", 3600.0, 259_200)):
        if seconds < most:
            count = max(1, round(seconds / length))
            return f"{count:,} {unit}{'' if count == 1 else 's'}"
    return f"{seconds / 86_400:,.0f} days"


def _giga(size: float) -> str:
    giga = size / 1e9
    return f"{giga:,.1f} GB" if giga < 10 else f"{giga:,.0f} GB"
