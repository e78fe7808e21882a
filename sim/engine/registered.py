"""The registries that a scenario can name members of, and the rule that it names members that are there."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from sim.equilibria import EQUILIBRIA
from sim.evidence import Place
from sim.forecasts import FORECASTS
from sim.foundations import InputError, Problem, Registry, nearest, settings_of, unknown_settings
from sim.games import GAMES
from sim.protocols import PROTOCOLS
from sim.scenario import Number, Scenario, Strategy
from sim.scenario.drawn_option import options_of
from sim.scenario.draws import span
from sim.scenario.naming import named_ends
from sim.solutions import SOLUTIONS
from sim.strategies import ACCEPTANCES, ASPIRATIONS, OFFERINGS, assemble, wrong_settings
from sim.strategies.assemble import TacticMember
from sim.table import NO_DEAL_MODELS

#: Every registry of this layer and those below, by the kind of its members as people call it.
REGISTRIES: Final[dict[str, Registry[Any]]] = {
    found.kind: found
    for found in (
        PROTOCOLS,
        ASPIRATIONS,
        ACCEPTANCES,
        OFFERINGS,
        SOLUTIONS,
        EQUILIBRIA,
        GAMES,
        FORECASTS,
        NO_DEAL_MODELS,
    )
}


def names_are_registered(scenario: Scenario) -> Iterator[Problem]:
    """Problems with members that do not exist, and with settings they do not have or may not take.

    A rule for ``read_case``: a setting is tried over its whole range, so that no draw refuses it later.
    """
    talks, conventions = scenario.talks, scenario.conventions
    if scenario.no_deal.model is not None:
        yield from _unknown(NO_DEAL_MODELS, scenario.no_deal.model, ("no_deal", "model"))
    protocols = options_of(talks.protocol)
    yield from (problem for name in protocols for problem in _unknown(PROTOCOLS, name, ("talks", "protocol")))
    if all(name in PROTOCOLS for name in protocols):
        known = dict.fromkeys(item for name in protocols for item in settings_of(PROTOCOLS[name]))
        yield from unknown_settings("protocol", talks.protocol, talks.settings, known, ("talks", "settings"))
    for actor, strategy in talks.strategies.items():
        yield from _of_strategy(scenario, strategy, ("talks", "strategies", actor))
    for n, name in enumerate(conventions.protocols):
        yield from _unknown(PROTOCOLS, name, ("conventions", "protocols", n))
    for n, name in enumerate(conventions.solutions):
        yield from _unknown(SOLUTIONS, name, ("conventions", "solutions", n))


def _of_strategy(scenario: Scenario, strategy: Strategy, place: Place) -> Iterator[Problem]:
    """Names first, then values; settings of parts that do not exist cannot be judged."""
    problems = []
    if not strategy.mixture:
        for name in options_of(strategy.aspiration):
            problems += _unknown(ASPIRATIONS, name, (*place, "aspiration"))
    for name in options_of(strategy.acceptance):
        problems += _unknown(ACCEPTANCES, name, (*place, "acceptance"))
    for name in options_of(strategy.offering):
        problems += _unknown(OFFERINGS, name, (*place, "offering"))
    for n, tactic in enumerate(strategy.mixture):
        problems += _unknown(ASPIRATIONS, tactic.aspiration, (*place, "mixture", n, "aspiration"))
    if not problems:
        tactics: list[TacticMember] = [
            (tactic.aspiration, 1.0, dict.fromkeys(tactic.settings, 0.0)) for tactic in strategy.mixture
        ]
        parts = (strategy.aspiration, strategy.offering, strategy.acceptance)
        each = [
            wrong_settings(aspiration, offering, acceptance, strategy.settings, tactics)
            for aspiration, offering, acceptance in itertools.product(*map(options_of, parts))
        ]
        everywhere = set.intersection(*({problem.path for problem in wrong} for wrong in each))
        wrong = [problem for problem in each[0] if problem.path in everywhere]  # known under no option
        problems += [replace(problem, path=(*place, *problem.path)) for problem in wrong]
    yield from problems or _out_of_range(scenario, strategy, place)


def _out_of_range(scenario: Scenario, strategy: Strategy, place: Place) -> Iterator[Problem]:
    """Settings of which some value that can be drawn is refused, each at the value that is."""
    for number in scenario.numbers.values():
        *front, table, setting = number.place
        if number.place[: len(place)] != place or table != "settings":
            continue
        for end, where in _reached(scenario, number):
            try:
                _assembled(strategy, tuple(front[len(place) :]), {str(setting): end})
            except InputError as error:
                of_key = where[-2:-1] == ("options",)
                yield from (replace(problem, path=where, of_key=of_key) for problem in error.problems)
                break


def _reached(scenario: Scenario, number: Number) -> list[tuple[float, Place]]:
    """Values that a plain number can take at the ends of its range, each with its keys in the file."""
    if number.quantity.mirrors:
        return [(end, (*number.place, "mirrors")) for end in span(scenario, number) or ()]
    try:
        return [(float(end), where) for end, where in named_ends(number.quantity, number.place)]
    except ValueError:
        return []  # text where a number is due, which is said elsewhere


def _assembled(strategy: Strategy, part: Place, settings: Mapping[str, float]) -> None:
    """Put a strategy together, or one tactic of its mixture, with some of its settings."""
    if part:
        assemble(mixture=[(strategy.mixture[int(part[1])].aspiration, 1.0, settings)])
    else:
        tactics: list[TacticMember] = [(tactic.aspiration, 1.0, {}) for tactic in strategy.mixture]
        assemble(strategy.aspiration, strategy.offering, strategy.acceptance, settings, tactics)


def _unknown(members: Registry[Any], name: str, place: Place) -> list[Problem]:
    if name in members:
        return []
    known = members.names
    return [Problem(f'no {members.kind} is called "{name}"', place, ", ".join(known), nearest(name, known))]
