"""Points of runs and of sweeps, and boxes told in the words of the scenario."""

import json

import numpy as np
import pytest
import xarray as xr

from sim.discovery.discover import discover
from sim.discovery.searched_points import points_of
from sim.foundations import ResultsError
from sim.report.analysis_keep import with_words
from sim.report.analysis_words import condition_words, input_spoken
from sim.runs import run
from tests.shipped import shipped


def sweep(failed=()):
    """A grid of a number and an option; one end of the number settles."""
    x, names = np.linspace(0, 1, 40), ["fast", "slow"]
    modal = (x[:, None, None] < 0.5) & np.ones((1, 2, 2), bool)
    broken = np.zeros((40, 2), np.int64)
    for place in failed:
        broken[place] = 1
    share = np.stack([1 - x[:, None, None] * np.ones((1, 2, 2)), x[:, None, None] * np.ones((1, 2, 2))], axis=-1)
    flags = {"flag_meanings": "settlement|stalemate"}
    return xr.Dataset(
        {
            "modal_ending": (("a.patience", "pace", "group"), modal.astype(np.int8), flags),
            "ending_share": (("a.patience", "pace", "group", "ending"), share),
            "failed": (("a.patience", "pace"), broken),
        },
        {
            "a.patience": x, "pace": names, "group": ["all", "consistent"], "ending": ["settlement", "stalemate"],
            "point": (("a.patience", "pace"), np.arange(80).reshape(40, 2)),
        },
        {"axes": json.dumps([{"name": "a.patience"}, {"name": "pace"}]), "grid": 1},
    )  # fmt: skip


def test_points_of_a_sweep_with_options_and_gaps():
    """One row for each point, options as codes, failed points as gaps, shares by name."""
    found = points_of(sweep(failed=[(0, 0)]), "consistent")
    assert found.names == ("a.patience", "pace")
    assert found.inputs.shape == (80, 2)
    assert found.options == {1: ("fast", "slow")}
    assert np.flatnonzero(np.isnan(found.columns["ending"].values)).tolist() == [0]
    np.testing.assert_allclose(found.columns["ending_share.stalemate"].values[1:], found.inputs[1:, 0])


def test_boxes_of_a_sweep():
    """Patience below a half is found on the most frequent ending of the points, and the gap is counted."""
    found = discover(points_of(sweep(failed=[(0, 0)])), "ending == stalemate", permutations=39)
    assert found["input"].values.tolist() == ["a.patience"]
    assert float(found["high"][0, 0]) == pytest.approx(0.5, abs=0.03)
    assert (found.attrs["points"], found.attrs["failed"]) == (79, 1)


@pytest.mark.slow
def test_a_run_is_a_table_of_its_draws_and_boxes_speak_the_scenarios_words():
    """Every number is an input, every outcome of a draw a column; limits read as a clause."""
    scenario = shipped("ceasefire")
    results = run(scenario, 400)
    points = points_of(results)
    assert points.names == tuple(scenario.numbers)
    assert {"ending", "held", "utility.russia", "exists.truce", "russia.patience"} <= set(points.columns)
    found = with_words(discover(points, "russia.patience > 0.8", scenario, most=1), scenario)
    assert found["box_words"].values[0].startswith("Russia's patience is above 0.")


def test_other_datasets_are_refused():
    """Neither a run nor a sweep."""
    with pytest.raises(ResultsError, match="neither"):
        points_of(xr.Dataset())


def test_words():
    """Owners take an s, names of actors that end with s only the apostrophe."""
    scenario = shipped("ceasefire")
    assert input_spoken(scenario, "us.patience") == "United States' patience"
    assert input_spoken(scenario, "talks.decisive_chance") == "chance that arms decide"
    assert input_spoken(scenario, "ukraine.red_lines.nato.begins").startswith(
        'where Ukraine\'s red line on "Growth of NATO" begins'
    )
    speed = input_spoken(scenario, "talks.strategies.russia.settings.speed")
    assert speed == "“Russia: how fast it gives way”"
    assert condition_words("declared == none") == "nothing is signed"
