"""Rules on issues that need more than the issue itself: actors, levels, names."""

from __future__ import annotations

from collections.abc import Iterator

from sim.evidence import Place
from sim.foundations import Problem
from sim.scenario.issue import Issue
from sim.scenario.naming import level_problems, levels_in_words, unknown_name
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
    if issue.kind != "numeric" and issue.status_quo not in issue.names:
        yield from level_problems(name, issue, issue.status_quo, (*place, "status_quo"))
        if not isinstance(issue.status_quo, str) and issue.knows(issue.status_quo):
            yield Problem(
                f'the status quo of issue "{name}" must be one of its levels, by name',
                (*place, "status_quo"),
                levels_in_words(issue),
            )
    for index, level in enumerate(issue.available or ()):
        if not isinstance(level, str) and f"{level:.6g}" not in issue.names:
            yield Problem(
                f'issue "{name}" has no level {level:g} to offer',
                (*place, "available", index),
                levels_in_words(issue),
            )
        elif isinstance(level, str):
            yield from level_problems(name, issue, level, (*place, "available", index))
    for field in ("enforcement", "follow_on", "consent"):
        for level in getattr(issue, field):
            yield from level_problems(name, issue, level, (*place, field, level))
    for level, amount in issue.enforcement.items():
        if amount < 0:
            yield Problem(f"enforcement {amount:g} is below 0", (*place, "enforcement", level), "0 or more")


def _actors(scenario: Scenario, name: str, issue: Issue, place: Place) -> Iterator[Problem]:
    for level, names in issue.consent.items():
        for index, actor in enumerate(names):
            if actor not in scenario.actors:
                yield unknown_name("actor", actor, scenario.actors, (*place, "consent", level, index))
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
