"""Whether chance plays any part in a run."""

from __future__ import annotations

import numpy as np
import xarray as xr

from sim.ensemble import Design, play
from sim.scenario import Scenario, change

#: Draws that are played again with another seed.
_TRIED = 100


def seed_changes_nothing(results: xr.Dataset, scenario: Scenario, *, central: bool = False) -> bool:
    """Find out whether another seed gives the same results.

    Draws differ by their streams only, so where chance matters they differ among themselves; where they are
    all alike, or there is only one, some are played again with another seed.

    Args:
        central: whether the run had every number at its central value
    """
    names = ("ending", "deal", "held", "round", "utility")
    columns = {name: results[name].values for name in names}
    if any((values != values[:1]).any() for values in columns.values()):
        return False
    other = Design.of_draws(change(scenario, {"seed": f"{scenario.seed}, again"}), _TRIED, central=central)
    again = play(other, columns=names)
    return all(np.array_equal(again[name].values, np.repeat(v[:1], _TRIED, axis=0)) for name, v in columns.items())
