"""Ranges made as wide as a field may plausibly be, as if nobody had said anything about a number."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.foundations import Floats, uniforms
from sim.scenario import Number, Scenario
from sim.scenario.draws import ends
from sim.scenario.widening import bounds


def plausible(scenario: Scenario, number: Number) -> tuple[float, float]:
    """The whole range that a field could plausibly have, had nobody said anything about this number.

    Positions and beginnings of red lines: the whole scale. Shares and chances: 0 to 1. Everything else: from 0 to
    twice the highest end that the scenario gives this field for anybody; signed fields, both ways.
    """
    if number.issue is not None:
        scale = scenario.issues[number.issue].scale
        return float(scale.min()), float(scale.max())
    low, high = ends(scenario, number)
    floor, roof = bounds(number.place, low)
    alike = [ends(scenario, other) for other in scenario.numbers.values() if _field(other) == _field(number)]
    if roof <= 1:
        return min(low, floor), max(high, roof)
    top = 2 * max(abs(end) for span in alike for end in span)
    return min(low, max(-top, floor)) if floor < 0 else min(low, floor), max(min(top, roof), high)


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
