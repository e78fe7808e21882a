"""The project's own cases, each read once in a process; tests of reading itself read them by themselves."""

from functools import cache
from pathlib import Path

from sim.scenario import Scenario, read_scenario

SCENARIOS = Path(__file__).parents[1] / "scenarios"


@cache
def shipped(name: str) -> Scenario:
    """A case that comes with the project, without an overlay."""
    return read_scenario(SCENARIOS / name)
