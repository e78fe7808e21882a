"""Points of a sweep as figures and reports read them."""

import numpy as np

from sim.sweeps.sweep_effects import sweep_means
from sim.sweeps.sweep_points import SweepPoints
from tests.plots.made_up import made_up
from tests.sweeps.faulty import tiny

NUMBERS = ("p.patience=0.5:0.9:3", "q.war_cost=0.05,0.2")


def test_the_scenario_stands_at_one_point_of_a_grid():
    """Where it stands on every axis; an axis of one value counts too."""
    points = SweepPoints.of(made_up(tiny(over=(*NUMBERS, "p.war_cost=0.2"), draws=5)))
    assert points.at_base.tolist() == [False, False, False, True, False, False]
    away = SweepPoints.of(made_up(tiny(over=(*NUMBERS, "talks.rounds=4"), draws=5)))
    assert not away.at_base.any()


def test_values_are_told_for_every_axis():
    """Numbers, words, and the one value of an axis that does not vary; rows are those of the shares."""
    results = made_up(tiny(over=(NUMBERS[0], "issues.x.available=a..c,a|b", "talks.rounds=4"), draws=5))
    points = SweepPoints.of(results)
    assert [axis.name for axis in points.axes] == ["p.patience", "issues.x.available"]
    assert points.values["talks.rounds"].tolist() == [4.0] * len(points)
    for n in range(len(points)):
        at = {name: points.values[name][n] for name in ("p.patience", "issues.x.available", "talks.rounds")}
        one = results["ending_share"].sel(group="all", **at)
        np.testing.assert_array_equal(points.share[n], one.values)


def test_few_scattered_points_are_told_in_groups():
    """Each value is its own there, and a mean of one point says nothing of its error."""
    points = SweepPoints.of(made_up(tiny(over=("p.patience=0.5:0.9", "q.war_cost=0.05:0.5"), design="lhs", points=9)))
    found = sweep_means(points, 0)
    assert [len(rows) for rows in found.rows] == [3, 3, 3]
    assert np.isfinite(found.half).all()
    assert all(" to " in name for name in found.names)


def test_a_lead_of_one_world_is_not_sure():
    """One world always has an ending of its own."""
    points = SweepPoints.of(made_up(tiny(over=NUMBERS, draws=1)))
    assert not points.sure.any()
