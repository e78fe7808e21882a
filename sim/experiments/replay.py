"""One draw told again, with everything that is kept of a run of one draw, its offers included."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from sim.engine import simulate
from sim.experiments.records import records
from sim.experiments.representative import add_representative
from sim.foundations import Bools
from sim.scenario import Scenario, draw
from sim.store import label
from sim.table import DealSpace


def replay_draw(
    scenario: Scenario,
    number: int,
    *,
    central: bool = False,
    fixed: Mapping[str, float] | None = None,
    consistent: Bools | None = None,
) -> xr.Dataset:
    """Play one draw, whatever else was played beside it, and keep its offers, deals and states.

    Args:
        number:  which draw
        central: every number at its central value
        fixed:   path -> value that replaces the draw
        consistent: (1,) verdict that replaces that of the observations
    Returns:
        results of a run of this draw alone, equal bit for bit to what it was among others
    """
    space = DealSpace.of(scenario)
    own = dict(fixed or {})
    played = simulate(space, draw(scenario, np.array([number]), central=central, fixed=own), keep_states=True)
    results = label(scenario, space, records(played, consistent), np.array([number]))
    add_representative(results, scenario, space, central=central, fixed=own)
    return results
