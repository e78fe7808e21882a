"""One draw told again, with everything that is kept of a run of one draw, its offers included."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from sim.ensemble import Design, Judge, play
from sim.ensemble.representative import add_representative
from sim.scenario import Scenario


def replay_draw(
    scenario: Scenario,
    number: int,
    *,
    central: bool = False,
    fixed: Mapping[str, float] | None = None,
    judge: Scenario | Judge | None = None,
) -> xr.Dataset:
    """Play one draw, whatever else was played beside it, and keep its offers, deals and states.

    Args:
        number:  which draw
        central: every number at its central value
        fixed:   path -> value that replaces the draw
        judge:   another scenario whose observations say whether the draw counts
    Returns:
        results of a run of this draw alone, equal bit for bit to what it was among others
    """
    design = Design.of_draws(scenario, np.array([number]), central=central, fixed=fixed, judge=judge)
    results = play(design)
    add_representative(results, design)
    return results
