"""Lines that actors say they will not cross: where they begin and whether they are hard in a draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import Bools, Floats
from sim.scenario import Draws, RedLine
from sim.scenario.level_range import LevelName
from sim.table.deal_space import DealSpace


@dataclass(frozen=True)
class DrawnRedLine:
    """One red line in a block of draws.

    path:    ``actor.red_lines.name``
    actor:   index of its owner
    crossed: (B, K) deals that cross it
    hard:    (B,) draws in which crossing is out of the question
    cost:    (B,) own value lost by crossing it where it is soft
    """

    path: str
    actor: int
    crossed: Bools
    hard: Bools
    cost: Floats


def draw_red_lines(space: DealSpace, draws: Draws, flow: Floats) -> tuple[DrawnRedLine, ...]:
    """Draw every red line of the scenario.

    Args:
        flow: (B, A, K) own value per round before any cost of crossing
    Returns:
        one entry per red line, in the order of the file
    Source: ratification constraints (Putnam 1988; Tarar 2001); the level where a line begins is drawn: ours
    """
    found = []
    for a, (name, actor) in enumerate(space.scenario.actors.items()):
        for label, line in actor.red_lines.items():
            path = f"{name}.red_lines.{label}"
            if line.own_value is not None:
                crossed = flow[:, a] < draws[f"{path}.own_value"][:, None] - 1e-12
            else:
                crossed = _crossed_levels(space, draws, path, line)
            hard = draws.dice.uniform("red line", path) < draws[f"{path}.firmness"]
            found.append(DrawnRedLine(path, a, crossed, hard, draws.get(f"{path}.cost", 0.0)))
    return tuple(found)


def direction(space: DealSpace, line: RedLine) -> float:
    """+1 where the forbidden side of an ordered issue is its upper end, -1 where it is its lower end."""
    issue = space.scenario.issues[str(line.issue)]
    end = issue.place(_far_end(line))
    away = end - issue.status_quo_position
    if abs(away) < 1e-12:
        away = end - 0.5
    return 1.0 if away > 0 else -1.0


def _far_end(line: RedLine) -> LevelName:
    assert line.rejects is not None
    return line.rejects


def _crossed_levels(space: DealSpace, draws: Draws, path: str, line: RedLine) -> Bools:
    """(B, K) deals whose level of the issue lies on the forbidden side."""
    scenario = space.scenario
    issue = scenario.issues[str(line.issue)]
    i = list(scenario.issues).index(str(line.issue))
    if line.levels:
        forbidden = np.isin(np.arange(len(issue.scale)), issue.indices(line.levels))
        return np.broadcast_to(forbidden[space.deals[:, i]], (len(draws), len(space)))
    sign = direction(space, line)
    convention = scenario.conventions.red_line
    if convention == "any step":
        by_level = sign * (issue.scale - issue.status_quo_position) > 1e-9
        by_level = np.broadcast_to(by_level, (len(draws), len(by_level)))
    elif convention == "whole claim":
        by_level = sign * (issue.scale - issue.place(_far_end(line))) >= -1e-9
        by_level = np.broadcast_to(by_level, (len(draws), len(by_level)))
    else:
        by_level = sign * (issue.scale - draws[f"{path}.begins"][:, None]) >= -1e-9
    return np.asarray(by_level[:, space.deals[:, i]])


def soft_cost(lines: tuple[DrawnRedLine, ...], shape: tuple[int, int, int]) -> Floats:
    """(B, A, K) own value lost by crossing soft lines."""
    cost = np.zeros(shape)
    for line in lines:
        cost[:, line.actor] += np.where(line.hard, 0.0, line.cost)[:, None] * line.crossed
    return cost


def permitted_deals(lines: tuple[DrawnRedLine, ...], shape: tuple[int, int, int]) -> Bools:
    """(B, A, K) deals that cross no hard line of the actor."""
    free = np.ones(shape, bool)
    for line in lines:
        free[:, line.actor] &= ~(line.crossed & line.hard[:, None])
    return free
