"""Rules on the headline and on packages: comparisons that are told, issues and levels that exist."""

from __future__ import annotations

from collections.abc import Iterator

from sim.evidence import Place
from sim.foundations import Problem
from sim.scenario.naming import exact_level_problems, unknown_name
from sim.scenario.scenario import Scenario


def headline_problems(scenario: Scenario) -> Iterator[Problem]:
    """Comparisons that are not told, or told without being asked for; which outcomes there are is another rule's."""
    for index, found in enumerate(scenario.headline.outcomes):
        place: Place = ("headline", "outcomes", index)
        told = "by" in found.placeholders
        if told and not found.by:
            yield Problem("{by} says what it is under other ways to play, but none is named", place, 'by = "protocol"')
        if found.by and not told:
            yield Problem('"by" has no effect without {by} in the sentence', (*place, "by"))


def package_problems(scenario: Scenario) -> Iterator[Problem]:
    """Issues and levels of packages that do not exist.

    What is not on offer is no mistake: an overlay may take a level off the table, and the package is then left out.
    """
    for name, package in scenario.packages.items():
        for issue, level in package.levels.items():
            where: Place = ("packages", name, "levels", issue)
            if issue not in scenario.issues:
                yield unknown_name("issue", issue, scenario.issues, where)
            elif level not in scenario.issues[issue].taken_away:
                yield from exact_level_problems(issue, scenario.issues[issue], level, where)
