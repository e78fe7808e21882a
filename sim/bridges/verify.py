"""Whether what was found holds on draws it was not made for, and under other conventions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.bridges.levers_played import Stage
from sim.ensemble import fitting_worlds
from sim.ensemble.alternatives import alternatives
from sim.foundations import Floats
from sim.foundations.plain_data import Real
from sim.scenario import Scenario
from sim.scenario.changes import change
from sim.words import half_width


@dataclass(frozen=True)
class GoalCheck:
    """The chance of what is wanted somewhere else.

    name, setting: where
    before:        share without levers
    chance:        share with them
    error:         its Monte Carlo standard error
    draws:         how many draws
    holds:         whether it reaches what was asked for, as far as chance in the draws can tell (95 %)
    """

    name: str
    setting: str
    before: Real
    chance: Real
    error: Real
    draws: int
    holds: bool


def on_fresh_draws(stage: Stage, seen_in: Scenario, use: Floats, *, count: int, first: int) -> GoalCheck:
    """Play the found use in worlds that the search has not seen.

    Args:
        seen_in: scenario whose observations select the draws
        count:   how many draws, before the observations select among them
        first:   number of the first
    """
    numbers, _ = fitting_worlds(seen_in, count, first=first)
    return _checked("fresh draws", f"numbers {first:,} to {first + count - 1:,}", stage.on(numbers), use)


def under_conventions(
    stage: Stage, seen_in: Scenario, use: Floats, *, count: int, told: Callable[[int, int], None] | None = None
) -> tuple[GoalCheck, ...]:
    """Play the found use under each usual alternative convention.

    The observations are evaluated anew under each: a convention is a reading of the world, no change of it.
    """
    found = []
    others = list(alternatives(stage.scenario))
    for n, (name, setting, changes) in enumerate(others):
        numbers, _ = fitting_worlds(change(seen_in, changes), count)
        scenario = change(stage.scenario, changes)
        found.append(_checked(name, setting, Stage(scenario, stage.levers, stage.goal, numbers, stage.executor), use))
        if told is not None:
            told(n + 1, len(others))
    return tuple(found)


def _checked(name: str, setting: str, stage: Stage, use: Floats) -> GoalCheck:
    stage.expect([use, np.zeros(len(use))])
    share = float(stage.play(use).reached.mean())
    before = float(stage.play(np.zeros(len(use))).reached.mean())
    error = float(np.sqrt(share * (1 - share) / len(stage.numbers)))
    holds = share + half_width(error) >= stage.goal.at_least - 1e-12
    return GoalCheck(name, setting, before, share, error, len(stage.numbers), holds)
