"""Ranges made wider: by the documented overconfidence of stated ranges, or to all that a field may plausibly be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from sim.foundations import Floats, InputError, uniforms
from sim.scenario import Number, Scenario
from sim.scenario.changes import change
from sim.scenario.draws import ends

#: Stated 80 % ranges hold the truth about 68 % of the time; widening normal half-widths by this repairs it.
OVERCONFIDENCE: Final = 1.29

#: Fields that are shares or chances, so that they end at 0 and 1.
_SHARES: Final = re.compile(
    r"(\.patience|\.posture|\.credibility\.base|\.firmness|\.own_value|\.bluff|^talks\.decisive_chance"
    r"|^talks\.rearmament_speed|\.values\..*|^issues\..*\.follow_on\..*)$"
)
_SIGNED: Final = re.compile(r"(\.power_shift|\.bonus\.size|\.reservation)$")
_NARROW: Final = 1e-3  # chances and discount factors stay off 0 and 1, where formulas have no value


def widened(scenario: Scenario, factor: float = OVERCONFIDENCE) -> Scenario:
    """Return the scenario with the half-widths of every range of numbers times ``factor``, within what is possible.

    Each side is widened for itself, so a value that is not in the middle stays where it is. Ranges of levels on
    ordered issues and options are left alone: their ends are names, and their spread is which of them.

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
    if not factor > 0:
        raise InputError(f"ranges cannot be widened by {factor:g}; the factor must be above 0")
    changes: dict[str, Any] = {}
    for path, number in scenario.numbers.items():
        quantity = number.quantity
        low, value, high = quantity.low, quantity.value, quantity.high
        if isinstance(low, str) or isinstance(value, str) or isinstance(high, str) or low is None or high is None:
            continue
        if quantity.mirrors or number.issue is not None:
            continue
        floor, roof = bounds(path, value)
        new_low = max(value - factor * (value - low), min(low, floor))
        new_high = min(value + factor * (high - value), max(high, roof))
        changes[path] = {**quantity.model_dump(exclude_none=True), "low": new_low, "high": new_high}
        if quantity.sd is not None:
            changes[path]["sd"] = quantity.sd * factor
    return change(scenario, changes)


def bounds(path: str, value: float) -> tuple[float, float]:
    """Lowest and highest number that a field can hold at all."""
    if _SHARES.search(path):
        return _NARROW, 1 - _NARROW
    if _SIGNED.search(path) or value < 0:
        return -np.inf, np.inf
    return (_NARROW, np.inf) if ".shape." in path or path.endswith(".exponent") else (0.0, np.inf)


def plausible(scenario: Scenario, number: Number) -> tuple[float, float]:
    """The whole range that a field could plausibly have, had nobody said anything about this number.

    Positions and beginnings of red lines: the whole scale. Shares and chances: 0 to 1. Everything else: from 0 to
    twice the highest end that the scenario gives this field for anybody; signed fields, both ways.
    """
    if number.issue is not None:
        scale = scenario.issues[number.issue].scale
        return float(scale.min()), float(scale.max())
    low, high = ends(scenario, number)
    floor, roof = bounds(number.path, low)
    alike = [ends(scenario, other) for other in scenario.numbers.values() if _field(other) == _field(number)]
    if np.isfinite(roof):
        return min(low, floor), max(high, roof)
    top = 2 * max(abs(end) for span in alike for end in span)
    return (-top if np.isinf(floor) else min(low, floor)), max(top, high)


def unknown(scenario: Scenario, paths: Mapping[str, Number], draws: int) -> dict[str, Floats]:
    """(draws,) values of numbers that are drawn from all that is plausible, at their own quantile."""
    found: dict[str, Floats] = {}
    for path, number in paths.items():
        low, high = plausible(scenario, number)
        found[path] = low + uniforms(np.arange(draws), scenario.seed, "number", path) * (high - low)
    return found


def _field(number: Number) -> tuple[str, ...]:
    """What kind of number it is, whoever and whatever it is about."""
    keys = [str(key) for key in number.place]
    named = {"actors": (1, 3), "issues": (1, 3), "talks": (2,), "observations": (1,)}
    drop = named.get(keys[0], ())
    if keys[0] == "actors" and keys[2] in {"credibility", "beliefs"}:
        drop = (1,)
    return tuple(key for n, key in enumerate(keys) if n not in drop)
