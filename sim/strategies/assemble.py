"""A negotiator put together from names and numbers, as a scenario states them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from sim.foundations import InputError, Problem, nearest
from sim.strategies.mixture import Mixture
from sim.strategies.negotiator import (
    ACCEPTANCES,
    ASPIRATIONS,
    OFFERINGS,
    AbstractAspiration,
    Negotiator,
    Setting,
)

#: A tactic of a mixture: name, weight, settings.
Tactic = tuple[str, Setting, Mapping[str, Setting]]


def assemble(
    aspiration: str = "time-dependent",
    offering: str = "nearest-to-aspiration",
    acceptance: str = "ac-next",
    settings: Mapping[str, Setting] | None = None,
    mixture: Sequence[Tactic] = (),
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
    kinds: list[type[Any]] = [] if mixture else [ASPIRATIONS[aspiration]]
    companions = None if mixture else ASPIRATIONS[aspiration].companions
    kinds += [OFFERINGS[companions[0] if companions else offering]]
    kinds += [ACCEPTANCES[companions[1] if companions else acceptance]]
    _refuse_unknown(given, [*(name for kind in kinds for name in _settings(kind)), "tolerance"], aspiration)
    parts = [_make(kind, given) for kind in kinds]
    if mixture:
        parts.insert(0, _mix(mixture))
    asks, offers, accepts = parts
    return Negotiator(asks, offers, accepts, given.get("tolerance", 0.0))


def _settings(kind: type[Any]) -> list[str]:
    return [item.name for item in fields(kind)]


def _make(kind: type[Any], given: Mapping[str, Setting]) -> Any:
    return kind(**{name: given[name] for name in _settings(kind) if name in given})


def _mix(mixture: Sequence[Tactic]) -> AbstractAspiration:
    parts = []
    for name, _, settings in mixture:
        kind = ASPIRATIONS[name]
        _refuse_unknown(settings, _settings(kind), name)
        parts.append(_make(kind, settings))
    return Mixture(tuple(parts), tuple(weight for _, weight, _ in mixture))


def _refuse_unknown(given: Mapping[str, Setting], known: Sequence[str], owner: str) -> None:
    problems = [
        Problem(
            f'the strategy "{owner}" has no setting "{name}"',
            allowed=", ".join(sorted(set(known))),
            nearest=nearest(name, known),
        )
        for name in given
        if name not in known
    ]
    if problems:
        raise InputError(problems)
