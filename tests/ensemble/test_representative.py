"""The world whose story is told."""

import numpy as np
import pytest
import xarray as xr

from sim.ensemble.representative import replay_draw, representative_draw, story_rounds
from sim.scenario.draws import ends
from tests.engine.staged import with_numbers
from tests.shipped import shipped
from tests.table.dispute import dispute, number


@pytest.fixture(scope="module")
def scenario():
    """Two numbers with ranges, 0.4 to 0.6 and 0 to 1; all others are certain."""
    ranges = {"actors.A.reservation": number(0.5, 0.4, 0.6), "actors.B.reservation": number(0.5, 0.0, 1.0)}
    return with_numbers(dispute({"W": 0.5, "delta": 0.9}, {"W": 0.5, "delta": 0.9}), ranges)


def chosen(scenario, places, ending, consistent):
    """The draw that is chosen of some, by the two numbers of each."""
    paths, central = list(scenario.numbers), [sum(ends(scenario, one)) / 2 for one in scenario.numbers.values()]
    drawn = np.array([central] * len(places))
    for row, (a, b) in enumerate(places):
        drawn[row, paths.index("A.reservation")], drawn[row, paths.index("B.reservation")] = a, b
    arrays = {"consistent": np.array(consistent), "ending": np.array(ending)}
    found = {name: (("draw",), values) for name, values in arrays.items()} | {"number": (("draw", "path"), drawn)}
    return representative_draw(xr.Dataset(found), scenario)


def test_the_nearest_is_told_by_the_widths_of_the_ranges(scenario):
    """0.05 of a range of 0.2 is further from its centre than 0.2 of a range of 1; of equals the first."""
    assert chosen(scenario, [(0.41, 0.5), (0.55, 0.5), (0.5, 0.7), (0.5, 0.3)], [0] * 4, [True] * 4) == 2


def test_of_the_most_frequent_ending_among_those_that_fit(scenario):
    """The very centre ends otherwise, or does not fit."""
    places = [(0.5, 0.5), (0.58, 0.9), (0.5, 0.5), (0.52, 0.6)]
    assert chosen(scenario, places, [1, 0, 0, 0], [True, True, False, True]) == 3


def test_the_story_says_whose_it_is_and_how_long_its_talks_may_last():
    """The number of the draw, and the rounds of its own talks."""
    case = shipped("pie")
    told = replay_draw(case, 3)
    assert told.attrs["story_draw"] == 3
    assert told.attrs["story_rounds"] == case.talks.talk_rounds == story_rounds(told)
