"""Rules on events: when they come, which numbers they can move, and what they cannot be combined with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sim.evidence import Place
from sim.foundations import Problem, nearest
from sim.scenario.draws import span
from sim.scenario.event import Event
from sim.scenario.interval import interval_at
from sim.scenario.kinds import no_deal_model
from sim.scenario.naming import exact_level_problems, level_problems, named_ends, unknown_name
from sim.scenario.scenario import Scenario

#: Numbers that are not read once talks have begun, or are no numbers of the world.
_FIXED = ("events.", "talks.reopening.", "observations.")


def event_problems(scenario: Scenario) -> Iterator[Problem]:
    """Everything that is wrong with events."""
    for name, event in scenario.events.items():
        place: Place = ("events", name)
        if not name.isidentifier():
            yield Problem(f'the name "{name}" cannot be written in a condition', place, "letters, digits and _")
        if event.by is not None and event.by not in scenario.actors:
            yield unknown_name("actor", event.by, scenario.actors, (*place, "by"))
        yield from _when(scenario, event, place)
        for issue, level in event.status_quo.items():
            where: Place = (*place, "status_quo", issue)
            if issue not in scenario.issues:
                yield unknown_name("issue", issue, scenario.issues, where)
                continue
            yield from exact_level_problems(issue, scenario.issues[issue], level, where)
        for field in ("adds", "sets"):
            for path in getattr(event, field):
                yield from _number(scenario, event, field, path, (*place, field, path))
    if scenario.events:
        yield from _combined(scenario)


def _when(scenario: Scenario, event: Event, place: Place) -> Iterator[Problem]:
    talks = scenario.talks
    if event.on is None:
        found = span(scenario, scenario.numbers[f"events.{place[1]}.chance"])
        if found is not None and found[1] >= 1:
            yield Problem("a chance per year is below 1; what is certain comes on a day", (*place, "chance"), "on = …")
        return
    if isinstance(event.on, dt.date):
        if talks.start is None:
            yield Problem(
                "it comes on a day, so talks.start is needed: the day on which the talks begin", (*place, "on")
            )
            return
        if event.on <= talks.start:
            yield Problem(f"it comes on {event.on}, before the talks begin on {talks.start}", (*place, "on"))
            return
    if talks.count(event.on) >= talks.horizon_rounds:
        yield Problem(
            f"it comes in round {talks.count(event.on)}, after the story has ended with {talks.horizon_rounds} rounds",
            (*place, "on"),
            "an earlier day, or a longer talks.horizon",
        )


def _number(scenario: Scenario, event: Event, field: str, path: str, place: Place) -> Iterator[Problem]:
    number = scenario.numbers.get(path)
    if number is None or path.startswith(_FIXED) or number.options:
        near = nearest(path, scenario.numbers)
        yield Problem(f'there is no number "{path}" that could change', place, nearest=near)
        return
    if number.quantity.follows:
        other = number.quantity.mirrors or "the deal it is like"
        yield Problem(f"{path} follows {other}; change that", place)
        return
    if field == "adds" and path in event.sets:
        yield Problem(f"{path} is set and added to by the same event", place, "one of both")
    said = getattr(event, field)[path]
    if field == "sets" and number.issue is not None:
        for level, where in named_ends(said, place):
            yield from level_problems(number.issue, scenario.issues[number.issue], level, where)
        return
    for end, where in named_ends(said, place):
        if isinstance(end, str):
            yield Problem(f'"{end}" is text; a number is needed here', where)
            continue
        allowed = interval_at(Scenario, number.place) if field == "sets" else None
        if allowed is not None and end not in allowed:
            yield Problem(f"{path} {end:g} makes no sense: must be {allowed.words}", where)


def _combined(scenario: Scenario) -> Iterator[Problem]:
    """What the play does not work out together with events."""
    reopening = scenario.talks.reopening
    if reopening is not None and reopening.after_failure is not None:
        yield Problem(
            "talks that are held anew after they failed are not worked out beside events",
            ("talks", "reopening", "after_failure"),
            "an event that changes the same numbers, or no [events]",
        )
    if no_deal_model(scenario) == "vote-again":
        yield Problem(
            "events are not worked out where talks end with a last vote",
            ("no_deal", "model"),
            'model = "reservation" or "status-quo"',
        )
    roots = {name for name, issue in scenario.issues.items() if issue.root_cause_of}
    if any(issue.follow_on for issue in scenario.issues.values()):
        for name, event in scenario.events.items():
            for issue in sorted(roots & set(event.status_quo)):
                yield Problem(
                    "a root cause cannot change how it stands where some deals open follow-on talks",
                    ("events", name, "status_quo", issue),
                )
