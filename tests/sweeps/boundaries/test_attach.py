"""Lines are stored beside the results of a sweep and change nothing of them."""

import threading

import numpy as np
import pytest
import xarray as xr

from sim.ensemble.workers import Here
from sim.store import BOUNDARY, digest, load_results
from sim.sweeps import sweep_in_memory
from sim.sweeps.boundaries import BOUNDARIES, with_boundaries
from sim.sweeps.home import open_home
from sim.sweeps.playing import play_sweep
from sim.table import DealSpace
from tests.sweeps.boundaries.lines import asked_over, divided, lines
from tests.sweeps.faulty import tiny

OVER = ("p.patience=0.5:0.9:4", "q.war_cost=0.05:0.5:3")


def only_lines(results):
    """The boundaries of some results."""
    return results[[name for name in results.data_vars if str(name).startswith(BOUNDARY)]]


def without_lines(results):
    """The results as they would be without boundaries."""
    return results.drop_vars([name for name in results.variables if str(name).startswith(BOUNDARY)])


@pytest.mark.slow
def test_lines_change_no_digest_and_come_back_from_the_folder(tmp_path):
    """Stopped and resumed, stored and read, or played in memory: the same digest as without lines, the same lines."""
    asked, stop = tiny(over=OVER, draws=6), threading.Event()
    first = play_sweep(asked, open_home(asked, out=tmp_path / "out", workers=2, rows=12), Here(), stop=stop,
                       told=lambda done, *_: stop.set() if done >= 24 else None)  # fmt: skip
    assert not first.finished
    second = play_sweep(asked, open_home(asked, out=tmp_path / "out", workers=2, rows=12), Here())
    memory, stored = sweep_in_memory(asked), load_results(tmp_path / "out")
    assert "boundary_any_deal" in stored
    for results in (memory, stored, second.results):
        assert digest(results) == digest(without_lines(results)) == second.digest
        xr.testing.assert_identical(only_lines(results), only_lines(memory))
        assert results.attrs["boundary_signs"] == memory.attrs["boundary_signs"]


def test_lines_do_not_depend_on_draws():
    """They are at central values: one draw or many make no difference."""
    few, many = (with_boundaries(tiny(over=OVER, draws=draws), xr.Dataset()) for draws in (1, 50))
    xr.testing.assert_identical(few, many)


def test_only_grids_of_two_to_four_axes_have_lines():
    """One axis, a scattered design, or axes of one value: the results are left as they are."""
    empty = xr.Dataset()
    for asked in (
        tiny(),
        tiny(over=("p.patience=0.5:0.9:4", "talks.rounds=4")),
        tiny(over=OVER, design="lhs", points=5),
    ):
        assert with_boundaries(asked, empty) is empty
    three = with_boundaries(tiny(over=(*OVER, "issues.x.available=a|b,a..c")), empty)
    assert three["boundary_any_deal"].dims[-1] == "boundary_issues.x.available"


def test_the_finer_grid_holds_the_swept_values_and_reaches_the_borders():
    """Lines can be looked up at any point of the sweep; half a step beyond it only where the scenario allows it."""
    found = with_boundaries(tiny(over=("p.patience=0.7:0.95:6", "q.war_cost=0.0:0.5:6")), xr.Dataset())
    patience, cost = found["boundary_p.patience"].values, found["boundary_q.war_cost"].values
    for values, own in ((patience, np.linspace(0.7, 0.95, 6)), (cost, np.linspace(0, 0.5, 6))):
        assert np.isclose(values[:, None], own, rtol=0, atol=1e-9).any(axis=0).all()
        assert (np.diff(values) > 0).all()
        assert 30 <= len(values) <= 61
    assert patience[[0, -1]] == pytest.approx([0.675, 0.975])
    assert cost[[0, -1]] == pytest.approx([0.0, 0.55])  # a cost of war below 0 is refused


def test_a_model_that_raises_costs_the_lines_and_nothing_else(monkeypatch):
    """The sweep is whole, and says why it has no lines."""

    def broken(_scenario):
        raise ValueError("no such world")

    asked = tiny(over=OVER, draws=2)
    whole = sweep_in_memory(asked)
    monkeypatch.setattr(DealSpace, "of", broken)
    found = with_boundaries(asked, without_lines(whole))
    assert found.attrs["boundary_failed"] == "ValueError: no such world"
    assert digest(found) == digest(whole)


def test_kinds_of_deal_have_lines_only_where_they_say_more():
    """A kind that is never on offer, or acceptable just where any deal is, is left out."""
    scenario = divided({"W": 0.43, "delta": 0.9}, {"W": 0.27, "delta": 0.9}, points=11)
    found = lines(scenario, "A.reservation=0.1:0.9:3", "B.reservation=0.1:0.9:3")
    assert "boundary_any_deal" in found
    assert not {f"boundary_{kind}" for kind in ("truce", "partial", "settlement")} & set(found.data_vars)
    assert {entry.name for entry in BOUNDARIES} >= {"truce", "partial", "settlement"}


def test_a_red_line_is_hard_at_central_values_if_its_firmness_is_above_one_half():
    """The line moves when the firmness crosses one half, and not otherwise."""
    scenario = divided({"W": 0.2, "delta": 0.9}, {"W": 0.2, "delta": 0.9}, points=11)
    raw = scenario.model_dump()
    number = {"assumed": "test"}
    raw["actors"]["B"]["red_lines"] = {
        "half": {"own_value": {"value": 0.5, **number}, "firmness": {"value": 0.6, **number}}
    }
    scenario = type(scenario).model_validate(raw)
    found = with_boundaries(
        asked_over(scenario, "A.reservation=0.1:0.9:9", "B.red_lines.half.firmness=0:1:11"), xr.Dataset()
    )
    top = found["boundary_any_deal"].sel({"boundary_A.reservation": 0.8}, method="nearest")
    firmness = found["boundary_B.red_lines.half.firmness"].values
    np.testing.assert_array_equal(top.values >= 0, firmness <= 0.5 + 1e-9)
    assert found.attrs["boundary_red_lines"] == 1
