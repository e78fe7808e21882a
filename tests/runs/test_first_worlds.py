"""The first worlds of a run stand for playing them alone, or are refused."""

import numpy as np

from sim.ensemble import Design, play
from sim.runs.first_worlds import first_worlds
from tests.played_cases import played_case

NAMES = ["consistent", "ending", "efficient"]


def test_first_worlds_are_those_of_a_shorter_play():
    """A world does not know how many others are played."""
    scenario, results = played_case("budget", 60)
    found, alone = first_worlds(results, 20, NAMES), play(Design.of_draws(scenario, 20), columns=NAMES)
    assert found is not None
    assert all(found[name].values.tobytes() == alone[name].values.tobytes() for name in NAMES)
    assert np.array_equal(found["draw"], alone["draw"])


def test_worlds_that_are_not_there_are_refused():
    """Too few worlds, other worlds, a world that failed, a column that was not kept: all of it is to be played."""
    _, results = played_case("budget", 60)
    assert first_worlds(None, 1, NAMES) is None
    assert first_worlds(results, 61, NAMES) is None
    assert first_worlds(results.isel(draw=slice(1, None)), 5, NAMES) is None
    assert first_worlds(results.assign_attrs(failed=1), 5, NAMES) is None
    assert first_worlds(results, 5, [*NAMES, "state@1y"]) is None
