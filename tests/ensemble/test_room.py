"""More worlds than memory holds are refused after the first block, with what they would take."""

import pytest

from sim.ensemble import Design, play
from sim.ensemble import room as rooms
from sim.foundations import InputError
from sim.scenario import read_scenario


def test_too_many_worlds_are_refused_before_they_are_played(monkeypatch):
    """The sentence says memory, time, and how many fit; so many are played."""
    monkeypatch.setattr(rooms, "memory", lambda: 20_000)
    pie = read_scenario("scenarios/pie")
    with pytest.raises(InputError, match=r"5,000 worlds take about .* GB of memory and .*: ask for \d+ at most"):
        play(Design.of_draws(pie, 5000), columns=["utility", "ending"], block=10)
    assert play(Design.of_draws(pie, 100), columns=["utility", "ending"], block=10).sizes["draw"] == 100
