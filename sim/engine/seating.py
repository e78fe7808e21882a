"""Seat the negotiators: from a scenario's names and numbers to a protocol that can be played."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import numpy as np

from sim.engine.registered import names_are_registered
from sim.equilibria import (
    backward_induction,
    issue_by_issue_deals,
    mediated_screening,
    recognition_by_lot,
    screening_by_type,
)
from sim.foundations import InputError, Problem, settings_of, unknown_settings
from sim.protocols import PROTOCOLS, AbstractProtocol, Seats
from sim.scenario import Draws, Scenario, draw
from sim.scenario.drawn_option import DrawnOption
from sim.strategies import Negotiator, Setting, assemble, known_settings
from sim.table import DealSpace, Worlds, build, settled_scenario


def seat(worlds: Worlds) -> AbstractProtocol:
    """Build the protocol of the scenario for a block of draws, with everybody's strategy in it.

    Raises:  InputError for a protocol, strategy or setting that does not exist, or a value out of range
    """
    return _seated(worlds.scenario, worlds.draws, lambda: worlds)


def negotiator(scenario: Scenario, draws: Draws, actor: str) -> Negotiator:
    """One actor's behaviour as the scenario states it; Boulware-like time-dependent where it says nothing."""
    found = scenario.talks.strategies.get(actor)
    if found is None:
        return assemble()
    path = f"talks.strategies.{actor}"
    parts = (found.aspiration, found.offering, found.acceptance)
    kept = known_settings(*parts) if any(isinstance(part, DrawnOption) for part in parts) else set(found.settings)
    settings: dict[str, Setting] = {name: draws[f"{path}.settings.{name}"] for name in found.settings if name in kept}
    mixture = [
        (
            tactic.aspiration,
            draws[f"{path}.mixture.{n}.weight"],
            {name: draws[f"{path}.mixture.{n}.settings.{name}"] for name in tactic.settings},
        )
        for n, tactic in enumerate(found.mixture)
    ]
    with _placed("talks", "strategies", actor):
        return assemble(found.aspiration, found.offering, found.acceptance, settings, mixture)


def talk_rules(scenario: Scenario) -> list[Problem]:
    """Problems with the names, settings and values of the talks that only this layer can see.

    Values are tried on the central draw. The core model is built only for a protocol that looks at it beforehand.
    """
    if problems := [*names_are_registered(scenario)]:
        return problems
    for variant in (scenario, *_each_option(scenario)):
        try:
            space, draws = DealSpace.of(variant), draw(variant, np.arange(1), central=True)
            _seated(variant, draws, partial(build, space, draws))
        except InputError as error:
            return list(error.problems)
    return []


def _each_option(scenario: Scenario) -> Iterator[Scenario]:
    """The scenario with each option of a setting that is drawn, the others at their central ones."""
    central = tuple(number.options.index(str(number.quantity.value)) for number in scenario.choices)
    for n, number in enumerate(scenario.choices):
        for code in range(len(number.options)):
            if code != central[n]:
                yield settled_scenario(scenario, (*central[:n], code, *central[n + 1 :]))


def _seated(scenario: Scenario, draws: Draws, core: Callable[[], Worlds]) -> AbstractProtocol:
    name, given = scenario.talks.protocol, dict(scenario.talks.settings)
    kind = PROTOCOLS[name]
    if isinstance(name, DrawnOption):  # settings of the other protocols are theirs
        others = {item for option in name.options if option != name for item in settings_of(PROTOCOLS[option])}
        given = {key: value for key, value in given.items() if key in settings_of(kind) or key not in others}
    if problems := unknown_settings("protocol", name, given, settings_of(kind), ("talks", "settings")):
        raise InputError(problems)
    with _placed("talks"):
        seats = Seats(
            scenario=scenario,
            draws=draws,
            core=core,
            behaviour=negotiator,
            foresight=backward_induction,
            lot_foresight=recognition_by_lot,
            screening=screening_by_type,
            mediated=mediated_screening,
            by_issue=issue_by_issue_deals,
        )
        return kind.seated(seats, given)


@contextmanager
def _placed(*place: str) -> Iterator[None]:
    """Say of what is refused where it stands in the file; what is known by its whole path stays where it is."""
    try:
        yield
    except InputError as error:
        inside = {(), ("settings",), ("mixture",)}
        raise InputError(
            [
                replace(problem, path=(*place, *problem.path)) if problem.path[:1] in inside else problem
                for problem in error.problems
            ]
        ) from error
