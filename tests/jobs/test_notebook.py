"""Results in a notebook: what the figures say, and a dataset like any other."""

import copy

import numpy as np
import xarray as xr

from sim.jobs.notebook import Results, load_results, run, sweep
from sim.plots import PLOTS, fitting
from sim.runs import run as plain_run
from sim.scenario import read_scenario
from sim.store import digest

PIE = "scenarios/pie"


def test_findings_stand_above_the_arrays():
    """Every fitting figure is named once with what it says, in the order in which they are read; the arrays follow."""
    results = run(read_scenario(PIE), 4)
    page = results._repr_html_()
    names = fitting(results)
    assert page.count("<code>figures.") == len(names) > 1
    places = [page.index(f"figures.{name.replace('-', '_')}(") for name in names]
    assert places == sorted(places)
    assert names[:2] == ["deals-over-time", "endings"]
    assert PLOTS["endings"].title(results) in page
    assert page.index("</ul>") < page.index("icon-database")


def test_nothing_else_differs_from_a_dataset():
    """Same digest as the plain results; copies and parts keep their data."""
    results = run(read_scenario(PIE), 4)
    assert isinstance(results, xr.Dataset)
    assert digest(results) == digest(plain_run(read_scenario(PIE), 4))
    for found in (results.copy(), copy.deepcopy(results)):
        assert isinstance(found, Results)
        xr.testing.assert_identical(found, results)
    np.testing.assert_array_equal(results.isel(draw=slice(2))["held"], results["held"][:2])


def test_points_of_a_sweep_too():
    """A sweep says what its own figures say."""
    points = sweep(read_scenario(PIE), over={"talks.rounds": [3, 4]}, draws=2)
    assert "figures.sweep_lines(results)" in points._repr_html_()


def test_wrapped_functions_keep_their_words():
    """Docstrings are those of what is wrapped."""
    assert "Play every draw" in run.__doc__
    assert load_results.__doc__
