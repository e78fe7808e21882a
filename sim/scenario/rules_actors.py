"""Rules on actors: preferences wherever they matter, red lines that can be crossed, power, pressure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

from sim.evidence import Place
from sim.foundations import Problem
from sim.scenario.actor import MOST_JOINED, Actor, RedLine
from sim.scenario.issue import Issue
from sim.scenario.kinds import models_war
from sim.scenario.level_range import LevelRange
from sim.scenario.money import currency
from sim.scenario.naming import (
    as_written,
    exact_level_problems,
    level_problems,
    levels_in_words,
    levels_problems,
    named_ends,
    twice_problems,
    unknown_name,
)
from sim.scenario.private_numbers import is_within, may_be_private
from sim.scenario.quantity import Quantity
from sim.scenario.scenario import Scenario


def actor_problems(scenario: Scenario) -> Iterator[Problem]:
    """Everything that is wrong with actors."""
    if len(scenario.parties) < 2:
        yield Problem(
            f"a negotiation needs two parties or more to whom something matters; there is {len(scenario.parties)}",
            ("actors",),
            'role = "party" (the default) and a salience above 0 for those who sign',
        )
    for name, actor in scenario.actors.items():
        place: Place = ("actors", name)
        yield from _names(scenario, name, actor, place)
        yield from _salience(scenario, name, actor, place)
        yield from _preferences(scenario, name, actor, place)
        for line_name, line in actor.red_lines.items():
            yield from _red_line(scenario.issues, line, (*place, "red_lines", line_name))
        yield from _private(scenario, name, actor, place)
    yield from _power(scenario)
    yield from _prevail_shift(scenario)


def _private(scenario: Scenario, name: str, actor: Actor, place: Place) -> Iterator[Problem]:
    """Secrets are numbers of one's own, with a range that others know, and no others' values hang on them."""
    own = {path.partition(".")[2]: number for path, number in scenario.numbers.items() if path.startswith(f"{name}.")}
    tables = {field.rsplit(".", depth)[0] for field in own for depth in range(1, field.count(".") + 1)}
    for index, named in enumerate(actor.private):
        where: Place = (*place, "private", index)
        meant = [number for field, number in own.items() if is_within(field, named)]
        if not meant:
            yield unknown_name("number", named, [*own, *sorted(tables)], where)
        elif not may_be_private(named):
            yield Problem(
                f"what war is worth to others depends on {name}.{named}, so it cannot be known to {name} alone",
                where,
                "war_cost, reservation, patience, optimism, red lines, or what somebody wants",
            )
        elif not any(number.quantity.spread and not number.quantity.follows for number in meant):
            yield Problem(
                f"{name}.{named} has no range of its own, so that others know it", where, "low and high beside value"
            )


def _pairs(scenario: Scenario, actor: Actor, place: Place) -> Iterator[Problem]:
    """Pairs of issues that go well together: two of them, each pair once, not so many that no best deal is found."""
    seen: set[frozenset[str]] = set()
    for key, pair in actor.pairs.items():
        where: Place = (*place, *(int(part) if part.isdecimal() else part for part in key.split(".")), "issues")
        wrong = False
        for index, issue in enumerate(pair.issues):
            if issue not in scenario.issues:
                wrong = True
                yield unknown_name("issue", issue, scenario.issues, (*where, index))
        joined = frozenset(pair.issues)
        if len(joined) < 2:
            yield Problem("a bonus joins two different issues", where)
        elif not wrong and joined in seen:
            yield Problem(f"{' and '.join(pair.issues)} are joined twice: say it once, with one size", where)
        seen.add(joined)
    if all(issue in scenario.issues for pair in actor.pairs.values() for issue in pair.issues):
        for group in actor.joined:
            size = math.prod(len(scenario.issues[issue].scale) for issue in group)
            if size > MOST_JOINED:
                yield Problem(
                    f"{', '.join(group)} hang together by interactions, in {size:,} combinations of levels",
                    (*place, "interactions"),
                    f"up to {MOST_JOINED:,}: fewer levels, or fewer pairs that share an issue",
                )


def _names(scenario: Scenario, name: str, actor: Actor, place: Place) -> Iterator[Problem]:
    for field in ("salience", "worth", "position", "shape", "values"):
        for issue in getattr(actor, field):
            if issue not in scenario.issues:
                yield unknown_name("issue", issue, scenario.issues, (*place, field, issue))
    yield from _pairs(scenario, actor, place)
    for target in actor.pressure:
        where = (*place, "pressure", target)
        if target not in scenario.actors:
            yield unknown_name("actor", target, scenario.actors, where)
        elif target == name:
            yield Problem(f'"{name}" cannot press itself', where)


def _salience(scenario: Scenario, name: str, actor: Actor, place: Place) -> Iterator[Problem]:
    consents = any(name in needed.actors for issue in scenario.issues.values() for needed in issue.consents)
    if actor.role != "party" and not actor.pressure and not consents and not actor.weighs:
        return  # nobody asks what this one prefers
    yield from _worth(scenario, actor, place)
    if not actor.weighs:
        yield Problem(
            f'"{name}" gives weight to no issue: salience is missing',
            (*place, "salience"),
            "a salience above 0 on one issue or more; 0 on all of somebody who counts for nothing",
        )


def _worth(scenario: Scenario, actor: Actor, place: Place) -> Iterator[Problem]:
    """Weights in money: all in one currency, none beside salience, per step of the issue's own unit."""
    if actor.worth and actor.salience:
        message = "weights are salience, or worth in money, not both: they could not be added"
        yield Problem(message, (*place, "salience"), "one of them for every issue")
    units = {name: one.unit for name, one in actor.worth.items()}
    coins = {currency(unit) for unit in units.values()}
    for name, unit in units.items():
        where = (*place, "worth", name)
        if not unit:
            yield Problem("a worth in money says of what", where, '"12,000 USD per week", "300,000 USD"')
        elif len(coins) > 1:
            yield Problem(f'"{unit}" is one of several currencies: {", ".join(sorted(coins))}', where, "one currency")
        step, issue = unit.partition(" per ")[2], scenario.issues.get(name)
        if step and issue is not None and issue.unit and _singular(step) != _singular(issue.unit):
            message = f'issue "{name}" is counted in {issue.unit}, so it is worth so much per {issue.unit}'
            yield Problem(message, where, f"… per {issue.unit}, or the whole of it: no “per”")


