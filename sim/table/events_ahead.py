"""Events that are still to come: when, what the world is after them, and what that does to no deal beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.foundations import TOLERANCE, Bools, Floats, Ints
from sim.scenario import Draws, Scenario
from sim.scenario.draws import replaced
from sim.scenario.event import Event
from sim.scenario.interval import ANY_NUMBER, interval_at
from sim.table.deal_space import DealSpace
from sim.table.discount import round_discount
from sim.table.durability import per_round
from sim.table.no_deal_models import NoDealState, no_deal_state
from sim.table.preferences import Preferences
from sim.table.war import decision_weight, fighting_survival

#: Round of an event that does not come.
NEVER: Final = np.iinfo(np.int64).max


@dataclass(frozen=True)
class SoFar:
    """What has happened in each draw by the time its talks begin, or go on.

    at:       (B,) round
    happened: (B, E) events that have come
    waited:   (B,) rounds without a deal in force
    """

    at: Ints
    happened: Bools
    waited: Ints

    @classmethod
    def nothing(cls, scenario: Scenario, size: int) -> SoFar:
        """The beginning."""
        rounds = np.zeros(size, np.int64)
        return cls(rounds, np.zeros((size, len(scenario.events)), bool), rounds)

    def select(self, where: Ints) -> SoFar:
        """That of some draws."""
        return SoFar(self.at[where], self.happened[where], self.waited[where])


def come(scenario: Scenario, draws: Draws) -> Ints:
    """(B, E) the round before which each event comes, NEVER where it does not.

    On a day it comes with its chance; else each round has the same chance, so that the round is geometric.

    Source: inverse-transform sampling of a geometric law (Devroye 1986, Non-Uniform Random Variate Generation, X.2)

    Example:
        >>> from sim.foundations import Dice
        >>> from sim.scenario import Issue, Actor
        >>> issue, actor = {"levels": ["a", "b"], "status_quo": "a"}, {"patience": {"value": 0.9}}
        >>> event = {"on": 3, "status_quo": {"x": "b"}}
        >>> case = Scenario(title="t", issues={"x": issue}, actors={"p": actor, "q": actor}, events={"e": event})
        >>> come(case, Draws({}, Dice("doc", np.arange(2)))).tolist()
        [[3], [3]]
    """
    found = np.full((len(draws.dice.draws), len(scenario.events)), NEVER)
    for e, (name, event) in enumerate(scenario.events.items()):
        luck = draws.dice.uniform("event", name)
        chance = draws.get(f"events.{name}.chance", 1.0)
        if event.on is not None:
            found[:, e] = np.where(luck < chance, scenario.talks.count(event.on), NEVER)
            continue
        each = per_round(chance, scenario.talks.round_years)
        comes = each > 0
        spent = np.log(luck) / np.log1p(-np.where(comes, each, 0.5))
        found[:, e] = np.where(comes & (spent < 1e9), 1 + np.floor(np.minimum(spent, 1e9)).astype(np.int64), NEVER)
    return found


def after(space: DealSpace, draws: Draws, news: Bools) -> Iterator[tuple[Ints, DealSpace, Draws]]:
    """The worlds of some draws after events that come now, by how things stand then.

    Args:
        news: (B, E) which events come
    Yields:
        (N,) places of draws, the deals against the new status quo, and the numbers as they are then
    """
    scenario = space.scenario
    values = {path: found.copy() for path, found in draws.values.items()}
    moved: set[str] = set()
    for e, (name, event) in enumerate(scenario.events.items()):
        here = news[:, e]
        if here.any():
            moved |= set(_moved(scenario, values, name, event, here))
    then = replaced(scenario, draws, {path: values[path] for path in moved})
    shifts = [e for e, event in enumerate(scenario.events.values()) if event.status_quo]
    kinds, which = np.unique(news[:, shifts], axis=0, return_inverse=True)
    for n, kind in enumerate(kinds):
        where = np.flatnonzero(np.ravel(which) == n)
        part = Draws({path: found[where] for path, found in then.values.items()}, draws.dice.select(where))
        yield where, _standing(space, [shifts[m] for m in np.flatnonzero(kind)]), part


def _moved(scenario: Scenario, values: dict[str, Floats], name: str, event: Event, here: Bools) -> Iterator[str]:
    """Set and add to numbers in the draws ``here``."""
    for path in event.sets:
        values[path] = np.where(here, values[f"events.{name}.sets.{path}"], values[path])
        yield path
    for path in event.adds:
        number = scenario.numbers[path]
        more, low, high = values[f"events.{name}.adds.{path}"], 0.0, 1.0
        if number.issue is not None:
            more = more / scenario.issues[number.issue].span
        else:
            allowed = interval_at(Scenario, number.place) or ANY_NUMBER
            low, high = allowed.low, allowed.high
        values[path] = np.where(here, np.clip(values[path] + more, low, high), values[path])
        yield path


def _standing(space: DealSpace, events: list[int]) -> DealSpace:
    """The same deals where these events have changed how things stand without one."""
    if not events:
        return space
    scenario, names = space.scenario, list(space.scenario.events)
    quo = {issue: level for e in events for issue, level in scenario.events[names[e]].status_quo.items()}
    return space.with_status_quo(quo)


def looked_ahead(
    space: DealSpace, draws: Draws, none: NoDealState, delta: Floats, so_far: SoFar
) -> tuple[NoDealState, Ints]:
    """What no deal is worth by what is still to come, and when that is.

    W + weight (W' - W) for each event that is foreseen, W' what no deal is worth after it and weight gamma**n n rounds
    ahead, or gamma h / (1 - gamma (1 - h)) with a chance of h a round, gamma the discount of a round without a deal;
    exact for one event, and for several whose effects add up.

    Args:
        none:  the state without a deal as things stand
        delta: (B, A) discount factor per round
    Returns:
        the state with its value, and (B, E) the round before which each event comes, NEVER where it does not
    """
    scenario = space.scenario
    due, value = come(scenario, draws), none.value.copy()
    gamma = fighting_survival(delta, none.ends[:, None])
    for e, (name, event) in enumerate(scenario.events.items()):
        news = np.zeros(due.shape, bool)
        news[:, e] = True
        ((_, standing, then),) = after(space, draws, news)
        preferences = Preferences.of(standing.scenario, then)
        patience = round_discount(standing.scenario, then)
        later = no_deal_state(standing.scenario, then, preferences, patience).waited(so_far.waited).value
        ahead = ~so_far.happened[:, e]
        if event.by is not None:
            mover = list(scenario.actors).index(event.by)
            ahead &= later[:, mover] > none.value[:, mover] + TOLERANCE
        due[:, e] = np.where(ahead & (due[:, e] > so_far.at), due[:, e], NEVER)
        if event.foreseen:
            weight = _weight(scenario, draws, name, gamma, so_far.at)
            value += np.where(ahead[:, None], weight, 0.0) * (later - none.value)
    return replace(none, value=value), due


def _weight(scenario: Scenario, draws: Draws, name: str, gamma: Floats, at: Ints) -> Floats:
    """(B, A) discounted weight of an event that is still to come, before anybody knows whether it does."""
    chance, day = draws.get(f"events.{name}.chance", 1.0), scenario.events[name].on
    if day is None:
        return decision_weight(gamma, per_round(chance, scenario.talks.round_years)[:, None])
    rounds = scenario.talks.count(day) - at
    return np.where((rounds > 0)[:, None], chance[:, None] * gamma ** np.maximum(rounds, 0)[:, None], 0.0)
