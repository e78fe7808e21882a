"""A negotiator put together from names and numbers, as a scenario states them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.foundations import InputError, Problem, settings_of, unknown_settings
from sim.strategies.mixture import Mixture
from sim.strategies.negotiator import (
    ACCEPTANCES,
    ASPIRATIONS,
    OFFERINGS,
    Negotiator,
)
from sim.strategies.ranges import Setting

#: A tactic of a mixture: name, weight, settings.
TacticMember = tuple[str, Setting, Mapping[str, Setting]]


def assemble(
    aspiration: str = "time-dependent",
    offering: str = "nearest-to-aspiration",
    acceptance: str = "ac-next",
    settings: Mapping[str, Setting] | None = None,
    mixture: Sequence[TacticMember] = (),
) -> Negotiator:
    """Build a negotiator; each setting goes to the parts that have a field of that name.

    A strategy that brings its own offering and acceptance rule (MiCRO) takes them along, whatever the
    other two names say.

    Args:
        aspiration, offering, acceptance: registered names
        settings: numbers, or (B,) arrays, by field name
        mixture:  tactics mixed by weight instead of ``aspiration``
    Raises:
        UnknownNameError for a name nothing is registered under; InputError for a setting no part has
    Example:
        >>> assemble(settings={"exponent": 0.2}).aspiration
        TimeDependent(exponent=0.2, kappa=0.0)
    """
    given = dict(settings or {})
    if problems := wrong_settings(aspiration, offering, acceptance, given, mixture):
        raise InputError(problems)
    kinds = _kinds(aspiration, offering, acceptance, mixed=bool(mixture))
    parts = [_make(kind, given) for kind in kinds]
    if mixture:
        tactics = tuple(_make(ASPIRATIONS[name], found) for name, _, found in mixture)
        parts.insert(0, Mixture(tactics, tuple(weight for _, weight, _ in mixture)))
    asks, offers, accepts = parts
    return Negotiator(asks, offers, accepts, given.get("tolerance", 0.0))


def wrong_settings(
    aspiration: str, offering: str, acceptance: str, settings: Iterable[str], mixture: Sequence[TacticMember] = ()
) -> list[Problem]:
    """Problems with settings that no part of a strategy has, each with its place in the strategy's table.

    Args:
        aspiration, offering, acceptance: registered names
        settings: names of the settings given
        mixture:  tactics mixed by weight instead of ``aspiration``
    Raises:
        UnknownNameError for a name nothing is registered under
    """
    kinds = _kinds(aspiration, offering, acceptance, mixed=bool(mixture))
    known = {name for kind in kinds for name in settings_of(kind)} | {"tolerance"}
    owner = "mixture" if mixture else aspiration
    problems = unknown_settings("strategy", owner, settings, known, ("settings",))
    for n, (name, _, found) in enumerate(mixture):
        problems += unknown_settings(
            "strategy", name, found, settings_of(ASPIRATIONS[name]), ("mixture", n, "settings")
        )
    return problems


def _kinds(aspiration: str, offering: str, acceptance: str, *, mixed: bool) -> list[type[Any]]:
    """Classes of the parts: aspiration (none of a mixture), offering rule, acceptance rule."""
    asks = None if mixed else ASPIRATIONS[aspiration]
    if asks is not None and asks.companions is not None:
        offering, acceptance = asks.companions
    return [*([] if asks is None else [asks]), OFFERINGS[offering], ACCEPTANCES[acceptance]]


def _make(kind: type[Any], given: Mapping[str, Setting]) -> Any:
    return kind(**{name: given[name] for name in settings_of(kind) if name in given})


def known_settings(aspiration: str, offering: str, acceptance: str) -> set[str]:
    """Names of the settings that a strategy of these parts has.

    Example:
        >>> sorted(known_settings("elapsed-time", "best-for-others", "own-curve"))
        ['slack', 'speed', 'tolerance']
    """
    kinds = _kinds(aspiration, offering, acceptance, mixed=False)
    return {name for kind in kinds for name in settings_of(kind)} | {"tolerance"}
