"""Axes keep their names on the disk, whatever is in them, and results are found by these names."""

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

from sim.ensemble.workers import Here
from sim.store import digest, load_results
from sim.sweeps.design_points import make_points
from sim.sweeps.home import open_home
from sim.sweeps.playing import play_sweep
from tests.sweeps.faulty import tiny

OVER = ("p.patience=0.5:0.9:3", "issues.x.available=a|b,a..c")
NAMES = ("patience of p", "levels on offer")


def asked(design, points=None):
    """A sweep over two axes whose names have spaces, as a study may call them."""
    found = tiny(over=OVER, draws=4)
    axes = [replace(axis, name=name) for axis, name in zip(found.points.axes, NAMES, strict=True)]
    return replace(found, points=make_points(axes, design, points, "s"))


@pytest.mark.slow
@pytest.mark.parametrize(("design", "points"), [("grid", None), ("lhs", 5), ("one-at-a-time", None)])
def test_names_with_spaces_are_written_without_a_warning_and_read_back(tmp_path, design, points):
    """Warnings are errors here. What was a coordinate is one again, and the digest is the same."""
    home = open_home(asked(design, points), out=tmp_path / "out", workers=1)
    done = play_sweep(home_asked := asked(design, points), home, Here())
    found = load_results(tmp_path / "out")
    assert home_asked.points.design == design
    assert digest(found) == done.digest
    assert set(NAMES) <= set(found.coords)
    for name in NAMES:
        xr.testing.assert_identical(found[name].variable, done.results[name].variable)


@pytest.mark.slow
def test_a_grid_is_found_by_the_names_of_its_axes(tmp_path):
    """What is at a value of each axis, by name."""
    home = open_home(asked("grid"), out=tmp_path / "out", workers=1)
    done = play_sweep(asked("grid"), home, Here())
    found = load_results(tmp_path / "out")["ending_share"].sel({NAMES[0]: 0.7, NAMES[1]: "a..c", "group": "all"})
    assert found.dims == ("ending",)
    np.testing.assert_array_equal(found, done.results["ending_share"].sel(group="all").values[1, 1])


@pytest.mark.parametrize(
    ("over", "fixed", "more"),
    [(OVER[:1], 1, 0), (OVER[1:], 0, 1), (OVER, 1, 1), (("talks.rounds=4,6",), 0, 1)],
)
def test_results_say_whether_points_fix_numbers(over, fixed, more):
    """Numbers change which worlds fit the observations; levels on offer and rules of the talks do not."""
    from sim.sweeps import sweep_in_memory

    found = sweep_in_memory(tiny(over=over, draws=1)).attrs
    assert (found["fixes_numbers"], found["changes_more"]) == (fixed, more)
