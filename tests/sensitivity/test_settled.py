"""Screening and growing designs: known functions, rare events, workers; what is said when nothing is settled."""

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import xarray as xr

from sim.sensitivity import IncompleteError, Saltelli, index_convergence, screen, sobol, until_settled
from sim.sensitivity.grouping import DUMMY, LUCK, OTHERS
from sim.sensitivity.input_screening import plain_points
from tests.sensitivity.known import WEIGHTS, design, g_function, g_indices, ishigami, playing
from tests.sensitivity.toy import toy

ONE = np.array([True])


def settled(function, start, precision=0.05, stories=200_000):
    """Grow a design on a function."""
    return until_settled(playing(function), start, ["y"], ONE, precision=precision, stories=stories)


def test_a_design_grows_until_ishigami_is_settled():
    """It stops at the first size whose intervals are narrow enough, and these hold the analytical values."""
    found = settled(ishigami, design(3, base=64))
    assert bool(found["converged"].values[0])
    assert found.attrs["base"] > 64
    assert found["widest"].values[0] <= 0.05
    np.testing.assert_array_less(np.abs(found["S1"].values[:, 0] - [0.3139, 0.4424, 0.0]), 0.05)
    np.testing.assert_array_less(np.abs(found["ST"].values[:, 0] - [0.5576, 0.4424, 0.2437]), 0.05)


def test_a_grown_design_is_the_design_of_that_size():
    """Points are only added, so growing changes no bit of the answer."""
    grown = settled(ishigami, design(3, base=64), precision=0.16)
    assert grown.attrs["base"] > 64
    whole = settled(ishigami, design(3, base=grown.attrs["base"]), precision=9.0)
    np.testing.assert_array_equal(grown["ST"].values, whole["ST"].values)


def test_what_is_not_settled_when_stories_run_out_says_so():
    """The limit is kept, and the answer is marked."""
    found = settled(ishigami, design(3, base=64), precision=0.001, stories=1500)
    assert found.attrs["points"] <= 1500
    assert not bool(found["converged"].values[0])


def test_an_index_that_moves_is_not_settled_however_narrow_its_interval():
    """Half against all of the points counts as well as the bootstrap."""
    names = ["a", DUMMY, OTHERS]
    table = {name: (("input", "measure"), np.zeros((3, 1))) for name in ("S1", "S1_half", "ST_half")}
    table["ST"] = (("input", "measure"), np.array([[0.4], [0.0], [0.9]]))
    grown = {"S1_at": (("size", "input", "measure"), np.zeros((2, 3, 1)))}
    grown["ST_at"] = (("size", "input", "measure"), np.array([[[0.3], [0.0], [0.2]], [[0.4], [0.0], [0.9]]]))
    found = index_convergence(xr.Dataset(table | grown, {"input": names, "measure": ["y"], "size": [32, 64]}), 0.05)
    assert float(found["moved"][0]) == pytest.approx(0.1)  # that of all others together does not count
    assert not bool(found["converged"].values[0])
    assert bool(index_convergence(found, 0.2)["converged"].values[0])


def test_screening_finds_the_strong_of_forty_numbers():
    """The four strong numbers of a g-function go on; the 36 weak ones fill up, and the rest is one group."""
    sieve = screen(playing(g_function), design(len(WEIGHTS)), ONE)
    assert set(sieve.kept) >= {"x1", "x2", "x3", "x4"}
    assert sieve.kept[:2] == ("x1", "x2")
    assert sorted([*sieve.kept, *sieve.groups[OTHERS]]) == sorted(sieve.names)
    assert sieve.total[sieve.largest_left_out()] < 0.01
    assert sieve.points == 64 * 42 + 256 * 42


