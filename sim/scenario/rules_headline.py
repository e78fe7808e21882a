"""Rules on the headline and on packages: times within the story, issues and levels that exist and are on offer."""

from __future__ import annotations

from collections.abc import Iterator

from sim.evidence import Place
from sim.foundations import Problem
from sim.foundations.duration import years
from sim.scenario.deal_space import selected_count
from sim.scenario.headline import HeadlineOutcome, Package
from sim.scenario.naming import exact_level_problems, unknown_name
from sim.scenario.scenario import Scenario


def headline_problems(scenario: Scenario) -> Iterator[Problem]:
    """Everything that is wrong with the headline, leaving aside which outcomes there are."""
    for index, text in enumerate(scenario.headline.times):
        if years(text) / scenario.talks.round_years > scenario.talks.horizon_rounds + 1e-9:
            told = f"{text} lies beyond the horizon of {scenario.talks.horizon_rounds} rounds of {scenario.talks.round}"
            yield Problem(told, ("headline", "times", index))
    for index, found in enumerate(scenario.headline.outcomes):
        yield from _by_problems(found, ("headline", "outcomes", index))


def package_problems(scenario: Scenario) -> Iterator[Problem]:
    """Everything that is wrong with packages."""
    for name, package in scenario.packages.items():
        place: Place = ("packages", name)
        for issue, level in package.levels.items():
            where: Place = (*place, "levels", issue)
            if issue not in scenario.issues:
                yield unknown_name("issue", issue, scenario.issues, where)
                continue
            found = scenario.issues[issue]
            if wrong := list(exact_level_problems(issue, found, level, where)):
                yield from wrong
            elif found.index(level) not in found.offered:
                yield Problem(f'"{level}" is not on offer in issue "{issue}"', where, _offered(scenario, issue))
        yield from _unknown_deal(scenario, package, place)
        for issue, found in scenario.issues.items():
            if issue not in package.levels and found.status_quo_index not in found.offered:
                told = f'issue "{issue}" cannot stay as it is, which is not on offer; name its level'
                yield Problem(told, (*place, "levels"), _offered(scenario, issue))


def _unknown_deal(scenario: Scenario, package: Package, place: Place) -> Iterator[Problem]:
    """A package whose levels are on offer, but not together."""
    keys = {name: package.levels.get(name, issue.status_quo) for name, issue in scenario.issues.items()}
    try:
        offered = [(scenario.issues[name].index(level), scenario.issues[name].offered) for name, level in keys.items()]
    except KeyError:
        return
    if all(level in levels for level, levels in offered) and not selected_count(
        scenario, (), {name: (level,) for name, level in keys.items()}
    ):
        yield Problem("these levels are not on offer together: nothing is left to talk about", (*place, "levels"))


def _offered(scenario: Scenario, issue: str) -> str:
    found = scenario.issues[issue]
    return ", ".join(found.key(index) for index in found.offered[:8])


def _by_problems(found: HeadlineOutcome, place: Place) -> Iterator[Problem]:
    """A comparison that is not told, or told without being asked for."""
    told = "by" in found.placeholders
    if told and not found.by:
        yield Problem("{by} says what it is under other ways to play, but none is named", place, 'by = "protocol"')
    if found.by and not told:
        yield Problem('"by" has no effect without {by} in the sentence', (*place, "by"))
