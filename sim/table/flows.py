"""Own value per round of every deal while it holds."""

from __future__ import annotations

import numpy as np

from sim.foundations import Floats, Ints
from sim.scenario import Draws, Scenario
from sim.table.deal_space import DealSpace
from sim.table.preferences import Preferences


def credibility(scenario: Scenario, draws: Draws, enforcement: Floats) -> Floats:
    """How far each actor trusts a promise under each enforcement, c = 1 - (1 - c0) exp(-a enforcement).

    Args:
        enforcement: (G,) 0 or more
    Returns:
        (B, A, G) 0..1; 1 for actors without a credibility number
    """
    trust = np.ones((len(draws), len(scenario.actors), len(enforcement)))
    for a, (name, actor) in enumerate(scenario.actors.items()):
        if actor.credibility is not None:
            doubt = 1 - draws[f"{name}.credibility.base"][:, None]
            speed = draws[f"{name}.credibility.enforcement"][:, None]
            trust[:, a] = 1 - doubt * np.exp(-speed * enforcement)
    return trust


def flows(space: DealSpace, preferences: Preferences, draws: Draws) -> Floats:
    """(B, A, K) own value per round of each deal, before any cost of crossing soft red lines.

    A promise is worth its level as far as it is trusted, and the status quo for the rest.

    Source: additive multi-attribute value (Keeney & Raiffa 1976); promises as lotteries: ours
    """
    scenario = space.scenario
    issues = list(scenario.issues.values())
    plain: list[Floats | None] = []
    gains: list[Floats | None] = []
    for i, issue in enumerate(issues):
        weight = preferences.weight[:, :, i, None]
        quo = preferences.status_quo[:, :, i, None]
        plain.append(weight * (quo if issue.promise else preferences.value[i]))
        gains.append(weight * (preferences.value[i] - quo) if issue.promise else None)
    firm = np.ascontiguousarray(space.tree.added(plain))
    grades, grade = space.enforcement_grades
    trust = credibility(scenario, draws, grades)
    if any(issue.promise for issue in issues):
        firm += space.tree.added(gains) * trust[:, :, grade]
    for a, pairs in enumerate(preferences.bonus):
        for first, second, amount in pairs:
            one = _trusted(space, preferences, trust[:, a], grade, a, first)
            two = _trusted(space, preferences, trust[:, a], grade, a, second)
            firm[:, a] += amount[:, None] * one * two
    return firm


def _trusted(space: DealSpace, preferences: Preferences, trust: Floats, grade: Ints, actor: int, issue: int) -> Floats:
    """(B, K) value of one issue to one actor in every deal, as far as it is trusted."""
    level = preferences.value[issue][:, actor][:, space.deals[:, issue]]
    if not list(space.scenario.issues.values())[issue].promise:
        return np.asarray(level)
    quo = preferences.status_quo[:, actor, issue, None]
    return np.asarray(quo + trust[:, grade] * (level - quo))