@pytest.mark.slow
def test_indices_after_a_screening_are_those_of_the_g_function():
    """Of the strong numbers and of all others as one input, against the closed form."""
    start = design(len(WEIGHTS))
    sieve = screen(playing(g_function), start, ONE)
    found = settled(g_function, Saltelli(start.seed, start.paths, sieve.groups, 256), precision=0.04)
    assert bool(found["converged"].values[0])
    for name, members in sieve.groups.items():
        first, total = g_indices([int(path[1:]) - 1 for path in members])
        one = found.sel(input=name, measure="y")
        assert abs(float(one["S1"]) - first) <= max(1.5 * float(one["S1_half"]), 0.005), name
        assert abs(float(one["ST"]) - total) <= max(1.5 * float(one["ST_half"]), 0.005), name


def test_screening_sees_inputs_that_work_only_together():
    """x1 and x2 decide by their product alone: no first-order effect, and yet they are found."""

    def together(x):
        return ((x[:, 0] > 0.5) == (x[:, 1] > 0.5)).astype(float)

    sieve = screen(playing(together), design(40), ONE)
    assert set(sieve.kept[:2]) == {"x1", "x2"}
    assert sieve.total[0] == pytest.approx(1.0, abs=0.2)


def test_screening_refuses_failed_points():
    """As any method that needs its whole design."""

    def broken(design, first):
        outcomes = playing(ishigami)(design, first)
        outcomes[3] = np.nan
        return outcomes

    with pytest.raises(IncompleteError, match="screening"):
        screen(broken, design(3), ONE)


def test_where_nobody_says_what_counts_it_is_what_varies_most():
    """The rare event is not what a screening is about, unless it was asked for."""

    def both(design, first):
        x = playing(lambda points: points[:, 0])(design, first)
        return np.concatenate([x > 0.98, x > 0.5], axis=1).astype(float)

    sieve = screen(both, design(3), np.zeros(2, bool))
    assert sieve.shown.tolist() == [False, True]


def test_the_plain_points_of_a_design_are_independent_of_the_groups():
    """First and last of each base point: A and B."""
    chosen = design(3, base=8)
    outcomes = playing(lambda x: x[:, 0])(chosen, 0)
    np.testing.assert_array_equal(
        plain_points(outcomes, chosen.width)[:, 0], np.concatenate([chosen.sequence[:, 0], chosen.sequence[:, 3]])
    )


def test_workers_change_no_bit():
    """Blocks are cut the same way whoever plays them."""
    one = sobol(toy(), 16, of=["ending == war"])
    with ThreadPoolExecutor(2) as executor:
        two = sobol(toy(), 16, of=["ending == war"], executor=executor)
    assert one.identical(two)


def test_a_small_scenario_is_not_screened_and_grows_by_itself():
    """Three numbers have an index each; without a size, the design grows until it is settled or the limit is met."""
    found = sobol(toy(), of=["ending == war"], precision=0.2, stories=6000)
    assert "screened" not in found.attrs
    assert found.attrs["evaluations"] <= 6000
    assert found.attrs["base"] >= 256
    assert {LUCK, DUMMY} <= set(found["input"].values.tolist())


@pytest.mark.slow
def test_two_seeds_agree_within_their_intervals(monkeypatch):
    """Of what is screened and grown by default, in a case where that is done although its numbers are few."""
    monkeypatch.setattr(sys.modules["sim.sensitivity.sobol"], "SCREENED_ABOVE", 1)
    of = ["ending == war"]
    one, two = (sobol(toy().model_copy(update={"seed": seed}), of=of, precision=0.2, stories=8_000) for seed in "pq")
    assert "screened" in one.attrs
    both = [name for name in one["input"].values if name in set(two["input"].values)]
    assert LUCK in both
    assert len(both) > 2  # what matters most passes the screening whatever the seed
    for name in both:
        a, b = one.sel(input=name, measure=of[0]), two.sel(input=name, measure=of[0])
        assert abs(float(a["ST"] - b["ST"])) <= 2 * float(np.hypot(a["ST_half"], b["ST_half"])) + 1e-12, name
        assert abs(float(a["S1"] - b["S1"])) <= 2 * float(np.hypot(a["S1_half"], b["S1_half"])) + 1e-12, name
