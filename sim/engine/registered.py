"""Every registry of the package, and the rule that a scenario uses names that are in them."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sim.evidence import Place
from sim.foundations import Entry, Problem, Registry, nearest
from sim.scenario import Scenario, Strategy

#: Kind as people call it -> where its registry is.
REGISTRIES: Final[dict[str, tuple[str, str]]] = {
    "protocol": ("sim.protocols", "PROTOCOLS"),
    "strategy": ("sim.strategies", "ASPIRATIONS"),
    "acceptance rule": ("sim.strategies", "ACCEPTANCES"),
    "offering rule": ("sim.strategies", "OFFERINGS"),
    "solution": ("sim.solutions", "SOLUTIONS"),
    "equilibrium": ("sim.equilibria", "EQUILIBRIA"),
    "figure": ("sim.plots", "PLOTS"),
}


def registry(kind: str) -> Registry[Any] | None:
    """The registry of a kind; ``None`` if this version has none."""
    module, name = REGISTRIES[kind]
    try:
        found = getattr(importlib.import_module(module), name, None)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return None
    return found if isinstance(found, Registry) else None


def everything() -> Iterator[tuple[str, Entry[Any]]]:
    """Every registered member with its kind."""
    for kind in REGISTRIES:
        for entry in registry(kind) or ():
            yield kind, entry


def names_are_registered(scenario: Scenario) -> Iterator[Problem]:
    """Problems with protocols, strategies and their settings that do not exist; a rule for ``read_case``."""
    talks = scenario.talks
    yield from _name("protocol", talks.protocol, ("talks", "protocol"))
    yield from _settings("protocol", [talks.protocol], talks.settings, ("talks", "settings"))
    for actor, strategy in talks.strategies.items():
        place: Place = ("talks", "strategies", actor)
        parts = _companions(strategy)
        if not strategy.mixture:
            yield from _name("strategy", strategy.aspiration, (*place, "aspiration"))
        yield from _name("acceptance rule", strategy.acceptance, (*place, "acceptance"))
        yield from _name("offering rule", strategy.offering, (*place, "offering"))
        known = _fields("strategy", strategy.aspiration) if not strategy.mixture else set()
        for kind, name in parts.items():
            known = known | _fields(kind, name)
        if strategy.mixture or _all_known({"strategy": strategy.aspiration, **parts}):
            yield from _unknown_settings(strategy.settings, known | {"tolerance"}, (*place, "settings"))
        for index, tactic in enumerate(strategy.mixture):
            where: Place = (*place, "mixture", index)
            yield from _name("strategy", tactic.aspiration, (*where, "aspiration"))
            yield from _settings("strategy", [tactic.aspiration], tactic.settings, (*where, "settings"))


def _companions(strategy: Strategy) -> dict[str, str]:
    """The rules that go with a strategy: its own, where it brings some, else those named."""
    strategies = registry("strategy")
    parts = {"offering rule": strategy.offering, "acceptance rule": strategy.acceptance}
    if strategies is not None and strategy.aspiration in strategies and not strategy.mixture:
        own = getattr(strategies[strategy.aspiration], "companions", None)
        parts = dict(zip(parts, own, strict=True)) if own else parts
    return parts


def _all_known(names: Mapping[str, str]) -> bool:
    """Whether every kind has a member of its name; settings of an unknown one cannot be judged."""
    return all(members is None or name in members for kind, name in names.items() for members in [registry(kind)])


def _name(kind: str, name: str, place: Place) -> Iterator[Problem]:
    known = registry(kind)
    if known is not None and name not in known:
        yield Problem(f'no {kind} is called "{name}"', place, ", ".join(known.names), nearest(name, known.names))


def _settings(kind: str, names: Iterable[str], given: Mapping[str, Any], place: Place) -> Iterator[Problem]:
    known: set[str] = set()
    for name in names:
        members = registry(kind)
        if members is None or name not in members:
            return  # the name itself is the problem
        known |= _fields(kind, name)
    yield from _unknown_settings(given, known, place)


def _unknown_settings(given: Mapping[str, Any], known: set[str], place: Place) -> Iterator[Problem]:
    for setting in given:
        if setting not in known:
            allowed = ", ".join(sorted(known)) or "none"
            yield Problem(f'there is no setting "{setting}"', (*place, setting), allowed, nearest(setting, known))


def _fields(kind: str, name: str) -> set[str]:
    """Settings that a scenario may give: fields with plain values."""
    members = registry(kind)
    if members is None or name not in members or not dataclasses.is_dataclass(members[name]):
        return set()
    return {item.name for item in dataclasses.fields(members[name])} - {"negotiators", "plan", "rounds"}
