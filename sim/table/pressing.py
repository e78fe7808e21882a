"""Lumps that come with a signature: what those who press add, and what an audience at home takes."""

from __future__ import annotations

import numpy as np

from sim.foundations import TOLERANCE, Bools, Floats
from sim.scenario import Draws, Scenario


def lumps(scenario: Scenario, draws: Draws, signed: Floats, war: Floats, free: Bools) -> Floats:
    """(B, A, K) lumps added to V by those who press, on deals they prefer to war net of its cost to them.

    Nobody presses for what crosses a hard red line of his own.
    """
    names = list(scenario.actors)
    lump = np.zeros(signed.shape)
    for presser, actor in scenario.actors.items():
        p = names.index(presser)
        for target in actor.pressure:
            path = f"{presser}.pressure.{target}"
            cost = draws.get(f"{path}.cost", 0.0)[:, None]
            wanted = (signed[:, p] - cost > war[:, p, None] + TOLERANCE) & free[:, p]
            lump[:, names.index(target)] += draws[f"{path}.strength"][:, None] * wanted
            lump[:, p] -= cost * wanted
    return lump


def pressed_deals(scenario: Scenario, pressure: Floats) -> Bools:
    """(B, K) deals on which somebody leans on somebody who signs."""
    needed = np.isin(np.array(list(scenario.actors)), np.array(scenario.signers))
    return np.asarray((pressure[:, needed] > 0).any(axis=1))


def audience_costs(scenario: Scenario, draws: Draws, flow: Floats) -> Floats | None:
    """(B, A, K) what signing each deal costs those who promised more at home, 0 or more; None where nobody did.

    Args:
        flow: (B, A, K) own value per round while each deal holds
    Source: Fearon 1994, Am Polit Sci Rev 88:577-592; linear in what is given up: ``sim.equilibria.audience_cost``
    """
    bound = [(a, name) for a, (name, actor) in enumerate(scenario.actors.items()) if actor.audience is not None]
    if not bound:
        return None
    costs = np.zeros(flow.shape)
    for a, name in bound:
        short = np.maximum(draws[f"{name}.audience.promise"][:, None] - flow[:, a], 0.0)
        costs[:, a] = draws[f"{name}.audience.slope"][:, None] * short
    return costs
