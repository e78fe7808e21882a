"""Rules on terms that depend on something that can be seen."""

from __future__ import annotations

from collections.abc import Iterator

from sim.foundations import Problem
from sim.scenario.issue import Issue
from sim.scenario.naming import unknown_name
from sim.scenario.scenario import Scenario


def contingency_problems(scenario: Scenario) -> Iterator[Problem]:
    """Names that do not exist, contingencies that no term depends on, and terms that cannot depend on one."""
    for name, issue in scenario.issues.items():
        yield from _of_issue(scenario, name, issue)
    used = {name for issue in scenario.issues.values() for name in (issue.given, issue.unless)}
    for name, found in scenario.contingencies.items():
        if name not in used:
            remedy = f'given = "{name}" or unless = "{name}" in an issue'
            yield Problem(f'no term depends on "{name}"', ("contingencies", name), remedy)
        for actor in found.believed:
            if actor not in scenario.actors:
                yield unknown_name("actor", actor, scenario.actors, ("contingencies", name, "believed", actor))


def _of_issue(scenario: Scenario, name: str, issue: Issue) -> Iterator[Problem]:
    if issue.given is not None and issue.unless is not None:
        yield Problem("a term holds given something, or unless it", ("issues", name, "unless"), "one of both")
    for field, wanted in (("given", issue.given), ("unless", issue.unless)):
        if wanted is None:
            continue
        if wanted not in scenario.contingencies:
            yield unknown_name("contingency", wanted, scenario.contingencies, ("issues", name, field))
        for other in ("root_cause_of", "enforcement", "follow_on", "time_to_settle"):
            if getattr(issue, other):
                message = f'a term that depends on "{wanted}" bears on how long a deal lasts, which is not worked out'
                yield Problem(message, ("issues", name, other), f"no {other}, or no {field}")
