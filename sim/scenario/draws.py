"""Plausible worlds: every number of a scenario drawn from its range."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.foundations import Dice, Floats, InputError, Ints, Problem, uniforms
from sim.foundations.errors import nearest
from sim.scenario.correlation import copula, correlated
from sim.scenario.interval import interval_at
from sim.scenario.own_value import like_needs, like_value
from sim.scenario.pooled import pooled_quantile
from sim.scenario.quantity import Quantity
from sim.scenario.scenario import Number, Scenario
from sim.scenario.shapes import NumberShape


@dataclass(frozen=True, slots=True)
class Draws:
    """Values of every number in a block of draws.

    values: path -> (B,) drawn values; places on an issue run from 0 to 1
    dice:   random streams of the same draws, for everything that is decided by luck
    """

    values: Mapping[str, Floats]
    dice: Dice

    def __getitem__(self, path: str) -> Floats:
        return self.values[path]

    def get(self, path: str, default: float) -> Floats:
        """The draws of a number, or a constant where the scenario does not give it."""
        found = self.values.get(path)
        return np.full(len(self), default) if found is None else found

    def __len__(self) -> int:
        return len(self.dice.draws)


def draw(
    scenario: Scenario,
    numbers: Ints,
    *,
    central: bool = False,
    fixed: Mapping[str, float | Floats] | None = None,
    uniform: Mapping[str, Floats] | None = None,
) -> Draws:
    """Draw every number of the scenario in the worlds with these numbers.

    A number's stream is keyed by the seed and its path and counted by the draw, so that changing a range
    keeps the draw's quantile, adding a number moves no other, and order in the file does not matter. Numbers that are
    correlated share a part of theirs, see ``sim.scenario.correlation``.

    Args:
        numbers: (B,) numbers of the draws, 0 or more
        central: every number at its central value instead
        fixed:   path -> value that replaces the draw, one for all or (B,)
        uniform: path -> (B,) quantiles that replace the stream (designs)
    Raises:  InputError for a path, fixed or in a design, that is no number of the scenario
    Source:  inverse-transform sampling; common random numbers (Glasserman & Yao 1992)
    """
    fixed = dict(fixed or {})
    _refuse_unknown(scenario, {**fixed, **(uniform or {})})
    if unread := [number for number in scenario.numbers.values() if number.quantity.unread]:
        message = "the rates that it rests on are read with the evidence file; give a value and a range here"
        raise InputError([Problem(f"{number.path}: {message}", number.place) for number in unread])
    dice = Dice(scenario.seed, np.asarray(numbers, dtype=np.int64))
    uniform = _tied(scenario, dice, uniform or {})
    values: dict[str, Floats] = {}
    following: list[Number] = []
    for path, number in scenario.numbers.items():
        if path in fixed:
            values[path] = np.broadcast_to(np.asarray(fixed[path], float), dice.draws.shape).copy()
        elif number.quantity.follows:
            following.append(number)
        elif central or not number.quantity.spread:
            values[path] = np.full(len(dice.draws), place(scenario, number, number.quantity.value))
        else:
            quantile = uniform[path] if path in uniform else uniforms(dice.draws, scenario.seed, "number", path)
            values[path] = inverse(scenario, number, quantile)
    waiting = following
    while waiting:  # a mirror may follow another mirror; rules.py has refused cycles
        ready = [number for number in waiting if all(path in values for path in _needs(scenario, number))]
        for number in ready:
            values[number.path] = _followed(scenario, values, number)
        if not ready:
            raise InputError(
                [Problem("mirrors a number that does not exist, or itself", number.place) for number in waiting]
            )
        waiting = [number for number in waiting if number.path not in values]
    return Draws(values, dice)


def replaced(scenario: Scenario, draws: Draws, values: Mapping[str, Floats]) -> Draws:
    """The same draws with other values of some numbers, and of all that follow from these.

    Args:
        values: path -> (B,) values
    """
    found, following = {**draws.values, **values}, _following(scenario, values)
    while following:
        waiting = {number.path for number in following}
        ready = [number for number in following if waiting.isdisjoint(_needs(scenario, number))]
        for number in ready:
            found[number.path] = _followed(scenario, found, number)
        done = {number.path for number in ready}
        following = [number for number in following if number.path not in done]
    return Draws(found, draws.dice)


def _following(scenario: Scenario, moved: Collection[str]) -> list[Number]:
    """Numbers that follow from some others, directly or by way of others still; these others left out."""
    reached, found, grown = set(moved), [], True
    while grown:
        more = [
            number
            for number in scenario.numbers.values()
            if number.quantity.follows
            and number.path not in reached
            and not reached.isdisjoint(_needs(scenario, number))
        ]
        reached |= {number.path for number in more}
        found += more
        grown = bool(more)
    return found


def _needs(scenario: Scenario, number: Number) -> Iterable[str]:
    """Paths of the numbers that a number follows from."""
    mirrored = number.quantity.mirrors
    return like_needs(scenario, number) if mirrored is None else (mirrored,)


def _followed(scenario: Scenario, values: Mapping[str, Floats], number: Number) -> Floats:
    """(B,) a number that follows from others."""
    quantity = number.quantity
    if quantity.mirrors is None:
        return like_value(scenario, values, number)
    return values[quantity.mirrors] * quantity.factor + quantity.offset


def _tied(scenario: Scenario, dice: Dice, uniform: Mapping[str, Floats]) -> Mapping[str, Floats]:
    """Quantiles that replace the streams: those of a design, and those of numbers that move together."""
    if not scenario.correlations:
        return uniform
    paths, factor = copula(scenario.correlations)
    own = {path: uniform.get(path, uniforms(dice.draws, scenario.seed, "number", path)) for path in paths}
    return {**uniform, **correlated(paths, factor, own)}


def place(scenario: Scenario, number: Number, end: float | str) -> float:
    """Convert an end of a range to a number: places on an issue run from 0 to 1, named options count from 0."""
    if number.options:
        return float(number.options.index(end)) if isinstance(end, str) else float(end)
    if number.issue is None:
        return float(end)
    return scenario.issues[number.issue].place(end)


def ends(scenario: Scenario, number: Number) -> tuple[float, float]:
    """Lowest and highest value the number can be drawn at."""
    quantity = number.quantity
    if quantity.options is not None:
        places = [place(scenario, number, named_option(scenario, number, name)) for name in quantity.options]
        return min(places), max(places)
    low = quantity.value if quantity.low is None else quantity.low
    high = quantity.value if quantity.high is None else quantity.high
    found = place(scenario, number, low), place(scenario, number, high)
    return min(found), max(found)


def span(scenario: Scenario, number: Number) -> tuple[float, float] | None:
    """Lowest and highest value of a number, also of one that mirrors others; ``None`` where that is not known.

    It is not known where a number holds text that names nothing, mirrors nothing or mirrors itself.
    """
    factor, offset, seen = 1.0, 0.0, {number.path}
    while number.quantity.mirrors:
        offset += factor * number.quantity.offset
        factor *= number.quantity.factor
        target = scenario.numbers.get(number.quantity.mirrors)
        if target is None or target.path in seen:
            return None
        seen.add(target.path)
        number = target
    if number.quantity.like is not None:
        return None
    try:
        low, high = ends(scenario, number)
    except (KeyError, ValueError):
        return None
    reached = factor * low + offset, factor * high + offset
    return min(reached), max(reached)


def inverse(scenario: Scenario, number: Number, quantile: Floats) -> Floats:
    """Inverse distribution function of a number at the given quantiles.

    Args:
        quantile: (B,) in (0, 1)

    Returns:
        (B,) values
    """
    quantity = number.quantity
    low, high = ends(scenario, number)
    if quantity.distribution == "categorical" and quantity.options is not None:
        return _categorical(scenario, number, quantity, quantile)
    if quantity.readings:
        return _pooled(scenario, number, quantile)
    allowed = interval_at(Scenario, number.place) if quantity.distribution == "lognormal" else None
    roof = np.inf if allowed is None else allowed.high
    return NumberShape(quantity, low, place(scenario, number, quantity.value), high, roof).inverse(quantile)


def named_option(scenario: Scenario, number: Number, name: str) -> float | str:
    """What an option of a number is called in its file: a level, or the number that its name says."""
    if number.options:
        return name
    if number.issue is not None and scenario.issues[number.issue].knows(name):
        return name
    return float(name)


def _categorical(scenario: Scenario, number: Number, quantity: Quantity, quantile: Floats) -> Floats:
    options = quantity.options or {}
    pairs = sorted(
        (place(scenario, number, named_option(scenario, number, name)), weight) for name, weight in options.items()
    )
    places = np.array([spot for spot, _ in pairs])
    bounds = np.cumsum([weight for _, weight in pairs])
    return np.asarray(places[np.searchsorted(bounds[:-1] / bounds[-1], quantile, side="right")])


def _pooled(scenario: Scenario, number: Number, quantile: Floats) -> Floats:
    """One of the readings of a number, by weight, and a value of its range; places on an issue run from 0 to 1."""
    found = pooled_quantile(number.quantity.readings, quantile)
    if number.issue is None:
        return found
    first, last = (place(scenario, number, float(end)) for end in (0, 1))
    return np.asarray(first + found * (last - first))  # scales of issues are linear in their own numbers


def _refuse_unknown(scenario: Scenario, fixed: Mapping[str, object]) -> None:
    problems = [
        Problem(
            f'the scenario has no number "{path}"',
            nearest=nearest(path, scenario.numbers),
            allowed="a dotted path such as " + next(iter(scenario.numbers)),
        )
        for path in fixed
        if path not in scenario.numbers
    ]
    if problems:
        raise InputError(problems)
