"""What a run looks at beside itself: its spread, theory, talks that miss nothing, and what would open a deal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import xarray as xr

from sim.ensemble import Judge
from sim.ensemble.workers import cores, hired
from sim.jobs.steps import Steps, silent
from sim.scenario import Scenario

if TYPE_CHECKING:
    from sim.report.spread_parts import Spread
    from sim.runs.benchmarks import Benchmarks
    from sim.runs.openings import Openings
    from sim.runs.theory_beside import TheoryBeside

#: Worlds in which theory is asked for the panel of a page, at most; `sim theory` asks in more.
_THEORY_TRIED: Final = 100
#: Draws from which on a process of its own is worth its start.
_MANY: Final = 500


@dataclass(frozen=True)
class CloserLook:
    """What is looked at.

    scenario: what is played
    draws:    in how many worlds
    judge:    whose observations say which of them count; by default the scenario's own
    spread:   whether to look where the spread comes from
    reasons:  whether to look at theory, at talks that miss nothing, and at what would open a deal
    played:   results of the run itself, as far as they are looked at, so that nothing is played again
    """

    scenario: Scenario
    draws: int
    judge: Scenario | Judge | None
    spread: bool
    reasons: bool
    played: xr.Dataset | None = None


@dataclass(frozen=True)
class LookedCloser:
    """What was found; ``None`` for what was not looked at.

    spread:     what the spread comes from
    theory:     what theory predicts beside the talks
    openings:   what would open a deal where none suits all
    benchmarks: talks that miss nothing, beside those that are played
    """

    spread: Spread | None = None
    theory: TheoryBeside | None = None
    openings: Openings | None = None
    benchmarks: Benchmarks | None = None


def look_closer(asked: CloserLook, steps: Steps = silent) -> LookedCloser:
    """Look in this process."""
    scenario, draws, judge = asked.scenario, asked.draws, asked.judge
    spread = None
    if asked.spread:
        from sim.jobs.splitting import REPEATS, SPLIT_WORLDS
        from sim.report.spread_parts import Spread
        from sim.robustness import split_spread

        spread = Spread.of(split_spread(scenario, SPLIT_WORLDS, REPEATS, judge=judge, progress=steps("spread")))
    if not asked.reasons:
        return LookedCloser(spread)
    from sim.runs.benchmarks import benchmarks
    from sim.runs.openings import openings
    from sim.runs.theory_beside import theory_beside

    beside = benchmarks(scenario, draws, judge=judge, played=asked.played)
    opens = openings(scenario, draws, judge=judge, progress=steps("what would open a deal"))
    found = theory_beside(scenario, min(draws, _THEORY_TRIED), judge=judge, progress=steps("theory"))
    theory = replace(found, excluded=(), ingredients=())  # `sim theory` says why the others do not apply
    return LookedCloser(spread, theory, opens, beside)


@contextmanager
def looking_closer(asked: CloserLook, steps: Steps, *, beside: bool) -> Iterator[Callable[[], LookedCloser]]:
    """Look while other work is done, in a process of its own, where there is a second core and enough to look at.

    What is found is the same bit for bit.

    Args:
        beside: whether a process may be started
    Yields:
        what waits until all is found, and gives it
    """
    worth_it = beside and cores() > 1 and asked.draws >= _MANY and (asked.spread or asked.reasons)
    if not worth_it:
        yield lambda: look_closer(asked, steps)
        return
    with hired(1, small=False) as executor:
        assert executor is not None
        promised = executor.submit(look_closer, asked)

        def found() -> LookedCloser:
            steps("a closer look")(0, 1)
            try:
                return promised.result()
            except BrokenExecutor:  # it died; what it was asked is looked at here
                return look_closer(asked, steps)

        yield found
