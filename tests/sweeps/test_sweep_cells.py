"""Cells put together in any way give the same bits, and those of single runs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.ensemble import LIGHT, Design, play
from sim.ensemble.ask import ask_scenario
from sim.ensemble.cells import play_cells
from sim.scenario import change
from sim.store import digest
from sim.sweeps import sweep_in_memory
from sim.sweeps.chunks import make_plan
from tests.shipped import shipped
from tests.sweeps.faulty import tiny


def all_chunks(asked, rows):
    """Play everything in chunks of about so many rows."""
    job, plan = asked.job().to_bytes(), make_plan(asked.points, asked.draws, 1, rows)
    return [play_cells(job, plan.chunk(number)) for number in range(plan.chunks)]


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(st.integers(1, 400), st.booleans())
def test_the_size_of_a_chunk_changes_no_bit(rows, common):
    """Totals and single draws are those of one big chunk."""
    asked = tiny(over=("p.patience=0.5:0.9:5", "talks.rounds=3,6"), common=common, draws=30)
    whole, parts = all_chunks(asked, 10**6)[0], all_chunks(asked, rows)
    for name in whole.totals:
        assert np.array_equal(np.concatenate([part.totals[name] for part in parts]), whole.totals[name])
    for name in whole.single:
        assert np.array_equal(np.concatenate([part.single[name] for part in parts]), whole.single[name])


def test_many_draws_are_cut_into_cells_that_add_up():
    """2,500 draws at a point are three cells."""
    asked = tiny(draws=2500, over=("p.patience=0.5,0.9",), keep=False)
    found = sweep_in_memory(asked)
    single = play(Design.of_draws(asked.scenario, 2500, fixed={"p.patience": 0.5}), columns=LIGHT)
    share = found["ending_share"].sel({"p.patience": 0.5, "group": "all"}).values
    assert share == pytest.approx(np.bincount(single["ending"].values, minlength=5) / 2500)
    mean = found["utility_mean"].sel({"p.patience": 0.5, "group": "all"}).values
    assert mean == pytest.approx(single["utility"].values.mean(axis=0))
    error = found["utility_error"].sel({"p.patience": 0.5, "group": "all"}).values
    assert error == pytest.approx(single["utility"].values.std(axis=0, ddof=1) / 50)


def test_a_point_is_the_run_with_its_numbers_and_rules():
    """Common random numbers: draws at a point are those of a run with the numbers fixed and the rules changed."""
    asked = tiny(over=("p.patience=0.5:0.9:3", "issues.x.available=a|b,a|c"), draws=25)
    found = sweep_in_memory(asked)
    scenario = change(asked.scenario, {"issues.x.available": ["a", "c"]})
    for patience in (0.5, 0.7, 0.9):
        single = play(Design.of_draws(scenario, 25, fixed={"p.patience": patience}), columns=LIGHT)
        at = found.sel({"p.patience": patience, "issues.x.available": "a|c"})
        assert np.array_equal(at["draw_ending"].values, single["ending"].values)
        assert np.array_equal(at["draw_utility"].values, single["utility"].values.astype(np.float32))


def test_independent_draws_differ_between_points_and_common_ones_do_not():
    """Without common random numbers a point has its own worlds."""
    same = sweep_in_memory(tiny(over=("q.power=1,1.0000001",), draws=20))
    other = sweep_in_memory(tiny(over=("q.power=1,1.0000001",), draws=20, common=False))
    assert np.allclose(same["draw_utility"].values[0], same["draw_utility"].values[1], atol=1e-4)
    assert not np.allclose(other["draw_utility"].values[0], other["draw_utility"].values[1], atol=1e-4)


@pytest.mark.slow
def test_observations_select_draws_in_the_world_as_it_was():
    """Levels taken off the table do not change what was observed; a number that is fixed does."""
    from sim.sweeps import SweepAsk, make_points, parse_axis

    scenario = shipped("ceasefire")
    texts = ("issues.guarantees.available=none,none..allied forces", "russia.patience=0.65,0.95")
    axes = [parse_axis(text, scenario) for text in texts]
    asked = SweepAsk(ask_scenario(scenario, 40), make_points(axes, "grid", None, "s"))
    found = sweep_in_memory(asked)["draw_consistent"]
    one, two = (found.sel({"issues.guarantees.available": name}) for name in ("none", "none..allied forces"))
    assert np.array_equal(one.values, two.values)
    single = play(Design.of_draws(scenario, 40, fixed={"russia.patience": 0.65}), columns=LIGHT)["consistent"].values
    assert np.array_equal(one.sel({"russia.patience": 0.65}).values.astype(bool), single)


def test_designs_without_a_grid_have_points_with_coordinates():
    """A ``point`` dimension, an axis each a coordinate; equal points have equal results."""
    found = sweep_in_memory(tiny(over=("p.patience=0.5:0.9", "talks.rounds=3,6"), design="lhs", points=8, draws=10))
    assert found.sizes["point"] == 8
    assert found["p.patience"].dims == ("point",)
    assert set(found["talks.rounds"].values) == {3.0, 6.0}
    assert len(digest(found)) == 64
