"""The registries that a scenario can name members of, and the rule that it names members that are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from sim.equilibria import EQUILIBRIA
from sim.evidence import Place
from sim.forecasts import FORECASTS
from sim.foundations import Problem, Registry, nearest, settings_of, unknown_settings
from sim.protocols import PROTOCOLS
from sim.scenario import Scenario, Strategy
from sim.solutions import SOLUTIONS
from sim.strategies import ACCEPTANCES, ASPIRATIONS, OFFERINGS, wrong_settings
from sim.table import NO_DEAL_MODELS

#: Every registry of this layer and those below, by the kind of its members as people call it.
REGISTRIES: Final[dict[str, Registry[Any]]] = {
    found.kind: found
    for found in (PROTOCOLS, ASPIRATIONS, ACCEPTANCES, OFFERINGS, SOLUTIONS, EQUILIBRIA, FORECASTS, NO_DEAL_MODELS)
}


def names_are_registered(scenario: Scenario) -> Iterator[Problem]:
    """Problems with members and settings of members that do not exist; a rule for ``read_case``."""
    talks, conventions = scenario.talks, scenario.conventions
    if scenario.no_deal.model is not None:
        yield from _unknown(NO_DEAL_MODELS, scenario.no_deal.model, ("no_deal", "model"))
    yield from _unknown(PROTOCOLS, talks.protocol, ("talks", "protocol"))
    if talks.protocol in PROTOCOLS:
        known = settings_of(PROTOCOLS[talks.protocol])
        yield from unknown_settings("protocol", talks.protocol, talks.settings, known, ("talks", "settings"))
    for actor, strategy in talks.strategies.items():
        yield from _of_strategy(strategy, ("talks", "strategies", actor))
    for n, name in enumerate(conventions.protocols):
        yield from _unknown(PROTOCOLS, name, ("conventions", "protocols", n))
    for n, name in enumerate(conventions.solutions):
        yield from _unknown(SOLUTIONS, name, ("conventions", "solutions", n))


def _of_strategy(strategy: Strategy, place: Place) -> Iterator[Problem]:
    """Names first; settings of parts that do not exist cannot be judged."""
    problems = []
    if not strategy.mixture:
        problems += _unknown(ASPIRATIONS, strategy.aspiration, (*place, "aspiration"))
    problems += _unknown(ACCEPTANCES, strategy.acceptance, (*place, "acceptance"))
    problems += _unknown(OFFERINGS, strategy.offering, (*place, "offering"))
    for n, tactic in enumerate(strategy.mixture):
        problems += _unknown(ASPIRATIONS, tactic.aspiration, (*place, "mixture", n, "aspiration"))
    if not problems:
        tactics = [(tactic.aspiration, 1.0, dict.fromkeys(tactic.settings, 0.0)) for tactic in strategy.mixture]
        wrong = wrong_settings(strategy.aspiration, strategy.offering, strategy.acceptance, strategy.settings, tactics)
        problems += [replace(problem, path=(*place, *problem.path)) for problem in wrong]
    yield from problems


def _unknown(members: Registry[Any], name: str, place: Place) -> list[Problem]:
    if name in members:
        return []
    known = members.names
    return [Problem(f'no {members.kind} is called "{name}"', place, ", ".join(known), nearest(name, known))]
