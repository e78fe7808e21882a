"""What a deal is worth to an actor from what is drawn: the formula, and numbers that are the worth of a deal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from sim.foundations import Floats
from sim.scenario.scenario import Number, Scenario

#: The word for the deal that changes nothing.
STATUS_QUO = "status quo"


def peaked(places: Floats, ideal: Floats, exponent: Floats) -> Floats:
    """Value of places on an issue, 1 at the ideal: 1 - |place - ideal| ** exponent.

    Source: single-peaked losses in distance (Black 1958)
    """
    return np.asarray(1 - np.abs(places - ideal) ** exponent)


def drawn_ideal(scenario: Scenario, values: Mapping[str, Floats], actor: str, issue: str) -> Floats:
    """(B,) the place that is best for an actor: his stated position, less his posture."""
    stated = values[f"{actor}.position.{issue}"]
    rest = scenario.issues[issue].status_quo_position
    return np.asarray(stated + values.get(f"{actor}.posture", 0.0) * (rest - stated))


def drawn_weight(scenario: Scenario, values: Mapping[str, Floats], actor: str, issue: str) -> Floats | float:
    """(B,) what the issue weighs with an actor before weights are normalised: salience, or money over all of it.

    A term that depends on something counts by the chance that he believes that has.
    """
    worth = scenario.actors[actor].worth.get(issue)
    if worth is None:
        weight = values.get(f"{actor}.salience.{issue}", 0.0)
    else:
        steps = scenario.issues[issue].span if " per " in worth.unit else 1.0
        weight = np.asarray(values[f"{actor}.worth.{issue}"] * steps)
    found = scenario.issues[issue]
    for name, holds in ((found.given, True), (found.unless, False)):
        if name in scenario.contingencies:
            chance = values.get(f"contingencies.{name}.believed.{actor}", values[f"contingencies.{name}.chance"])
            weight = weight * (chance if holds else 1.0 - chance)
    return weight


def worth_of_deal(
    scenario: Scenario, values: Mapping[str, Floats], actor: str, places: Mapping[str, Floats | float]
) -> Floats:
    """(B,) own value of a deal by its place on each issue, on the grid or not; issues left out stay as they are.

    Source: additive multi-attribute value with swing weights (Keeney & Raiffa 1976)
    """
    total: Floats | float = 0.0
    found: Floats | float = 0.0
    own: dict[str, Floats] = {}
    for name, issue in scenario.issues.items():
        weight = drawn_weight(scenario, values, actor, name)
        place = np.asarray(places.get(name, issue.status_quo_position), dtype=float)
        own[name] = _on_issue(scenario, values, actor, name, place)
        total, found = total + weight, found + weight * own[name]
    found = np.asarray(found) / np.where(np.asarray(total) > 0, total, 1.0)
    for place_, bonus in scenario.actors[actor].pairs.items():
        one, other = bonus.issues
        found = found + values[f"{actor}.{place_}.size"] * own[one] * own[other]
    return np.asarray(found)


def _on_issue(scenario: Scenario, values: Mapping[str, Floats], actor: str, issue: str, place: Floats) -> Floats:
    who, scale = scenario.actors[actor], scenario.issues[issue].scale
    if issue in who.position:
        exponent = np.asarray(values.get(f"{actor}.shape.{issue}", 1.0))
        return peaked(place, drawn_ideal(scenario, values, actor, issue), exponent)
    if issue not in who.values:
        return np.zeros(place.shape)
    keys = {scenario.issues[issue].index(level): level for level in who.values[issue]}
    table = np.stack([np.asarray(values[f"{actor}.values.{issue}.{keys[n]}"]) for n in range(len(scale))])
    nearest = np.abs(np.atleast_1d(place)[:, None] - scale).argmin(axis=1)
    return np.asarray(table[nearest, np.arange(table.shape[1]) if table.ndim > 1 else ...].reshape(-1))


def whose(number: Number) -> str:
    """The actor whose own value a number of a scenario is."""
    return str(number.place[1] if number.place[0] == "actors" else number.place[-1])


def like_needs(scenario: Scenario, number: Number) -> Iterator[str]:
    """Paths of the numbers that the worth of a deal follows from."""
    actor, like = whose(number), number.quantity.like
    own = ("salience.", "worth.", "position.", "shape.", "values.", "posture", "bonus.", "interactions.")
    mine = (*(f"{actor}.{key}" for key in own), "contingencies.")
    yield from (path for path in scenario.numbers if path.startswith(mine))
    if isinstance(like, str):
        yield from (path for path in scenario.numbers if path.startswith(f"{like}.position."))
    else:
        yield from (f"{number.path}.like.{issue}" for issue in like or ())


def like_value(scenario: Scenario, values: Mapping[str, Floats], number: Number) -> Floats:
    """(B,) what a number that is the worth of a deal comes to."""
    like = number.quantity.like
    if isinstance(like, str):
        stands = () if like == STATUS_QUO else scenario.actors[like].position
        places = {issue: values[f"{like}.position.{issue}"] for issue in stands}
    else:
        places = {issue: values[f"{number.path}.like.{issue}"] for issue in like or ()}
    return worth_of_deal(scenario, values, whose(number), places)
