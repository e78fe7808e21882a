"""Seat the negotiators: from a scenario's names and numbers to a protocol that can be played."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np

from sim.foundations import InputError, Problem, nearest
from sim.protocols import PROTOCOLS, AbstractProtocol
from sim.scenario import Draws, Scenario, draw
from sim.strategies import Negotiator, Setting, assemble
from sim.table import DealSpace, Worlds, build

#: Fields that the scenario fills, not its ``[talks.settings]``.
_FILLED = ("rounds", "negotiators", "plan")


def seat(worlds: Worlds) -> AbstractProtocol:
    """Build the protocol of the scenario for a block of draws, with everybody's strategy in it.

    Raises:  InputError for a protocol, strategy or setting that does not exist
    """
    scenario = worlds.scenario
    kind = PROTOCOLS[scenario.talks.protocol]
    known = [item.name for item in fields(kind)]  # type: ignore[arg-type]
    given: dict[str, Any] = dict(scenario.talks.settings)
    problems = [
        Problem(
            f'the protocol "{scenario.talks.protocol}" has no setting "{name}"',
            ("talks", "settings", name),
            allowed=", ".join(item for item in known if item not in _FILLED) or "none",
            nearest=nearest(name, known),
        )
        for name in given
        if name not in known or name in _FILLED
    ]
    if problems:
        raise InputError(problems)
    if "time_scale" in known:
        given.setdefault("time_scale", scenario.conventions.time_scale)
    if "negotiators" in known:
        given["negotiators"] = tuple(negotiator(scenario, worlds.draws, name) for name in worlds.actors)
    if "plan" in known:
        from sim.equilibria.backward_induction import plan

        given["plan"] = plan(worlds.table, scenario.talks.talk_rounds)
    build_protocol: Any = kind
    protocol: AbstractProtocol = build_protocol(rounds=scenario.talks.talk_rounds, **given)
    return protocol


def negotiator(scenario: Scenario, draws: Draws, actor: str) -> Negotiator:
    """One actor's behaviour as the scenario states it; Boulware-like time-dependent where it says nothing."""
    found = scenario.talks.strategies.get(actor)
    if found is None:
        return assemble()
    path = f"talks.strategies.{actor}"
    settings: dict[str, Setting] = {name: draws[f"{path}.settings.{name}"] for name in found.settings}
    mixture = [
        (
            tactic.aspiration,
            draws[f"{path}.mixture.{n}.weight"],
            {name: draws[f"{path}.mixture.{n}.settings.{name}"] for name in tactic.settings},
        )
        for n, tactic in enumerate(found.mixture)
    ]
    return assemble(found.aspiration, found.offering, found.acceptance, settings, mixture)


def talk_rules(scenario: Scenario) -> list[Problem]:
    """Problems with the names of protocol and strategies that only this layer can see."""
    try:
        seat(build(DealSpace.of(scenario), draw(scenario, np.arange(1), central=True)))
    except InputError as error:
        return [
            problem if problem.path else Problem(problem.message, ("talks",), problem.allowed, problem.nearest)
            for problem in error.problems
        ]
    return []
