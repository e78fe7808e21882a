"""A bridge as labelled arrays, for figures."""

from __future__ import annotations

import numpy as np
import xarray as xr

from sim.bridges.cheapest_bridge import Bridge
from sim.scenario import Scenario
from sim.scenario.kinds import ending_codes
from sim.words import Vocabulary

#: More points of the frontier than this could not be read side by side.
_MOST = 10


def bridge_dataset(found: Bridge, scenario: Scenario) -> xr.Dataset:
    """Label the frontier of cost against chance.

    Returns:
        dataset with dims ``bridge_point`` (by cost) and ``lever``: cost (central, low, high), chance, its count of
        draws, use of each lever; the point that was found (or the best) is marked;
        of a long frontier ten points evenly along it; ``bridge_ending`` (bridge_point, ending_name): shares of the
        endings, what follows where a deal is signed
    """
    places = np.unique(np.linspace(0, len(found.frontier) - 1, min(_MOST, len(found.frontier))).round().astype(int))
    points = [found.frontier[n] for n in places]
    if found.point not in points:
        points = sorted([*points, found.point], key=lambda point: point.cost)
    uses = np.array([[point.use.get(name, 0.0) for name in found.levers] for point in points])
    along, names = "bridge_point", ending_codes(scenario)
    return xr.Dataset(
        {
            "bridge_cost": (along, np.array([point.cost for point in points])),
            "bridge_cost_low": (along, np.array([point.cost_low for point in points])),
            "bridge_cost_high": (along, np.array([point.cost_high for point in points])),
            "bridge_chance": (along, np.array([point.chance for point in points])),
            "bridge_marked": (along, np.array([int(point == found.point) for point in points])),
            "bridge_use": ((along, "lever"), uses),
            "bridge_ending": (
                (along, "ending_name"),
                np.array([[point.endings.get(name, np.nan) for name in names] for point in points]),
            ),
        },
        coords={"lever": np.array(found.levers, dtype=str), "ending_name": np.array(names, dtype=str)},
        attrs={
            **Vocabulary.of(scenario).to_attrs(),
            "title": scenario.title,
            "bridge_want": found.goal.want,
            "bridge_measure": found.goal.measure,
            "bridge_at_least": found.goal.at_least,
            "bridge_found": int(found.found is not None),
            "bridge_draws": found.draws,
            "bridge_years": scenario.talks.horizon_rounds * scenario.talks.round_years,
            "lever_titles": [scenario.levers[name].title for name in found.levers],
            "lever_holders": [
                scenario.actors[scenario.levers[name].holder].title or scenario.levers[name].holder
                for name in found.levers
            ],
        },
    )
