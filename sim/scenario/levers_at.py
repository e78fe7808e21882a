"""What levers do to a scenario when each is used so much: numbers moved draw by draw, levels put on offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from sim.foundations import Floats, Ints, uniforms
from sim.scenario.draws import Draws, ends, inverse, place
from sim.scenario.interval import OWN_VALUE, interval_at
from sim.scenario.lever import Move
from sim.scenario.scenario import Number, Scenario

#: Where levers meet on a number, they act in this order.
_ORDER = ("set", "scale", "add")


def moved(
    scenario: Scenario,
    use: Mapping[str, float],
    base: Draws,
) -> dict[str, Floats]:
    """Move numbers from their drawn values by the levers in use.

    Args:
        use:  lever -> how much it is used, 0..1; levers left out are not used
        base: the draws without levers
    Returns:
        path -> (B,) moved values, of the numbers that a lever in use moves; nothing if none is in use
    """
    changed: dict[str, Floats] = {}
    limits: dict[str, list[tuple[float, float]]] = {}
    for mode in _ORDER:
        for name in sorted(use):  # not in the order of the file, which must not matter
            amount = float(use[name])
            if amount <= 0:
                continue
            for path, move in scenario.levers[name].moves.items():
                if move.mode != mode:
                    continue
                before = changed.get(path, base[path])
                full = full_use(scenario, name, path, base.dice.draws)
                changed[path] = _moved(mode, before, full, amount)
                limits.setdefault(path, []).extend(_limits(scenario.numbers[path], move))
    for path, found in limits.items():
        for low, high in found:
            changed[path] = np.clip(changed[path], low, high)
    return changed


def full_use(scenario: Scenario, lever: str, path: str, draws: Ints) -> Floats:
    """(B,) the number of a lever at full use, drawn from its own range by a stream of its own."""
    number = full_number(scenario, lever, path)
    if not number.quantity.spread:
        return np.full(len(draws), place(scenario, number, number.quantity.value))
    return inverse(scenario, number, uniforms(draws, scenario.seed, "lever", number.path))


def full_number(scenario: Scenario, lever: str, path: str) -> Number:
    """The number of a lever at full use; a level or a place on an issue only where it is *set*."""
    move = scenario.levers[lever].moves[path]
    issue = scenario.numbers[path].issue if move.mode == "set" else None
    where = ("levers", lever, "moves", path, "full")
    return Number(f"levers.{lever}.moves.{path}.full", where, move.full, issue)


def cost_number(scenario: Scenario, lever: str) -> Number:
    """What full use of a lever costs its holder, as a number with its path."""
    return Number(f"levers.{lever}.cost", ("levers", lever, "cost"), scenario.levers[lever].cost)


def lever_numbers(scenario: Scenario) -> Iterator[Number]:
    """Every number of the levers; they are drawn only where levers are asked about."""
    for name, lever in scenario.levers.items():
        yield cost_number(scenario, name)
        for path, move in lever.moves.items():
            if path in scenario.numbers:
                yield full_number(scenario, name, path)
            else:  # rules_levers.py refuses it; its other mistakes are still told
                yield Number(path, ("levers", name, "moves", path, "full"), move.full)


def on_offer(scenario: Scenario, use: Mapping[str, float]) -> dict[str, tuple[str, ...]]:
    """Issue -> keys of all levels on offer, for the issues on which a lever in use opens some."""
    found: dict[str, tuple[str, ...]] = {}
    for name, amount in sorted(use.items()):
        for issue in scenario.levers[name].opens:
            more = scenario.levers[name].opened(issue, amount)
            if more:
                here = scenario.issues[issue]
                before = found.get(issue, tuple(here.key(index) for index in here.offered))
                opened = (here.key(index) for index in here.indices(more))
                found[issue] = (*before, *(level for level in opened if level not in before))
    return found


def extremes(scenario: Scenario, path: str) -> tuple[float, float]:
    """Lowest and highest value that any use of all levers together can give a number."""
    number = scenario.numbers[path]
    low, high = ends(scenario, number)
    limits: list[tuple[float, float]] = []
    for mode in _ORDER:
        for name, lever in sorted(scenario.levers.items()):
            move = lever.moves.get(path)
            if move is None or move.mode != mode:
                continue
            full = ends(scenario, full_number(scenario, name, path))
            reached = [float(_moved(mode, np.array(end), np.array(to), 1.0)) for end in (low, high) for to in full]
            low, high = min(low, *reached), max(high, *reached)
            limits += _limits(number, move)
    for floor, roof in limits:
        low, high = min(max(low, floor), roof), min(max(high, floor), roof)
    return low, high


def _limits(number: Number, move: Move) -> Iterator[tuple[float, float]]:
    if move.between is not None:
        yield move.between
    if number.issue is not None:
        yield 0.0, 1.0
    allowed = interval_at(Scenario, number.place)
    if allowed is not None and allowed.unit == OWN_VALUE:
        yield allowed.low, allowed.high


def _moved(mode: str, before: Floats, full: Floats, use: float) -> Floats:
    if mode == "set":
        return np.asarray((1 - use) * before + use * full)
    if mode == "scale":
        return np.asarray(before * (1 - use + use * full))
    return np.asarray(before + use * full)
