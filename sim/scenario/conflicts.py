"""Where what a case rests on contradicts itself: claims, readings of a number, and observations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from sim.evidence import Article
from sim.scenario.observation import Observation, Selector
from sim.scenario.pooled import apart
from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class Conflict:
    """Two things that cannot both be true.

    about: what they are about: a number's path, "claims", or an actor
    one, other: their names: of claims, sources or observations
    words: what stands against what
    """

    about: str
    one: str
    other: str
    words: str


def conflicts(scenario: Scenario, article: Article | None) -> tuple[Conflict, ...]:
    """Everything that contradicts something else: claims that say so, ranges that do not meet, observations."""
    return (*_claims(article), *_readings(scenario), *_observations(scenario))


def _claims(article: Article | None) -> Iterator[Conflict]:
    if article is None:
        return
    for one, other in article.conflicts():
        words = f"{article.claims[one].says} / {article.claims[other].says}"
        yield Conflict("claims", one, other, words)


def _readings(scenario: Scenario) -> Iterator[Conflict]:
    for path, number in scenario.numbers.items():
        readings = number.quantity.readings
        for one, other in apart(readings):
            yield Conflict(path, one, other, f"{path} is {readings[one].words} / {readings[other].words}")


def _observations(scenario: Scenario) -> Iterator[Conflict]:
    for (one, first), (other, second) in combinations(scenario.observations.items(), 2):
        if first.actor != second.actor or first.on != second.on:  # he may have thought better of it
            continue
        words = ""
        taken, refused = (second, first) if first.says == "rejects" else (first, second)
        if refused.says == "rejects" and taken.says in {"accepts", "offers", "asks"}:
            if _within(scenario, taken.deals, refused.deals):
                words = f"{first.actor} {taken.says} some of the deals that {first.actor} rejects"
        elif first.says == second.says == "prefers" and _reversed(first, second):
            words = f"{first.actor} prefers either to the other"
        if words:
            yield Conflict(first.actor, one, other, words)


def _reversed(first: Observation, second: Observation) -> bool:
    return first.deals == second.over and first.over == second.deals


def _within(scenario: Scenario, some: Selector, all_of: Selector) -> bool:
    """Whether every deal among ``some`` is among ``all_of``, as far as their own words tell."""
    if all_of.kinds and not (some.kinds and set(some.kinds) <= set(all_of.kinds)):
        return False
    return all(
        name in some.levels
        and set(scenario.issues[name].indices(some.levels[name])) <= set(scenario.issues[name].indices(levels))
        for name, levels in all_of.levels.items()
    )
