"""Rules on issues that need more than the issue itself: actors, levels, names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.evidence import Place
from sim.foundations import Problem
from sim.scenario.issue import Issue
from sim.scenario.naming import exact_level_problems, levels_in_words, levels_problems, twice_problems, unknown_name
from sim.scenario.scenario import Scenario


def issue_problems(scenario: Scenario) -> Iterator[Problem]:
    """Everything that is wrong with issues."""
    for name, issue in scenario.issues.items():
        place: Place = ("issues", name)
        yield from _levels(name, issue, place)
        yield from _actors(scenario, name, issue, place)
    opening = [name for name, issue in scenario.issues.items() if issue.follow_on]
    for name in opening[1:]:
        yield Problem(
            f'follow-on talks are opened by issue "{opening[0]}" already',
            ("issues", name, "follow_on"),
            "one issue",
        )


def _levels(name: str, issue: Issue, place: Place) -> Iterator[Problem]:
    yield from exact_level_problems(name, issue, issue.status_quo, (*place, "status_quo"))
    unknown = list(levels_problems(name, issue, issue.available or (), (*place, "available")))
    yield from unknown
    if not unknown and not issue.offered:
        message = f'issue "{name}" has no level on offer, so the deal space is empty'
        yield Problem(message, (*place, "available"), levels_in_words(issue))
    tables = {"enforcement": list(issue.enforcement), "follow_on": list(issue.follow_on)}
    if isinstance(issue.consent, Mapping):
        tables["consent"] = list(issue.consent)
    else:
        for index, needed in enumerate(issue.consent):
            yield from levels_problems(name, issue, needed.levels, (*place, "consent", index, "levels"))
    for field, levels in tables.items():
        for level in levels:
            yield from exact_level_problems(name, issue, level, (*place, field, level))
        yield from twice_problems(name, issue, levels, (*place, field))
    for level, amount in issue.enforcement.items():
        if amount < 0:
            yield Problem(f"enforcement {amount:g} is below 0", (*place, "enforcement", level), "0 or more")


def _actors(scenario: Scenario, name: str, issue: Issue, place: Place) -> Iterator[Problem]:
    asked: list[tuple[Place, tuple[str, ...]]] = (
        [((level,), names) for level, names in issue.consent.items()]
        if isinstance(issue.consent, Mapping)
        else [((index, "actors"), needed.actors) for index, needed in enumerate(issue.consent)]
    )
    for keys, names in asked:
        for index, actor in enumerate(names):
            if actor not in scenario.actors:
                yield unknown_name("actor", actor, scenario.actors, (*place, "consent", *keys, index))
    claimant = issue.root_cause_of
    if claimant is None:
        return
    where = (*place, "root_cause_of")
    if claimant not in scenario.actors:
        yield unknown_name("actor", claimant, scenario.actors, where)
    elif name not in scenario.actors[claimant].position and name not in scenario.actors[claimant].values:
        yield Problem(
            f'"{claimant}" claims issue "{name}" as a root cause but has neither a position nor values on it',
            where,
        )