def _singular(unit: str) -> str:
    return unit.strip().lower().removesuffix("s")


def _preferences(scenario: Scenario, name: str, actor: Actor, place: Place) -> Iterator[Problem]:
    for issue_name, issue in scenario.issues.items():
        position, values = actor.position.get(issue_name), actor.values.get(issue_name)
        weighed = issue_name in actor.weighs and actor.weighs[issue_name].may_exceed_zero
        if position is None and values is None and weighed:
            wanted = "values of each level" if issue.kind == "categorical" else "a position, or values of each level"
            yield Problem(
                f'"{name}" gives weight to issue "{issue_name}" but does not say what it wants there',
                (*place, "salience" if issue_name in actor.salience else "worth", issue_name),
                wanted,
            )
        if position is not None and values is not None:
            yield Problem(
                f'"{name}" has both a position and values on issue "{issue_name}"; one of them is enough',
                (*place, "values", issue_name),
            )
        if position is not None and issue.kind == "categorical":
            yield Problem(
                f'issue "{issue_name}" has no order, so "{name}" cannot have a position on it',
                (*place, "position", issue_name),
                "values of each level",
            )
        elif position is not None:
            for level, where in named_ends(position, (*place, "position", issue_name)):
                yield from level_problems(issue_name, issue, level, where)
            yield from _order_of_range(issue, position, (*place, "position", issue_name))
        if values is not None:
            yield from _value_table(issue_name, issue, values, (*place, "values", issue_name))


def _order_of_range(issue: Issue, found: Quantity, place: Place) -> Iterator[Problem]:
    """Ranges between named levels, which the number itself cannot check."""
    if found.low is None or found.high is None or found.options is not None:
        return
    if not all(issue.knows(end) for end in (found.low, found.value, found.high)):
        return
    low, value, high = (issue.place(end) for end in (found.low, found.value, found.high))
    if low > high:
        yield Problem(f"the range runs backwards: {as_written(found.low)} comes after {as_written(found.high)}", place)
    elif not low <= value <= high:
        yield _outside_its_range(found, place)


def _outside_its_range(found: Quantity, place: Place) -> Problem:
    value, low, high = (as_written(end) for end in (found.value, found.low, found.high))
    return Problem(f"value {value} lies outside its range {low} to {high}", place)


def _value_table(name: str, issue: Issue, values: Mapping[str, Quantity], place: Place) -> Iterator[Problem]:
    wrong = {level: list(exact_level_problems(name, issue, level, (*place, level))) for level in values}
    for found in wrong.values():
        yield from found
    yield from twice_problems(name, issue, values, place)
    given = {issue.index(level) for level, found in wrong.items() if not found}
    if missing := [key for index, key in enumerate(issue.keys) if index not in given]:
        shown = ", ".join(missing[:6]) + (", …" if len(missing) > 6 else "")
        yield Problem(f'values on issue "{name}" leave out {shown}', place, "a value from 0 to 1 for every level")


