"""Rules on what happens without a deal, and on the kinds of deal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sim.foundations import Problem
from sim.scenario.kinds import OTHER_KIND, deal_kinds, no_deal_model, war_numbers
from sim.scenario.naming import levels_problems, unknown_name
from sim.scenario.scenario import Scenario

#: Which keys of [no_deal] each model reads; models from outside may read all of them.
_READ: Final[Mapping[str, tuple[str, ...]]] = {
    "war": ("drift",),
    "reservation": (),
    "status-quo": ("drift",),
    "rival": ("chance", "worth"),
    "vote-again": ("worth",),
}
_FIELDS: Final = ("chance", "worth", "drift")
#: Words that outcome columns use for something else.
_TAKEN: Final = (
    "none", "no_deal", "broken", "stalemate", "war", "any", OTHER_KIND, "any-deal",
    "fighting_without_deal", "fighting_after_broken_deal", "taken_by_others",
)  # fmt: skip


def no_deal_problems(scenario: Scenario) -> Iterator[Problem]:
    """Everything that is wrong with what happens without a deal."""
    found, model = scenario.no_deal, no_deal_model(scenario)
    for field in ("worth", "drift"):
        for name in getattr(found, field):
            if name not in scenario.actors:
                yield unknown_name("actor", name, scenario.actors, ("no_deal", field, name))
    yield from _unread(scenario, model)
    yield from _missing(scenario, model)


def _missing(scenario: Scenario, model: str) -> Iterator[Problem]:
    """Numbers that the model asks for."""
    found = scenario.no_deal
    if model == "rival" and found.chance is None:
        message = '"chance" is missing: how likely is it in a year that somebody else gets the deal?'
        yield Problem(message, ("no_deal",), "chance = { value = … }")
    if model in {"rival", "vote-again"}:
        for name in scenario.actors:
            if name not in found.worth and _counts(scenario, name):
                message = f'what the end of talks without a deal is worth to "{name}" is missing'
                yield Problem(message, ("no_deal",), f"worth.{name} = {{ value = … }}")
    if model == "reservation":
        for name in scenario.parties:
            if scenario.actors[name].reservation is None:
                message = f'what no deal is worth to "{name}" is missing'
                yield Problem(message, ("actors", name), "reservation = { value = … }")


def _unread(scenario: Scenario, model: str) -> Iterator[Problem]:
    """Numbers that the model does not look at."""
    read = _READ.get(model, _FIELDS)
    for field in _FIELDS:
        if getattr(scenario.no_deal, field) and field not in read:
            using = " or ".join(f'"{name}"' for name, fields in _READ.items() if field in fields)
            yield Problem(f'"{field}" has no effect under model "{model}"', ("no_deal", field), f"model = {using}")
    if model == "status-quo":
        for name, actor in scenario.actors.items():
            if actor.reservation is not None:
                place = ("actors", name, "reservation")
                yield Problem('"reservation" has no effect under model "status-quo"', place, 'model = "reservation"')
    if model in _READ and model != "war":
        for where in war_numbers(scenario):
            message = f'"{where[-1]}" has no effect under model "{model}", which has no war'
            yield Problem(message, where, 'model = "war"')


def kind_problems(scenario: Scenario) -> Iterator[Problem]:
    """Everything that is wrong with kinds of deal; selections by kind where nothing is."""
    wrong = list(_kinds(scenario))
    yield from wrong or _selected_kinds(scenario)


def _kinds(scenario: Scenario) -> Iterator[Problem]:
    for name, kind in scenario.kinds.items():
        place = ("kinds", name)
        if name in _TAKEN:
            yield Problem(f'a kind of deal cannot be called "{name}", which outcomes use for something else', place)
        elif not name.isidentifier():
            yield Problem(f'the name "{name}" cannot be written in a condition', place, "letters, digits and _")
        for issue, levels in kind.levels.items():
            if issue not in scenario.issues:
                yield unknown_name("issue", issue, scenario.issues, (*place, "levels", issue))
                continue
            yield from levels_problems(issue, scenario.issues[issue], levels, (*place, "levels", issue))


def _selected_kinds(scenario: Scenario) -> Iterator[Problem]:
    """Observations on kinds of deal that the case does not tell apart."""
    known = deal_kinds(scenario)
    for name, observation in scenario.observations.items():
        for field in ("deals", "over"):
            selector = getattr(observation, field)
            for kind_name in selector.kinds if selector is not None else ():
                if kind_name not in known:
                    yield unknown_name("kind of deal", kind_name, known, ("observations", name, field, "kind"))


def _counts(scenario: Scenario, name: str) -> bool:
    """Whether anybody asks what no deal is worth to an actor."""
    actor = scenario.actors[name]
    return actor.role == "party" or bool(actor.pressure)
