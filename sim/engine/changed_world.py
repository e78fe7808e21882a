"""Talks that failed open again in a world that has changed meanwhile."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import numpy.typing as npt

from sim.engine.outcome import Outcome
from sim.foundations import Ints
from sim.scenario import Draws, Scenario
from sim.scenario.draws import replaced
from sim.scenario.interval import ANY_NUMBER, interval_at


def changed_draws(scenario: Scenario, draws: Draws, where: Ints, years: npt.NDArray[np.floating]) -> Draws:
    """The numbers of some draws after so many years without a deal.

    Every number of [talks.reopening.meanwhile] has changed by so much a year, within what is allowed for it; numbers
    that mirror it follow.

    Args:
        draws: of the whole block, as they were at the beginning
        where: (N,) which of them
        years: (N,) since the beginning
    """
    reopening = scenario.talks.reopening
    assert reopening is not None
    here = Draws({path: found[where] for path, found in draws.values.items()}, draws.dice.select(where))
    changed = {}
    for path in reopening.meanwhile:
        number = scenario.numbers[path]
        allowed = interval_at(scenario.__class__, number.place) or ANY_NUMBER
        low, high = (0.0, 1.0) if number.issue is not None else (allowed.low, allowed.high)
        changed[path] = np.clip(here[path] + years * here[f"talks.reopening.meanwhile.{path}"], low, high)
    return replaced(scenario, here, changed)


def taught_draws(scenario: Scenario, whole: Draws, where: Ints, at: Ints) -> Draws:
    """The numbers of some draws after one more battle: the optimistic believe what it has taught them besides.

    Args:
        whole: of the whole block, as they were before it
        where: (N,) which of them
        at:    (N,) round before which it was fought
    Source: beta-binomial learning, ``sim.equilibria.convergence``
    """
    battles, parties = scenario.talks.battles, scenario.parties
    assert battles is not None
    draws = Draws({path: found[where] for path, found in whole.values.items()}, whole.dice.select(where))
    number = np.asarray(at) // scenario.talks.battle_rounds  # how many it makes
    power = np.stack([draws.get(f"{name}.power", 0.0) + np.zeros(len(at)) for name in parties], axis=1)
    total = power.sum(axis=1, keepdims=True)
    chance = np.where(total > 0, power / np.where(total > 0, total, 1.0), 0.0)
    # In the order of names, so that the order of the file does not decide who wins.
    by_name = np.argsort(np.array(parties))
    spin = np.empty(len(at))
    for one in np.unique(number):
        spin[number == one] = draws.dice.uniform("battle", int(one))[number == one]
    place = (spin[:, None] > np.cumsum(chance[:, by_name], axis=1)).sum(axis=1)
    won = by_name[np.minimum(place, len(parties) - 1)]
    prior = draws["talks.battles.worth"] + number - 1
    changed = {}
    for n, name in enumerate(parties):
        if scenario.actors[name].optimism is None:
            continue
        before = np.clip(chance[:, n] + draws[f"{name}.optimism"], 0.0, 1.0)
        changed[f"{name}.optimism"] = (prior * before + (won == n)) / (prior + 1) - chance[:, n]
    return replaced(scenario, draws, changed)


def carried_on(outcome: Outcome, where: Ints, later: Outcome, at: Ints, *, anew: bool) -> Outcome:
    """An outcome in which some draws went on in a changed world; how often that was is left as it was.

    What the first talks agree is left as it was too where they had failed, and is theirs to say where they went on.

    Args:
        where: (N,) these draws
        later: what came of them
        at:    (N,) the round in which talks opened again, or went on
        anew:  whether they opened again
    """
    merged = {field.name: getattr(outcome, field.name).copy() for field in fields(Outcome)}
    for name, values in merged.items():
        if name == "state":
            rounds = np.arange(values.shape[1])
            values[where] = np.where(rounds < at[:, None], values[where], later.state)
        elif name == "event":
            known = np.where(values[where] <= at[:, None], values[where], -1)
            values[where] = np.where(known >= 0, known, later.event)
        elif name not in {"reopened", "changed"} and not (anew and name == "agreed"):
            values[where] = getattr(later, name)
    return replace(outcome, **merged)
