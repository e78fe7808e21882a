"""A case as it is asked: read, changed and checked once, whoever asks and however."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.engine import talk_rules
from sim.engine.registered import names_are_registered
from sim.ensemble.headline_outcomes import headline_is_known
from sim.foundations import InputError, Problem, nearest, settings_of
from sim.protocols import PROTOCOLS
from sim.scenario import Case, Scenario, asked_scenario, read_case
from sim.scenario.widening import AS_STATED

#: Stands for every overlay of a case where overlays are named.
ALL_OVERLAYS: Final = "all"


@dataclass(frozen=True)
class Ask:
    """A case as it is asked; only the functions of this module make one.

    cases:    every case that was read: first the case itself, with its overlay; then its base and the others; none
              where a scenario is asked that no file holds
    scenario: what is played: the case with the changes, its ranges widened
    base:     under an overlay, the scenario without it, changed alike; what was observed was observed there
    overlays: name -> scenario of each overlay that is compared with the base, changed alike
    changes:  what is changed in all of these, by path, as plain data
    widen:    factor on the half-widths of their ranges, 1 or more; 1: as they are stated
    draws:    how many worlds, 1 or more
    central:  every number at its central value

    Example:
        >>> asked = ask("scenarios/pie", draws=20, changes={"first.patience": 0.9})
        >>> asked.case.name, asked.draws, asked.seed
        ('pie', 20, 'pie')
        >>> ask("scenarios/pie", **asked.describe()).changes
        {'first.patience': 0.9}
    """

    cases: tuple[Case, ...]
    scenario: Scenario
    base: Scenario | None
    overlays: Mapping[str, Scenario]
    changes: Mapping[str, Any]
    widen: float
    draws: int
    central: bool

    @property
    def case(self) -> Case:
        """The case, overlay included."""
        return self.cases[0]

    @property
    def overlay(self) -> str | None:
        """Name of the overlay that is played, if one is."""
        return self.case.overlay if self.cases else None

    @property
    def judge(self) -> Scenario:
        """The scenario whose observations select the worlds: an overlay is a change, not other evidence."""
        return self.scenario if self.base is None else self.base

    @property
    def seed(self) -> str:
        """Root of all random numbers."""
        return self.scenario.seed

    @property
    def protocol(self) -> str:
        """Rules of the talks."""
        return self.scenario.talks.protocol

    @property
    def members(self) -> dict[str, tuple[str, ...]]:
        """What the run names beside its own rules: protocols that are tried, solutions that are worked out."""
        named = self.scenario.conventions
        return {"protocols": named.protocols, "solutions": named.solutions}

    def describe(self) -> dict[str, Any]:
        """What is asked besides the files of the case, as plain data: the arguments that make it again."""
        return {
            "overlay": self.overlay,
            "overlays": list(self.overlays),
            "changes": dict(self.changes),
            "widen": self.widen,
            "draws": self.draws,
            "central": self.central,
        }


def ask(
    case: Case | str | Path,
    *,
    overlay: str | Path | None = None,
    overlays: str | Sequence[str] = (),
    changes: Mapping[str, Any] | None = None,
    seed: str | None = None,
    protocol: str | None = None,
    widen: float | None = None,
    draws: int | None = None,
    central: bool = False,
) -> Ask:
    """Read a case, change it, and check that it can be played.

    Args:
        case:     folder, file, or name of a folder in ``scenarios/``; or a case that was read
        overlay:  laid over it; by default what it was read with
        overlays: compared with it: their names, or ``all``
        changes:  dotted path -> new value, for base and overlays alike; ``seed`` and ``protocol`` besides
        protocol: its settings are those of the scenario that it knows
        widen:    half-widths of stated ranges times this, after those changes
        draws:    how many worlds; the scenario's own number by default
        central:  every number at its central value
    Raises:  InputError with everything that is wrong in the files, or with what is wrong in what is asked
    """
    own = _read(case, overlay)
    changed = {path: _plain(value) for path, value in (changes or {}).items()}
    if seed is not None:
        changed["seed"] = seed
    if protocol is not None:
        changed |= _protocol(own.scenario, protocol)
    factor = _factor(widen)
    cases = [own]
    base = None
    if own.overlay is not None:
        cases.append(read_case(own.files[0].path))
        base = _changed(cases[-1], changed, factor)
    compared = {}
    for name in _names(own, overlays):
        cases.append(_read(own.files[0].path, name))
        compared[name] = _changed(cases[-1], changed, factor)
    scenario = _changed(own, changed, factor)
    count = scenario.draws if draws is None else require_draws(draws)
    return Ask(tuple(cases), scenario, base, compared, changed, factor, count, central)


def ask_scenario(
    scenario: Scenario, draws: int | None = None, *, overlays: Mapping[str, Scenario] | None = None
) -> Ask:
    """Ask of a scenario that was made or changed in Python, which no file holds.

    Args:
        overlays: name -> scenario under that overlay
    """
    count = scenario.draws if draws is None else require_draws(draws)
    return Ask((), scenario, None, dict(overlays or {}), {}, AS_STATED, count, False)


def ask_beside(asked: Ask, overlay: Case) -> Ask:
    """Ask the same, and of one more overlay, changed alike; the same ask if it is there already."""
    name = str(overlay.overlay)
    if name in asked.overlays:
        return asked
    laid = {**asked.overlays, name: _changed(overlay, asked.changes, asked.widen)}
    return replace(asked, cases=(*asked.cases, overlay), overlays=laid)


def _read(case: Case | str | Path, overlay: str | Path | None) -> Case:
    if isinstance(case, Case):
        if overlay is None or overlay == case.overlay:
            return case
        case = case.files[0].path
    return read_case(case, overlay=overlay, extra_rules=(names_are_registered, headline_is_known))


def _changed(case: Case, changes: Mapping[str, Any], widen: float) -> Scenario:
    """A scenario with the changes, its ranges widened; its talks are set up once, so that what fails fails here."""
    scenario = asked_scenario(case.scenario, changes, widen)
    problems = talk_rules(scenario)
    if problems:
        raise InputError([problem if changes else case.locate(problem) for problem in problems])
    return scenario


def _protocol(scenario: Scenario, name: str) -> dict[str, Any]:
    """Changes that put another protocol in place; settings that it does not have are left behind."""
    known = settings_of(PROTOCOLS[name])
    kept = {key: value for key, value in scenario.talks.settings.items() if key in known}
    return {"talks.protocol": name, "talks.settings": _plain(kept)}


def _names(case: Case, overlays: str | Sequence[str]) -> tuple[str, ...]:
    """Names of the overlays to be compared, each once.

    Raises:  InputError for one that the case does not have, or where one overlay is played already
    """
    if not overlays:
        return ()
    if case.overlay is not None:
        raise InputError(
            Problem(f'overlays are compared with the base, and "{case.overlay}" is laid over it: give one')
        )
    named = (overlays,) if isinstance(overlays, str) else tuple(overlays)
    chosen = case.overlays if named == (ALL_OVERLAYS,) else tuple(dict.fromkeys(named))
    if not chosen:
        raise InputError(Problem(f"{case.name} has no overlays", allowed=f"files in {case.folder}/overlays"))
    known = [ALL_OVERLAYS, *case.overlays]
    problems = [
        Problem(f'{case.name} has no overlay "{name}"', allowed=", ".join(known), nearest=nearest(name, known))
        for name in chosen
        if name not in case.overlays
    ]
    if problems:
        raise InputError(problems)
    return chosen


def _factor(widen: float | None) -> float:
    factor = AS_STATED if widen is None else widen
    if isinstance(factor, bool) or not isinstance(factor, int | float) or not math.isfinite(factor) or factor <= 0:
        raise InputError(f"ranges can be widened by a number above 0, not by {factor!r}")
    return float(factor)


def _plain(value: Any) -> Any:
    """What a file would hold: tables, lists, texts, numbers and truth values."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.item() if hasattr(value, "item") else value  # numpy scalars


def require_scenario(found: object, name: str) -> None:
    """Refuse a path or name where a scenario is needed, and say how it is read.

    Example:
        >>> require_scenario("scenarios/pie", "run")
        Traceback (most recent call last):
        ...
        sim.foundations.errors.InputError: run needs a scenario that was read: run(read_scenario("scenarios/pie"), …)
    """
    if isinstance(found, Scenario):
        return
    if isinstance(found, Case):
        raise InputError(f"{name} needs the scenario of the case: {name}(case.scenario, …)")
    place = f'"{found}"' if isinstance(found, str | Path) else '"scenarios/…"'
    raise InputError(f"{name} needs a scenario that was read: {name}(read_scenario({place}), …)")


def require_draws(found: object) -> int:
    """Return a number of draws; refuse anything else than a whole number from 1 up.

    Example:
        >>> require_draws(3)
        3
    """
    if isinstance(found, bool) or not isinstance(found, int | np.integer) or found < 1:
        raise InputError(f"draws must be a whole number from 1 up, not {found!r}")
    return int(found)
