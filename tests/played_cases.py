"""Runs of the project's cases that several test files look at: each is played once in a process."""

from functools import cache

import xarray as xr

from sim.runs import run
from sim.scenario import Scenario
from tests.shipped import shipped

#: Draws of the main case, in which every ending and every reason is met.
DRAWS = 150


@cache
def _played(name: str, draws: int) -> tuple[Scenario, xr.Dataset]:
    scenario = shipped(name)
    results = run(scenario, draws)
    for one in results.variables.values():
        one.values.flags.writeable = False  # who writes into them would change what others look at
    return scenario, results


def played_case(name: str, draws: int = DRAWS) -> tuple[Scenario, xr.Dataset]:
    """A case and its results, to which columns may be added; their arrays are everybody's, and cannot be changed."""
    scenario, results = _played(name, draws)
    found = results.copy()
    found.attrs = dict(results.attrs)
    return scenario, found
