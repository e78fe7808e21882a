"""The spread over the points of a sweep: planted parts, and sweeps whose parts are known."""

import numpy as np
import pytest

from sim.ensemble.ask import ask_scenario
from sim.robustness import variance_parts
from sim.robustness.study_spread import STUDY_VARIANCE_PARTS, study_spread
from sim.scenario import Scenario
from sim.sweeps.axis_text import parse_axis
from sim.sweeps.design_points import make_points
from sim.sweeps.sweep_again import first_points
from sim.sweeps.sweep_ask import SweepAsk

LINE = {"value": "b", "assumed": "x"}
LOW = {"value": 0.2, "assumed": "x"}
UNSURE = {"value": 0.5, "low": 0.1, "high": 0.9, "assumed": "x"}


def spread_of(sweep, worlds, points=16):
    """The spread over the first points of a sweep."""
    return study_spread(sweep.scenario, first_points(sweep, points), worlds, total=len(sweep.points.played))


def test_planted_variance_of_sampled_points_is_split():
    """World, point, both and luck with variances 4, 1, 0.5, 2: unbiased though few points are looked at."""
    generator = np.random.default_rng(7)
    parts = []
    for _ in range(60):
        worlds, points, repeats = 60, 12, 2
        cells = 2 * generator.normal(0, 1, (worlds, 1, 1)) + generator.normal(0, 1, (1, points, 1))
        cells = cells + np.sqrt(0.5) * generator.normal(0, 1, (worlds, points, 1))
        cells = (cells + np.sqrt(2) * generator.normal(0, 1, (worlds, points, repeats)))[..., None]
        found = variance_parts(cells, ["y"], resamples=2, sampled=True)
        parts.append((found["part"] * found["total"]).values[:, 0])
    np.testing.assert_allclose(np.mean(parts, axis=0), [4, 1, 0.5, 2], rtol=0.12)


def test_intervals_cover_the_choice_of_points():
    """Points that differ a lot: the interval of what is swept is wider where they are a sample."""
    cells = np.random.default_rng(3).normal(0, 1, (40, 1, 2, 1)) + np.arange(6.0)[None, :, None, None]
    all_points = variance_parts(cells, ["y"])["half"].values[1, 0]
    some_points = variance_parts(cells, ["y"], sampled=True)["half"].values[1, 0]
    assert some_points > 2 * all_points


def one_deal(reservation=None):
    """One deal is on offer; whether the second party signs it is decided by its reservation value and nothing else."""
    sure = {"value": 0.9, "assumed": "x"}
    one = {"patience": sure, "salience": {"line": {"value": 1, "assumed": "x"}}, "position": {"line": LINE}}
    two = one | {"position": {"line": {"value": "a", "assumed": "x"}}, "reservation": reservation or LOW}
    raw = {
        "title": "toy",
        "issues": {"line": {"levels": ["a", "half", "b"], "status_quo": "a", "available": ["half"]}},
        "actors": {"one": one | {"reservation": LOW}, "two": two},
        "talks": {"rounds": 4, "horizon": 8},
    }
    return Scenario.model_validate(raw)


def asked(scenario, text, design="grid", points=None):
    """A sweep over one axis."""
    axis = parse_axis(text, scenario)
    return SweepAsk(ask_scenario(scenario, 5), make_points([axis], design, points, scenario.seed))


def test_where_nothing_is_left_to_chance_there_is_nothing_to_split():
    """Every world at a point is alike, so the seed changes nothing."""
    assert spread_of(asked(one_deal(), "two.reservation=0.1:0.9:5"), 10) is None


def test_evidence_swept_and_both():
    """The ending hangs on a number with a range, and is swept over a second one that decides in half of the points."""
    scenario = one_deal(UNSURE)
    found = spread_of(asked(scenario, "one.reservation=0.1,0.9"), 200)
    assert found is not None
    share = dict(zip(STUDY_VARIANCE_PARTS, found["part"].sel(measure="ending (all)").values.tolist(), strict=True))
    # signed where both would: p = 1/2 at one point, 0 at the other; variance of worlds 1/16, points 1/16, both 1/16
    assert share["luck"] == 0
    for name in STUDY_VARIANCE_PARTS[:3]:
        assert share[name] == pytest.approx(1 / 3, abs=0.06)
    assert (found.attrs["points"], found.attrs["of_points"]) == (2, 2)


def test_overlays_and_rules_are_points_too():
    """An axis of choices is played as the sweep plays it."""
    found = spread_of(asked(one_deal(UNSURE), "talks.protocol=alternating-offers,zeuthen"), 60)
    assert found is not None
    share = found["part"].sel(measure="ending (all)")
    assert float(share.sel(part_name="evidence")) > 0.9


def test_of_many_points_some_are_looked_at():
    """The first of the design."""
    found = spread_of(asked(one_deal(UNSURE), "one.reservation=0.1:0.9", "lhs", 40), 10, 4)
    assert found is not None
    assert (found.attrs["points"], found.attrs["of_points"]) == (4, 40)
