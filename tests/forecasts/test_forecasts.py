"""What every forecast keeps, and the simple ones by hand."""

import numpy as np
import pytest

from sim.forecasts import FORECASTS, CondorcetElection, Stakeholders
from sim.forecasts.central_positions import weighted_mean, weighted_median
from sim.forecasts.condorcet_election import coalitions, election, pairwise
from sim.foundations import InputError, ShapeError
from tests.forecasts.emission_standards import rows, states

MEMBERS = [pytest.param(entry.member, id=entry.name) for entry in FORECASTS]


def made(seed=0, draws=6, actors=5, issues=2):
    """Random stakeholders, one of them without a position on the second issue."""
    rng = np.random.default_rng(seed)
    position = rng.uniform(0, 100, (draws, actors, issues))
    position[:, 1, 1] = np.nan
    return Stakeholders(
        position,
        rng.uniform(0.1, 0.5, (draws, actors, issues)),
        rng.uniform(0.5, 2, (draws, actors)),
        np.zeros(issues),
        np.full(issues, 100.0),
        np.full((draws, issues), 50.0),
    )


@pytest.mark.parametrize("member", MEMBERS)
def test_a_decision_lies_among_the_positions(member):
    """Every model decides something between the outermost positions, or on the status quo, in every draw."""
    found = made()
    decision = member().predict(found).decision
    assert decision.shape == (6, 2)
    assert (decision >= np.minimum(np.nanmin(found.position, axis=1), 50) - 0.01).all()
    assert (decision <= np.maximum(np.nanmax(found.position, axis=1), 50) + 0.01).all()


@pytest.mark.parametrize("member", MEMBERS)
def test_unanimity_is_respected(member):
    """Where all stand together and nothing else is in force, that is decided."""
    found = Stakeholders.of_issue([30, 30, 30], [0.5, 1, 1], [1, 2, 3], low=0, high=100, status_quo=30)
    assert member().predict(found).decision[0, 0] == pytest.approx(30)


@pytest.mark.parametrize("member", MEMBERS)
def test_the_order_of_actors_does_not_matter(member):
    """Turned round, the list of actors gives the same decision."""
    found = made(4)
    turned = Stakeholders(
        found.position[:, ::-1], found.salience[:, ::-1], found.capability[:, ::-1], found.low, found.high,
        found.status_quo,
    )  # fmt: skip
    assert np.allclose(member().predict(found).decision, member().predict(turned).decision, atol=0.02)


@pytest.mark.parametrize("member", MEMBERS)
def test_a_model_tells_its_source(member):
    """Docstrings name where the model is described."""
    assert "Source:" in member.__doc__


def test_the_emission_standards_stand_on_a_knife_edge():
    """Mean 7.39, median 7 by a margin of a third of a percent of the weight."""
    position, _, weight = rows(states())
    assert weighted_mean(position, weight)[0] == pytest.approx(7.38996, abs=1e-5)
    assert weighted_median(position, weight)[0] == 7
    assert weight[position <= 7].sum() / weight.sum() == pytest.approx(0.5037, abs=2e-4)


def test_an_election_by_hand():
    """Two voters, three alternatives: strengths, pairs and chances as a pencil gives them."""
    weight = np.array([[2.0, 1.0]])
    utility = np.array([[[1.0, 0.5, 0.0], [0.0, 0.5, 1.0]]])
    strength = coalitions(weight, utility)
    assert strength[0, 0, 1] == pytest.approx(1.0, abs=1e-7)
    assert strength[0, 1, 0] == pytest.approx(0.5, abs=1e-7)
    beats = pairwise(strength)
    assert beats[0, 0] == pytest.approx([1 / 2, 2 / 3, 2 / 3], abs=1e-6)
    wins = np.array([1 / 2 * 2 / 3 * 2 / 3, 1 / 3 * 1 / 2 * 2 / 3, 1 / 3 * 1 / 3 * 1 / 2])
    assert election(beats, strength)[0] == pytest.approx(wins / wins.sum(), abs=1e-6)


@pytest.mark.parametrize("rule", ["conditional", "markov-uniform", "markov-incentive"])
def test_elections_add_up_and_favour_the_stronger(rule):
    """Chances add up to 1, what does not stand gets none, and who beats everybody is the likeliest."""
    beats = np.array([[[0.5, 0.7, 0.9], [0.3, 0.5, 0.6], [0.1, 0.4, 0.5]]])
    chance = election(beats, beats, rule)
    assert chance.sum() == pytest.approx(1)
    assert chance[0].argmax() == 0
    some = election(beats, beats, rule, np.array([[False, True, True]]))
    assert some[0, 0] == 0
    assert some.sum() == pytest.approx(1)


def test_what_does_not_fit_is_refused():
    """Shapes that differ, and a way of telling that there is not, are errors."""
    with pytest.raises(ShapeError, match="salience"):
        Stakeholders(np.zeros((1, 2, 1)), np.zeros((1, 3, 1)), np.zeros((1, 2)), np.zeros(1), np.ones(1),
                     np.zeros((1, 1)))  # fmt: skip
    with pytest.raises(InputError, match="loudly"):
        CondorcetElection(told="loudly")
