"""Who prevails once a pause has moved power, and what a year of war costs: what shifts and damage are counted in."""

from __future__ import annotations

import numpy as np

from sim.foundations import Floats
from sim.scenario import Draws, Scenario
from sim.table.no_deal_models import NoDealState


def year_of_war(scenario: Scenario, draws: Draws) -> Floats:
    """(B, A) own value per round that fighting costs each actor; his whole stake, 1, where he has no cost of war."""
    costs = {name: actor.war_cost is not None for name, actor in scenario.actors.items()}
    return np.column_stack([draws.get(f"{name}.war_cost", 1.0 if not costs[name] else 0.0) for name in scenario.actors])


def swing_of(scenario: Scenario, draws: Draws, none: NoDealState) -> Floats | None:
    """(B, A) dp, change of every party's chance to prevail once a pause has lasted; None where nobody states one.

    It is cut off where somebody would be sure to prevail; the others' chances change in proportion to theirs.
    """
    stated = [name for name in scenario.parties if scenario.actors[name].prevail_shift is not None]
    if not stated:
        return None
    p = none.prevail
    swing = np.zeros_like(p)
    for name in stated:
        a = list(scenario.actors).index(name)
        change = np.clip(draws[f"{name}.prevail_shift"], -p[:, a], 1 - p[:, a])
        others = p.copy()
        others[:, a] = 0.0
        rest = others.sum(axis=1, keepdims=True)
        # where nobody else could prevail there is nobody to lose or gain what this party does
        swing -= np.where(rest > 0, others / np.where(rest > 0, rest, 1.0), 0.0) * change[:, None]
        swing[:, a] += np.where(rest[:, 0] > 0, change, 0.0)
    return swing
