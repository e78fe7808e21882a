"""Forecasts of the field on the worlds of a scenario: its ordered issues as models of collective choice take them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from sim.forecasts import FORECASTS, Forecast, Stakeholders
from sim.foundations import Floats, Ints
from sim.scenario import Draws, Issue, Scenario
from sim.scenario.own_value import drawn_weight

#: Worlds that a forecast takes in at once, so that memory stays flat.
_BLOCK: Final = 200
#: Forecasts that read saliences as shares of attention, which add up to 1 at most.
_ATTENTION: Final = frozenset({"spatial-model-of-politics"})
#: Told of each model in each block of worlds: its name, the first world, what it took in, what it says.
Follow = Callable[[str, int, Stakeholders, Forecast], None]
#: Course of models that have no turns.
NO_TURNS: Final = -1


class ForecastColumns(NamedTuple):
    """What forecasts say in each world, along ``forecast_names``.

    decision: (B, F) on the issue's own numbers; nan where nobody takes a position
    course:   (B, F) how its turns end, index into ``sim.forecasts.COURSES``; -1 where it has none
    """

    decision: Floats
    course: Ints


def ordered_issues(scenario: Scenario) -> tuple[str, ...]:
    """Issues on which parties take positions: ordered or numeric, with two positions or more.

    Example:
        >>> from sim.scenario import read_scenario
        >>> ordered_issues(read_scenario("scenarios/pie")), ordered_issues(read_scenario("scenarios/budget"))
        (('share',), ())
    """
    return tuple(
        name
        for name, issue in scenario.issues.items()
        if issue.kind != "categorical" and sum(_stands(scenario, party, name) for party in _parties(scenario)) > 1
    )


def forecast_names(scenario: Scenario) -> tuple[str, ...]:
    """Every forecast on every ordered issue, as MODEL.ISSUE; none where there is no such issue."""
    issues = ordered_issues(scenario)
    return tuple(f"{model}.{issue}" for model in FORECASTS.names for issue in issues)


def ends_of(issue: Issue) -> tuple[float, float]:
    """Ends of an issue's own numbers; of one with named levels their places in its file, or their count from 0.

    Example:
        >>> ends_of(Issue(kind="numeric", low=2, high=8, points=4, status_quo=2))
        (2.0, 8.0)
    """
    if issue.kind == "numeric":
        return float(issue.low or 0), float(issue.high or 0)
    return (float(issue.at[0]), float(issue.at[-1])) if issue.at else (0.0, len(issue.levels) - 1.0)


def stakeholders_of(scenario: Scenario, draws: Draws) -> Stakeholders:
    """Positions, saliences and capabilities of the parties in some worlds, on the ordered issues.

    A position is the stated one, or the level that is valued most. A salience whose unit is ``of 100`` or ``of 1`` is
    the share that the file says; any other counts as a share of the actor's weights. Capability is what the file gives
    as such, else votes where they are counted, else power, else the same for everybody.
    """
    issues = ordered_issues(scenario)
    parties = _parties(scenario)
    low, high = (np.array(end) for end in zip(*(ends_of(scenario.issues[name]) for name in issues), strict=True))
    size = len(draws)
    position = np.full((size, len(parties), len(issues)), np.nan)
    salience = np.zeros_like(position)
    for a, party in enumerate(parties):
        total = sum(drawn_weight(scenario, draws.values, party, name) for name in scenario.actors[party].weighs)
        for i, name in enumerate(issues):
            if _stands(scenario, party, name):
                position[:, a, i] = low[i] + (high[i] - low[i]) * _place(scenario, party, name, draws)
                salience[:, a, i] = _salience(scenario, party, name, draws, np.asarray(total))
    quo = low + (high - low) * np.array([scenario.issues[name].status_quo_position for name in issues])
    capability = np.stack([_capability(scenario, party, draws) for party in parties], axis=1)
    return Stakeholders(position, salience, capability, low, high, np.repeat(quo[None], size, axis=0))


def forecasts_beside(scenario: Scenario, draws: Draws, follow: Follow | None = None) -> ForecastColumns:
    """Ask every forecast in some worlds; each world is forecast by itself, whatever others there are.

    Args:
        follow: told what each model says, turn by turn, block by block
    """
    if not ordered_issues(scenario):
        return ForecastColumns(np.zeros((len(draws), 0)), np.zeros((len(draws), 0), np.int64))
    whole = stakeholders_of(scenario, draws)
    starts = range(0, whole.draws, _BLOCK)
    parts = [_ask(_some(whole, slice(start, start + _BLOCK)), start, follow) for start in starts]
    return ForecastColumns(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _ask(stakeholders: Stakeholders, start: int, follow: Follow | None) -> ForecastColumns:
    decisions, courses = [], []
    for entry in FORECASTS:
        taken = _attentive(stakeholders) if entry.name in _ATTENTION else stakeholders
        found = entry.member().predict(taken)
        if follow is not None:
            follow(entry.name, start, taken, found)
        decisions.append(found.decision)
        course = np.full(found.decision.shape, NO_TURNS, np.int64)
        if found.course is not None:
            # models that take issues one by one have a course for each; the others one for all of them
            course = np.asarray(found.course).reshape(len(course), -1) + np.zeros_like(course)
        courses.append(course)
    return ForecastColumns(np.concatenate(decisions, axis=1), np.concatenate(courses, axis=1))


def _attentive(found: Stakeholders) -> Stakeholders:
    """Saliences of an actor scaled down to 1 in sum where they are more."""
    total = np.maximum(np.where(np.isnan(found.position), 0.0, found.salience).sum(axis=2, keepdims=True), 1.0)
    return Stakeholders(
        found.position, found.salience / total, found.capability, found.low, found.high, found.status_quo
    )


def _some(found: Stakeholders, where: slice) -> Stakeholders:
    return Stakeholders(
        found.position[where],
        found.salience[where],
        found.capability[where],
        found.low,
        found.high,
        found.status_quo[where],
    )


def _parties(scenario: Scenario) -> list[str]:
    return list(scenario.parties)


def _stands(scenario: Scenario, party: str, issue: str) -> bool:
    actor = scenario.actors[party]
    return issue in actor.position or issue in actor.values


def _place(scenario: Scenario, party: str, name: str, draws: Draws) -> Floats:
    """(B,) where a party stands, as a place 0..1."""
    actor, issue = scenario.actors[party], scenario.issues[name]
    if name in actor.position:
        return draws[f"{party}.position.{name}"]
    levels = list(actor.values[name])
    worth = np.stack([draws[f"{party}.values.{name}.{level}"] for level in levels], axis=1)
    places = np.array([issue.place(level) for level in levels])
    return np.asarray(places[worth.argmax(axis=1)])


def _salience(scenario: Scenario, party: str, name: str, draws: Draws, total: Floats) -> Floats:
    """(B,) share of full salience, 0..1."""
    amount = np.broadcast_to(drawn_weight(scenario, draws.values, party, name), (len(draws),))
    found = scenario.actors[party].salience.get(name)
    for of in (1.0, 100.0):
        if found is not None and found.unit == f"of {of:g}":
            return np.clip(amount / of, 0.0, 1.0)
    return np.where(total > 0, amount / np.where(total > 0, total, 1.0), 0.0)


def _capability(scenario: Scenario, party: str, draws: Draws) -> Floats:
    """(B,) what a party can bring to bear."""
    actor = scenario.actors[party]
    if actor.capability is not None:
        return draws[f"{party}.capability"]
    if party in scenario.talks.sign.weights:
        return np.full(len(draws), float(scenario.talks.sign.weights[party]))
    return draws[f"{party}.power"] if actor.power is not None else np.ones(len(draws))
