"""Whether chance plays any part in a run."""

from __future__ import annotations

import numpy as np
import xarray as xr

from sim.ensemble import Design, play
from sim.ensemble.labels import deals_in_all
from sim.ensemble.told_deals import tells_of_all
from sim.scenario import Scenario, change

#: Draws that are played again with another seed; of very many deals few draws have to do.
_TRIED, _FEW = 100, 10


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
    tried = _TRIED if tells_of_all(deals_in_all(results)) else _FEW
    other = Design.of_draws(change(scenario, {"seed": f"{scenario.seed}, again"}), tried, central=central)
    numbers = results["deal_index"].values
    again = play(other, columns=names)
    here = again["deal"].values
    again["deal"] = ("draw", np.where(here < 0, here, again["deal_index"].values[here]))
    signed = columns["deal"]
    columns["deal"] = np.where(signed < 0, signed, numbers[signed])
    return all(np.array_equal(again[name].values, np.repeat(v[:1], tried, axis=0)) for name, v in columns.items())
