"""What `sim run` is asked for: the case read, changed as the command line says, and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.cli.reading import read
from sim.engine import talk_rules
from sim.engine.registered import names_are_registered
from sim.foundations import InputError, Problem, nearest, settings_of
from sim.protocols import PROTOCOLS
from sim.scenario import Case, Scenario, asked_scenario, read_case
from sim.scenario.widening import AS_STATED


@dataclass(frozen=True)
class Request:
    """A run as it was asked for.

    case:     the case as read, overlay included
    scenario: what is played: the case with the changes of the command line
    base:     with an overlay, the scenario without it, changed alike; what was observed was observed there
    overlays: name and scenario of each overlay to be compared with the base
    changes:  what the command line changes, by path
    draws:    how many worlds
    widen:    factor by which the ranges of all these scenarios were made wider; 1: as they are stated
    """

    case: Case
    scenario: Scenario
    base: Scenario | None
    overlays: tuple[tuple[str, Scenario], ...]
    changes: Mapping[str, Any]
    draws: int
    widen: float = AS_STATED


def read_request(
    case: str,
    *,
    overlay: str | None,
    overlays: str | None,
    draws: int | None,
    seed: str | None,
    protocol: str | None,
    settings: Sequence[str],
    widen: float | None = None,
) -> Request:
    """Read the case and change it.

    Args:
        overlays: ``all``, or names with commas between them
        settings: ``PATH=VALUE``, the value as TOML would have it, or a bare word
        widen:    factor on the half-widths of stated ranges, overlays and base alike
    Raises:  InputError with everything that is wrong in the files, or with the first wrong change
    """
    found = read(case, overlay)
    changes: dict[str, Any] = {} if seed is None else {"seed": seed}
    for text in settings:
        path, value = _setting(text)
        changes[path] = value
    if protocol is not None:
        changes |= _protocol(found.scenario, protocol)
    base, factor = None, AS_STATED if widen is None else widen
    if found.overlay is not None:
        base = _changed(read_case(found.files[0].path), changes, factor)
    names = _names(found, overlays)
    others = [
        (name, _changed(read_case(case, overlay=name, extra_rules=(names_are_registered,)), changes, factor))
        for name in names
    ]
    scenario = _changed(found, changes, factor)
    return Request(found, scenario, base, tuple(others), changes, draws or scenario.draws, factor)


def _changed(case: Case, changes: Mapping[str, Any], widen: float) -> Scenario:
    scenario = asked_scenario(case.scenario, changes, widen)
    problems = [*names_are_registered(scenario)] or talk_rules(scenario)
    if problems:
        raise InputError([problem if changes else case.locate(problem) for problem in problems])
    return scenario


def _setting(text: str) -> tuple[str, Any]:
    path, equals, value = text.partition("=")
    if not equals or not path.strip() or not value.strip():
        raise InputError(Problem(f'--set "{text}" changes nothing', allowed="PATH=VALUE, for example talks.rounds=12"))
    try:
        return path.strip(), tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return path.strip(), value.strip()


def _protocol(scenario: Scenario, name: str) -> dict[str, Any]:
    """Changes that put another protocol in place; settings that it does not have are left behind."""
    known = settings_of(PROTOCOLS[name])
    kept = {key: value for key, value in scenario.talks.settings.items() if key in known}
    return {"talks.protocol": name, "talks.settings": kept}


def _names(case: Case, overlays: str | None) -> tuple[str, ...]:
    if overlays is None:
        return ()
    if overlays == "all":
        chosen: tuple[str, ...] = case.overlays
    else:
        chosen = tuple(name.strip() for name in overlays.split(",") if name.strip())
    problems = [
        Problem(
            f'{case.name} has no overlay "{name}"',
            allowed=", ".join(["all", *case.overlays]),
            nearest=nearest(name, ["all", *case.overlays]),
        )
        for name in chosen
        if name not in case.overlays
    ]
    if not chosen:
        problems = [Problem(f"{case.name} has no overlays", allowed=f"files in {case.folder}/overlays")]
    if problems:
        raise InputError(problems)
    return chosen
