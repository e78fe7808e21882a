"""Stakeholders turn by turn: challenges as published, backing by distance, counts that add up."""

import numpy as np
import pytest

from sim.ensemble.stakeholder_turns import TURNS, StakeholderTurns, backing
from sim.forecasts import RELATIONS, ChallengeModel, SpatialModelOfPolitics, Stakeholders
from tests.forecasts.emission_standards import states

NL, BE, LU, DE, FR, IT, UK, IE, DK, GR = range(10)


@pytest.fixture(scope="module")
def published():
    """The ten states of the published example, with what the challenge model says of them."""
    found = states()
    return found, ChallengeModel(turns=10).predict(found)


def test_challenges_explain_the_moves_of_the_first_published_round(published):
    """Luxembourg loses to Belgium, Ireland to Luxembourg; France has the upper hand over Belgium, which trades."""
    _, forecast = published
    target, relation = forecast.challenged[0, 0, :, 0], forecast.relation[0, 0, :, :, 0]
    assert target[BE] == LU
    assert target[LU] == IE
    assert RELATIONS[relation[LU, BE]] == RELATIONS[relation[IE, LU]] == "conflict"
    assert RELATIONS[relation[BE, FR]] == "under pressure"
    assert RELATIONS[relation[FR, BE]] == "upper hand"
    assert (np.diagonal(relation) == -1).all()


def test_only_who_is_pressed_or_fights_moves(published):
    """Whoever moves in a round is in conflict or under pressure then; the others stay."""
    _, forecast = published
    moved = np.abs(np.diff(forecast.path[0, :, :, 0], axis=0)) > 1e-9
    pressed = np.isin(forecast.relation[0, :, :, :, 0], (1, 3)).any(axis=2)
    assert (pressed | ~moved).all()
    assert moved.any()


def test_challenges_of_the_spatial_model_are_of_all_issues():
    """The same actor is challenged on each issue, nobody challenges himself, and no more once it is over."""
    rng = np.random.default_rng(1)
    two = Stakeholders(rng.uniform(0, 100, (4, 5, 2)), np.full((4, 5, 2), 0.4), np.ones((4, 5)), np.zeros(2),
                       np.full(2, 100.0), np.full((4, 2), np.nan))  # fmt: skip
    found = SpatialModelOfPolitics().predict(two)
    assert found.challenged.shape == (4, found.path.shape[1] - 1, 5, 2)
    assert (found.challenged[..., 0] == found.challenged[..., 1]).all()
    assert (found.challenged != np.arange(5)[:, None]).all()
    still = (np.diff(found.path, axis=1) == 0).all(axis=(2, 3))
    assert (found.challenged[:, -1][~still[:, -1]] < 5).all()


def test_whom_each_would_back():
    """In the middle one is backed by both ends; at the ends by nobody but the neighbour."""
    three = Stakeholders.of_issue([0, 4, 10], [1, 1, 1], [1, 1, 1])
    shares = backing(three.position, three)[0, :, :, 0]
    assert shares[0, 1] == shares[2, 1] == 1
    assert shares[0, 2] == 0
    nobody = Stakeholders.of_issue([0, np.nan, 10, 10], [1, 1, 1, 1], [1, 1, 1, 1])
    shares = backing(nobody.position, nobody)[0, :, :, 0]
    assert (shares[1] == 0).all()
    assert shares[0, 2] == shares[0, 3] == 0  # the two are as far from him, and nobody stands against who is not there
    assert shares[2, 3] == 1  # nearer to it than to the one at the other end; with the third he has no vote


def test_counts_by_group_add_up(published):
    """Every world counts once for each challenger, quantiles of equal worlds are the path, and nan is kept."""
    found, forecast = published
    member = np.array([[True, False]])
    turns = StakeholderTurns(member, 10, 1)
    turns.follow("challenge-model", 0, found, forecast)
    turns.follow("mean", 0, found, forecast)
    assert turns.challenges[0, 0].sum(axis=2).max() <= 1
    assert turns.challenges[0, 0, 0, BE, LU, 0] == 1
    assert not turns.challenges[1].any()
    assert turns.relations[0].sum(axis=-1).sum() == TURNS * 10 * 9
    assert turns.quantiles()[0, 0, :, :, 0, 1] == pytest.approx(forecast.path[0, :, :, 0], abs=1e-5)
    assert np.isnan(turns.quantiles()[1]).all()
    assert turns.decision[0, 0, 1, 0] == pytest.approx(8.4159, abs=1e-4)
    assert np.isnan(turns.decision[0, 1]).all()


def test_backing_is_the_same_in_whatever_unit_places_are():
    """Millionths or millions: only the places between the ends of the scale count."""
    wanted = [[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 1.0, 1.0]]
    for unit in (1e-6, 1.0, 1e6):
        three = Stakeholders.of_issue([0, 4 * unit, 10 * unit], [1, 1, 1], [1, 1, 1])
        assert backing(three.position, three)[0, :, :, 0].tolist() == wanted
