"""Stated ranges made wider, by the documented overconfidence of those who state ranges."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from sim.evidence import Place
from sim.foundations import InputError
from sim.scenario.changes import change
from sim.scenario.interval import interval_at
from sim.scenario.lever import Lever
from sim.scenario.quantity import Quantity
from sim.scenario.scenario import Scenario

#: Stated 80 % ranges hold the truth about 68 % of the time; widening normal half-widths by this repairs it.
OVERCONFIDENCE: Final = 1.29
#: The factor of ranges that are taken as they are stated.
AS_STATED: Final = 1.0

#: Settings of strategies that are shares, so that they end at 0 and 1, and those that count moves, from 1.
_SHARES: Final = re.compile(r"\.settings\.(kappa|mark|after|spread)$")
_COUNTS: Final = re.compile(r"\.settings\.(lag|window)$")
_NARROW: Final = 1e-3  # chances and discount factors stay off 0 and 1, where worlds are of another kind


def widened(scenario: Scenario, factor: float = OVERCONFIDENCE) -> Scenario:
    """Return the scenario with the half-widths of every range of numbers times ``factor``, within what is possible.

    Each side is widened for itself, so a value that is not in the middle stays where it is. Ranges of levels on
    ordered issues and options are left alone: their ends are names, and their spread is which of them. The
    numbers of levers are widened as all others.

    Raises:  InputError for a factor that is not above 0
    Source:  overconfidence of elicited ranges: Soll & Klayman 2004; Speirs-Bridge et al. 2010. The factor is the
        ratio of normal half-widths at 80 % and 68 % coverage.

    Example:
        >>> issue = {"levels": ["a", "b"], "status_quo": "a"}
        >>> some = {"value": 0.5, "range": [0.4, 0.9], "assumed": "toy"}
        >>> toy = Scenario(title="t", issues={"x": issue}, actors={"p": {"patience": some}, "q": {"patience": some}})
        >>> widened(toy, 1.5).numbers["p.patience"].quantity.words()
        '0.5 (0.35 to 0.999)'
    """
    if not 0 < factor < np.inf:
        raise InputError(f"ranges cannot be widened by {factor:g}; the factor must be above 0")
    if factor == AS_STATED:
        return scenario
    changes: dict[str, Any] = {}
    for path, number in scenario.numbers.items():
        value = number.quantity.value
        if number.issue is None and not isinstance(value, str):
            changes[path] = _wider(number.quantity, factor, *bounds(number.place, value))
    found = change(scenario, {path: table for path, table in changes.items() if table is not None})
    levers = {name: _lever(lever, factor, scenario) for name, lever in scenario.levers.items()}
    return found.model_copy(update={"levers": levers}) if levers else found


def asked_scenario(scenario: Scenario, changes: Mapping[str, Any], widen: float = AS_STATED) -> Scenario:
    """Return a scenario as it was asked for: first what was changed in it, then its ranges made wider.

    Raises:  InputError for a change that does not fit, or a factor that is not above 0
    """
    return widened(change(scenario, dict(changes)), widen)


def widening_words(factor: float) -> str:
    """How wide ranges are, in two words.

    Example:
        >>> widening_words(1.29), widening_words(1)
        ('× 1.29', 'as stated')
    """
    return "as stated" if factor == AS_STATED else f"× {factor:g}"


def bounds(place: Place, value: float) -> tuple[float, float]:
    """Lowest and highest number that a range may be widened to at some keys of a scenario."""
    path = ".".join(map(str, place))
    allowed = interval_at(Scenario, place)
    if _SHARES.search(path) or (allowed is not None and (allowed.low, allowed.high) == (0, 1)):
        return _NARROW, 1 - _NARROW
    if allowed is not None:
        return (_NARROW if allowed.open_low else allowed.low), allowed.high
    if _COUNTS.search(path):
        return 1.0, np.inf
    return (-np.inf if value < 0 else _NARROW if path.endswith(".exponent") else 0.0), np.inf


def _lever(lever: Lever, factor: float, scenario: Scenario) -> Lever:
    """A lever with the ranges of its cost and of what it does at full use made wider."""
    raw = lever.model_dump()
    cost = _wider(lever.cost, factor, *bounds(("levers", "", "cost"), 0.0))
    if cost is not None:
        raw["cost"] = cost
    for path, move in lever.moves.items():
        value, number = move.full.value, scenario.numbers.get(path)
        if isinstance(value, str) or (move.mode == "set" and number is not None and number.issue is not None):
            continue
        reached = bounds(("levers", "", "moves", path) if number is None else number.place, value)
        floor, roof = {"set": reached, "scale": (0.0, np.inf)}.get(move.mode, (-np.inf, np.inf))
        full = _wider(move.full, factor, floor, roof)
        if full is not None:
            raw["moves"][path]["full"] = full
    return Lever.model_validate(raw)


def _wider(quantity: Quantity, factor: float, floor: float, roof: float) -> dict[str, Any] | None:
    """A number with wider ends, as a file would hold it; ``None`` where it has none that are numbers."""
    low, value, high = quantity.low, quantity.value, quantity.high
    if isinstance(low, str) or isinstance(value, str) or isinstance(high, str) or low is None or high is None:
        return None
    if quantity.follows or quantity.posterior is not None:
        return None
    found = quantity.model_dump(exclude_none=True)
    if quantity.readings:
        for name, one in quantity.readings.items():
            first, last = one.ends
            ends = {
                "low": max(one.value - factor * (one.value - first), min(first, floor)),
                "high": min(one.value + factor * (last - one.value), max(last, roof)),
            }
            found["readings"][name] |= ends
        return {key: one for key, one in found.items() if key not in {"value", "low", "high", "distribution"}}
    found["low"] = max(value - factor * (value - low), min(low, floor))
    found["high"] = min(value + factor * (high - value), max(high, roof))
    if quantity.sd is not None:
        found["sd"] = quantity.sd * factor
    return found
