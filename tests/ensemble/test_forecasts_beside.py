"""Forecasts of the field on the worlds of a scenario."""

import numpy as np
import pytest

from sim.ensemble import Design, play
from sim.ensemble.forecasts_beside import (
    NO_TURNS,
    _attentive,
    ends_of,
    forecast_names,
    forecasts_beside,
    ordered_issues,
    stakeholders_of,
)
from sim.ensemble.named_outcomes import outcome
from sim.forecasts import FORECASTS, ChallengeModel, Stakeholders
from sim.report.forecast_findings import TALKS, band_of, forecast_bands
from sim.runs import run
from sim.runs.forecast_arrays import add_forecasts
from sim.scenario import Issue, change, draw
from tests.forecasts.emission_standards import CAPABILITY, POSITION, SALIENCE, states
from tests.shipped import shipped


@pytest.fixture(scope="module")
def emission():
    """The case of ten states."""
    return shipped("emission_standards")


@pytest.fixture(scope="module")
def played(emission):
    """A run of it with forecasts beside."""
    results = run(emission, 200)
    add_forecasts(results, emission)
    return results


def test_the_case_holds_the_published_numbers(emission):
    """At central values the models take in what was published, and say what the known answers say."""
    found = stakeholders_of(emission, draw(emission, np.zeros(1, int), central=True))
    order = np.argsort([list(emission.actors).index(name) for name in emission.actors])
    assert found.position[0, order, 0].tolist() == pytest.approx(POSITION)
    assert found.salience[0, :, 0].tolist() == pytest.approx(SALIENCE)
    assert found.capability[0].tolist() == pytest.approx(CAPABILITY)
    path = ChallengeModel(turns=1).predict(found).decision
    assert path == pytest.approx(ChallengeModel(turns=1).predict(states()).decision)
    assert path[0, 0] == pytest.approx(8.4159, abs=1e-4)


@pytest.mark.parametrize(
    ("issue", "ends"),
    [
        ({"kind": "numeric", "low": 0, "high": 4, "points": 5, "status_quo": 0}, (0, 4)),
        ({"kind": "numeric", "low": -4, "high": 0, "points": 5, "status_quo": 0}, (-4, 0)),
        ({"levels": ["no", "half", "all"], "at": [10, 30, 90], "status_quo": "no"}, (10, 90)),
        ({"levels": ["no", "half", "all"], "status_quo": "no"}, (0, 2)),
    ],
)
def test_ends_of_an_issue_are_its_own(issue, ends):
    """Numbers, zero among them; places of named levels, or their count from 0."""
    assert ends_of(Issue.model_validate(issue)) == ends


@pytest.mark.parametrize("case", ["river_dam", "buyer_seller"])
def test_the_status_quo_stands_on_the_scale_of_the_issue(case):
    """A numeric issue's own number, in every world."""
    scenario = shipped(case)
    found = stakeholders_of(scenario, draw(scenario, np.arange(2)))
    numeric = [i for i, name in enumerate(ordered_issues(scenario)) if scenario.issues[name].kind == "numeric"]
    expected = [float(scenario.issues[ordered_issues(scenario)[i]].status_quo) for i in numeric]
    np.testing.assert_allclose(found.status_quo[:, numeric], [expected] * 2)
    assert expected


@pytest.mark.slow
def test_a_knife_edge_is_told_as_such(emission, played):
    """With errors of 5 % the weighted median is 7 years or 10, with nothing between, and the mean hardly moves."""
    bands = forecast_bands(played, emission, np.ones(200, bool))["delay"]
    jump = bands["condorcet-median"].jump
    assert (jump.low, jump.high) == (7, 10)
    assert 0.25 < jump.share_high < 0.5
    mean = bands["compromise-model"]
    assert mean.high - mean.low < 0.2
    assert mean.jump is None
    assert bands["challenge-model"].courses["wandering"] > 0.5
    assert bands[TALKS].median == pytest.approx(7.2)


def test_each_world_is_forecast_by_itself(emission):
    """A world's forecasts do not depend on which others are asked with it."""
    whole = forecasts_beside(emission, draw(emission, np.arange(5)))
    alone = forecasts_beside(emission, draw(emission, np.array([3])))
    assert np.array_equal(whole.decision[3:4], alone.decision, equal_nan=True)
    assert np.array_equal(whole.course[3:4], alone.course)


@pytest.mark.slow
def test_forecasts_are_outcomes_like_any_other(emission, played):
    """They can be kept by any play and asked for by their dotted name, on the very draws that are played."""
    again = play(Design.of_draws(emission, 4), columns=["forecast"])
    column = outcome(again, "forecast.condorcet-median.delay")
    assert column.values.tolist() == played["forecast"].sel(forecast_name="condorcet-median.delay").values[:4].tolist()


def test_every_model_on_every_ordered_issue():
    """Issues without an order have no forecasts; models without turns have no course."""
    scenario = shipped("buyer_seller")
    assert ordered_issues(scenario) == ("price", "delivery", "warranty")
    names = forecast_names(scenario)
    assert len(names) == 3 * len(FORECASTS.names)
    found = forecasts_beside(scenario, draw(scenario, np.arange(3)))
    assert found.decision.shape == found.course.shape == (3, len(names))
    assert (found.course[:, names.index("mean.price")] == NO_TURNS).all()
    assert (found.course[:, names.index("challenge-model.price")] != NO_TURNS).all()
    assert forecast_names(shipped("budget")) == ()


def test_capability_is_what_the_file_says(emission):
    """Its own field first, else votes, else the same for everybody."""
    more = change(emission, {"actors.uk.capability": 0.5})
    found = stakeholders_of(more, draw(more, np.zeros(1, int), central=True))
    assert found.capability[0, list(emission.actors).index("uk")] == 0.5
    sale = shipped("buyer_seller")
    assert stakeholders_of(sale, draw(sale, np.zeros(1, int))).capability.tolist() == [[1, 1]]
    sign = {"rule": "weighted", "weights": {"buyer": 3, "seller": 2}, "quota": 3}
    counted = change(sale, {"talks.sign": sign})
    assert stakeholders_of(counted, draw(counted, np.zeros(1, int))).capability.tolist() == [[3, 2]]


def test_bands_of_nothing_and_of_little():
    """Where a model says nothing its band is empty; few worlds on one side are no knife-edge."""
    assert band_of(np.array([np.nan, np.nan]), 1.0).known == 0
    assert band_of(np.array([0.0] * 19 + [1.0]), 1.0).jump is None
    assert band_of(np.array([0.0] * 10 + [1.0] * 10), 1.0).jump is not None


def test_attention_is_at_most_all_of_it():
    """Saliences that add up to 1.6 are halved to 1 in sum, those below stay; issues without a position do not count."""
    position = np.array([[[0.0, 1.0], [0.0, 1.0], [0.0, np.nan]]])
    salience = np.array([[[0.4, 1.2], [0.3, 0.4], [0.9, 0.9]]])
    ends = np.zeros(2), np.ones(2)
    found = _attentive(Stakeholders(position, salience, np.ones((1, 3)), *ends, np.zeros((1, 2))))
    assert found.salience[0] == pytest.approx(np.array([[0.25, 0.75], [0.3, 0.4], [0.9, 0.9]]))
