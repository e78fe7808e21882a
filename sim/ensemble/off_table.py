"""What a case names and an overlay takes off the table: levels in conditions, levels of issues, packages of terms."""

from __future__ import annotations

from collections.abc import Iterator

from sim.ensemble.condition import Clause, parse
from sim.ensemble.headline_outcomes import is_condition
from sim.scenario import Scenario
from sim.scenario.level_range import LevelName
from sim.words import level_title

#: What stands before the name of an issue, in names of outcomes.
_TERMS = ("terms", "terms_in_force")


def named_off_table(scenario: Scenario, text: str) -> tuple[str, ...]:
    """Levels that a condition names and that are not on offer, as people call them; none for a name alone.

    Example:
        >>> from sim.scenario import read_scenario
        >>> without = read_scenario("scenarios/monitored_deal", overlay="declared-sites")
        >>> named_off_table(without, 'signed and terms.inspection == "any site"')
        ('any site',)
    """
    if not is_condition(text):
        return ()
    found = dict.fromkeys(
        level_title(scenario, issue, level)
        for issue, level in _levels(parse(text).clause)
        if issue in scenario.issues and _off(scenario, issue, level)
    )
    return tuple(found)


def taken_off_table(base: Scenario, laid: Scenario) -> tuple[str, ...]:
    """Named levels on offer in a case and not under an overlay, as people call them, issue by issue.

    Example:
        >>> from sim.scenario import read_scenario
        >>> case = "scenarios/monitored_deal"
        >>> taken_off_table(read_scenario(case), read_scenario(case, overlay="declared-sites"))
        ('any site',)
    """
    return tuple(
        level_title(base, name, issue.levels[place])
        for name, issue in base.issues.items()
        if issue.levels and name in laid.issues
        for place in issue.offered
        if issue.levels[place] not in {laid.issues[name].key(index) for index in laid.issues[name].offered}
    )


def packages_off_table(scenario: Scenario) -> tuple[str, ...]:
    """Packages of the case that are not on offer, as people call them.

    Example:
        >>> from sim.scenario import read_scenario
        >>> packages_off_table(read_scenario("scenarios/ceasefire"))
        ()
    """
    return tuple(
        package.title or name.replace("_", " ")
        for name, package in scenario.packages.items()
        if any(_off(scenario, issue, level) for issue, level in {**_as_it_is(scenario), **package.levels}.items())
    )


def _off(scenario: Scenario, issue: str, level: LevelName) -> bool:
    """Whether a level of an issue is not on offer; what is no level at all is not."""
    found = scenario.issues[issue]
    if level in found.taken_away:
        return True
    try:
        return found.index(level) not in found.offered
    except KeyError:
        return False


def _as_it_is(scenario: Scenario) -> dict[str, LevelName]:
    """The level of each issue that a package leaves out."""
    return {name: issue.status_quo_key for name, issue in scenario.issues.items()}


def _levels(clause: Clause) -> Iterator[tuple[str, str]]:
    """Issue and level of each comparison of terms."""
    for part in clause.parts:
        yield from _levels(part)
    head, _, issue = clause.name.partition(".")
    if head in _TERMS:
        yield from ((issue, value) for value in clause.values if isinstance(value, str))