def _red_line(issues: Mapping[str, Issue], line: RedLine, place: Place) -> Iterator[Problem]:
    if line.issue is None:
        return
    if line.issue not in issues:
        yield unknown_name("issue", line.issue, issues, (*place, "issue"))
        return
    issue = issues[line.issue]
    if line.levels:
        yield from _forbidden_levels(issue, line, place)
        return
    if issue.kind == "categorical":
        yield Problem(
            f'issue "{line.issue}" has no order, so nothing lies on the way to "{as_written(line.rejects)}"',
            (*place, "rejects"),
            f"levels = [...], among {levels_in_words(issue)}",
        )
        return
    assert line.rejects is not None
    assert line.begins is not None
    wrong = list(exact_level_problems(line.issue, issue, line.rejects, (*place, "rejects")))
    for level, where in named_ends(line.begins, (*place, "begins")):
        wrong += level_problems(line.issue, issue, level, where)
    if wrong or any(exact_level_problems(line.issue, issue, issue.status_quo, ())):
        yield from wrong
        return
    yield from _beginning(issue, line, place)


def _forbidden_levels(issue: Issue, line: RedLine, place: Place) -> Iterator[Problem]:
    if issue.kind != "categorical" and not all(isinstance(level, LevelRange) for level in line.levels):
        yield Problem(
            f'issue "{line.issue}" has an order: a red line says which end it rejects and where it begins',
            (*place, "levels"),
            "rejects and begins, or levels = { at_least = … } for a line that is known for sure",
        )
        return
    for index, level in enumerate(line.levels):
        where: Place = (*place, "levels")
        wrong = list(levels_problems(str(line.issue), issue, (level,), where))
        yield from (replace(problem, path=(*where, index, *problem.path[len(where) + 1 :])) for problem in wrong)
        if not wrong and issue.status_quo_index in issue.indices([level]):
            yield Problem(f'"{issue.status_quo_key}" is the status quo, which no deal is needed for', (*where, index))


def _beginning(issue: Issue, line: RedLine, place: Place) -> Iterator[Problem]:
    """Whether ``begins`` lies on the way from the status quo to ``rejects``.

    Among options it may be the status quo itself: writing down what is there already is then a concession.
    """
    assert line.begins is not None
    assert line.rejects is not None
    rest, far = issue.status_quo_position, issue.place(line.rejects)
    if rest == far:
        yield Problem(f'"{as_written(line.rejects)}" is the status quo, which cannot be rejected', (*place, "rejects"))
        return
    drawn = line.begins.spread and line.begins.options is None
    for level, where in named_ends(line.begins, (*place, "begins")):
        share = (issue.place(level) - rest) / (far - rest)
        # a drawn range may touch the status quo (no draw falls on it); an option says so on purpose
        if share < 0 or share > 1 + 1e-12 or (share == 0 and not drawn and line.begins.options is None):
            yield Problem(
                f"the line begins at {as_written(level)}, which is not on the way from the status quo "
                f'"{issue.status_quo_key}" to "{as_written(line.rejects)}"',
                where,
                "a level beyond the status quo, up to the one rejected",
            )
            return
    yield from _order_of_begins(issue, line.begins, (*place, "begins"))


def _order_of_begins(issue: Issue, begins: Quantity, place: Place) -> Iterator[Problem]:
    """A range of beginnings may be written in either direction; the value must lie inside."""
    if begins.low is None or begins.high is None or begins.options is not None:
        return
    low, value, high = (issue.place(end) for end in (begins.low, begins.value, begins.high))
    if not min(low, high) <= value <= max(low, high):
        yield _outside_its_range(begins, place)


def _prevail_shift(scenario: Scenario) -> Iterator[Problem]:
    stated = [name for name, actor in scenario.actors.items() if actor.prevail_shift is not None]
    for name in stated:
        actor, place = scenario.actors[name], ("actors", name, "prevail_shift")
        if name not in scenario.parties or actor.reservation is not None or not models_war(scenario):
            yield Problem(
                f'"{name}" is nobody for whom arms may decide', place, "a party to a war, without reservation"
            )
        elif len(stated) > 1 and name != stated[0]:
            yield Problem(f'"{stated[0]}" says already how chances to prevail change', place, "one party states it")
    if stated:
        for name, actor in scenario.actors.items():
            if actor.power_shift is not None:
                yield Problem(
                    "the shift of power is counted twice: as a change of who prevails, and in own value",
                    ("actors", name, "power_shift"),
                    f"{stated[0]}.prevail_shift alone, or power_shift alone",
                )


def _power(scenario: Scenario) -> Iterator[Problem]:
    chance = scenario.talks.decisive_chance
    if chance is None or not chance.may_exceed_zero:
        return
    fighters = {name: scenario.actors[name] for name in scenario.parties if scenario.actors[name].reservation is None}
    for name, actor in fighters.items():
        if actor.power is None:
            yield Problem(
                f'arms may decide (talks.decisive_chance), but "{name}" has no power',
                ("actors", name),
                "power = { value = … }, or reservation where no deal is not a war",
            )
    powers = [actor.power for actor in fighters.values()]
    if powers and all(power is not None and not power.may_exceed_zero for power in powers):
        yield Problem("all parties have power 0, so nobody can prevail", ("actors",), "power above 0 for one party")
