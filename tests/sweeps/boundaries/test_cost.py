"""Lines cost little: closed forms of whole maps at once, and no more points than the budget has."""

import numpy as np
import pytest

from sim.equilibria import Dispute, Document, bargaining_range, enforcement_interval
from sim.plots.sweep.boundary_lines import boundary_lines
from sim.sweeps import sweep
from sim.sweeps.boundaries import central_worlds
from sim.sweeps.boundaries.attach import BUDGET
from sim.sweeps.boundaries.bargaining_range_line import share_range
from sim.sweeps.boundaries.fine_grid import fine_points
from sim.sweeps.boundaries.once_each import once_each
from sim.sweeps.boundaries.one_share import one_share, plain_pair
from sim.sweeps.swept_axes import swept_axes
from sim.table import DealSpace
from tests.sweeps.boundaries.lines import asked_over, divided, lines

SIDES = {"W": 0.43, "delta": 0.9, "eta": 0.05, "grievance": 0.02}, {"W": 0.27, "delta": 0.85, "eta": 0.03}
FOUR = ("A.reservation=0.1:0.9:5", "A.power_shift=-0.2:0.2:4", "A.patience=0.7:0.95:3", "B.patience=0.7:0.95:2")


def test_the_range_of_many_worlds_is_that_of_each():
    """The closed form in arrays gives the ends that theory's function gives for one dispute after the other."""
    scenario = divided(*SIDES, points=11, theta=0.4, hazards=(0.1, 0.2))
    points = asked_over(scenario, *FOUR).points
    worlds = central_worlds(DealSpace.of(scenario), points, np.arange(len(points.played)))
    found = one_share(worlds, plain_pair(worlds))
    ends = np.stack(share_range(worlds, found), axis=1)
    assert len(np.unique(ends, axis=0)) > 50
    group = int(worlds.space.durability_classes[1][found.deals[0]])
    for n, row in enumerate(ends):
        own = [
            [
                float(values[n, side] / found.slope[n, k])
                for values in (worlds.no_deal.value, worlds.damage, worlds.shift)
            ]
            for k, side in enumerate(found.side)
        ]
        war = [values[0] for values in own]
        dispute = Dispute(0.0, (-war[0], 1 - war[1]), tuple(worlds.delta[n, list(found.side)]))
        grievance = tuple(-found.besides[n] / found.slope[n])
        one, other = (
            bargaining_range(
                dispute,
                Document(float(worlds.documents.believed.holds[n, side, group]), float(worlds.documents.speed[n]),
                         own[k][2] * (1 - 2 * k), grievance, (own[0][1], own[1][1])),
            )
            for k, side in enumerate(found.side)
        )  # fmt: skip
        assert row == pytest.approx([one.x_min, other.x_max], rel=0, abs=1e-12)


def test_equal_rows_are_asked_once():
    """Values come back in the order of the rows, tuples as columns."""
    asked = []

    def interval(*row):
        asked.append(row)
        return enforcement_interval(*row) or (2.0, -1.0)

    rows = np.array([[0.06, 0.0, -0.15, 0.95, 1.0], [0.06, 0.0, 0.0, 0.95, 1.0]])[[0, 1, 1, 0, 1]]
    found = once_each(interval, rows)
    assert len(asked) == 2
    np.testing.assert_array_equal(found, [interval(*row) for row in rows])


def test_lines_of_four_axes_are_those_of_two():
    """At values of the third and fourth axis the line is that of a sweep over the other two with these fixed."""
    scenario = divided(*SIDES, points=11)
    four = lines(scenario, *FOUR)
    raw = scenario.model_dump()
    for side, value in (("A", 0.95), ("B", 0.7)):
        raw["actors"][side]["patience"] = {"value": value, "assumed": "test"}
    two = lines(type(scenario).model_validate(raw), *FOUR[:2])
    one = four.sel({"boundary_A.patience": 0.95, "boundary_B.patience": 0.7}, method="nearest")
    names = [f"boundary_{axis}" for axis in ("A.reservation", "A.power_shift")]
    shared = {name: np.intersect1d(one[name].values, two[name].values) for name in names}
    assert min(map(len, shared.values())) >= 4
    for name in ("boundary_any_deal", "boundary_bargaining_range"):
        np.testing.assert_allclose(one[name].sel(shared), two[name].sel(shared), rtol=0, atol=1e-12)


def test_only_the_axes_of_maps_are_made_finer():
    """Third and fourth ranges keep their own values, the grid stays within the budget, about a second's work."""
    scenario = divided(*SIDES, points=11)
    axes = asked_over(scenario, *(text.rpartition(":")[0] + ":9" for text in FOUR)).points.axes
    points, values = fine_points(axes, scenario, BUDGET // 50)
    assert [len(own) for own in values[2:]] == [9, 9]
    assert min(len(own) for own in values[:2]) >= 25
    assert len(points) <= BUDGET // 50 * 1.1
    assert fine_points(axes, scenario, 9 * 9 * 6 * 6) is None


def test_lines_are_looked_up_in_any_order_of_values():
    """A numeric choice out of order is found by its value."""
    scenario = divided(*SIDES, points=11)
    over = {"A.reservation": "0.1:0.9:4", "B.reservation": "0.1:0.9:4", "A.power_shift": [0.0, -0.2, 0.1]}
    results = sweep(scenario, over, draws=1)
    axes = swept_axes(results)
    for value in over["A.power_shift"]:
        (rule,) = [
            line
            for line in boundary_lines(results, *axes[:2], {"A.power_shift": value})
            if line.name == "boundary_any_deal"
        ]
        at = list(over["A.power_shift"]).index(value)
        field = results["boundary_any_deal"].isel({"boundary_A.power_shift": at})
        np.testing.assert_array_equal(rule.field, field.transpose("boundary_B.reservation", ...).values)
