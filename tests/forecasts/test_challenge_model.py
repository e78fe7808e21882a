"""Actors challenge each other as in the published study of emission standards."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.forecasts import COURSES, ChallengeModel, Stakeholders
from sim.forecasts.central_positions import weighted_mean, weighted_median
from sim.foundations import InputError
from tests.forecasts.emission_standards import MEANS, MEDIANS, NAMES, rows, states


def test_the_published_table_is_reproduced():
    """Medians and means after each round agree with the printed ones, which look cut off after one digit."""
    position, salience, weight = rows(states())
    path, _ = ChallengeModel.scholz_software(8).play(position, salience, weight)
    for turn, median in MEDIANS.items():
        assert weighted_median(path[:, turn], weight)[0] == pytest.approx(median, abs=0.1)
    for turn, mean in MEANS.items():
        assert weighted_mean(path[:, turn], weight)[0] == pytest.approx(mean, abs=0.1)


def test_the_first_round_move_by_move():
    """Belgium trades with France, Luxembourg loses to Belgium, Ireland to Luxembourg; nobody else moves."""
    position, salience, weight = rows(states())
    path, risk = ChallengeModel(turns=1).play(position, salience, weight)
    moved = {NAMES[n]: float(path[0, 1, n]) for n in np.flatnonzero(path[0, 1] != path[0, 0])}
    assert moved == pytest.approx({"Belgium": 8.415932, "Luxembourg": 7.0, "Ireland": 4.0}, abs=1e-6)
    assert risk[0, 0, NAMES.index("Denmark")] == pytest.approx(2.0)
    assert risk[0, 0, NAMES.index("Ireland")] == pytest.approx(0.5)


def test_what_belgium_and_france_expect():
    """Belgium expects to lose by a fight with France what France would gain, so it trades."""
    position, salience, weight = rows(states())
    _, contest = ChallengeModel().contest(position, salience, weight, np.array([6.0]))
    belgium, france = NAMES.index("Belgium"), NAMES.index("France")
    assert contest.gain[0, belgium, france] == pytest.approx(-0.1148, abs=1e-4)
    assert contest.threat[0, belgium, france] == pytest.approx(0.2433, abs=1e-4)
    assert contest.success[0, belgium, france] == pytest.approx(0.007314, abs=1e-6)


def test_the_printed_equation_misses_the_figures():
    """Support compared pair by pair gives chances of a fifth and more, far from what the figures rest on."""
    position, salience, weight = rows(states())
    printed, software = (
        model.contest(position, salience, weight, np.array([6.0]))[1].success.max()
        for model in (ChallengeModel.scholz_printed(), ChallengeModel.scholz_software())
    )
    assert software == pytest.approx(0.0119, abs=1e-3)
    assert printed > 0.5


def test_positions_wander_and_say_so():
    """The published case neither rests nor cycles within ten rounds."""
    found = ChallengeModel(turns=10).predict(states())
    assert [COURSES[code] for code in found.course] == ["wandering"]
    assert found.period.tolist() == [0]


def test_two_equals_exchange_nothing():
    """Two of equal weight with equal stakes stand where they stood."""
    found = ChallengeModel(turns=3).predict(Stakeholders.of_issue([0, 1], [1, 1], [1, 1]))
    assert COURSES[found.course[0]] == "fixed point"
    assert found.path[0, -1, :, 0].tolist() == [0.0, 1.0]


def test_an_absent_actor_changes_nothing():
    """An actor without a position neither moves nor counts."""
    base = states()
    added = Stakeholders.of_issue(
        [*base.position[0, :, 0], np.nan], [*base.salience[0, :, 0], 1.0], [*base.capability[0], 5.0]
    )
    without, with_absent = ChallengeModel(turns=4).predict(base), ChallengeModel(turns=4).predict(added)
    assert np.allclose(without.path[0, :, :, 0], with_absent.path[0, :, :-1, 0], atol=1e-12)
    assert np.isnan(with_absent.path[0, :, -1]).all()


@given(st.integers(0, 10_000), st.sampled_from(["software", "least-move"]), st.sampled_from([0.0, 0.5, 1.0]))
def test_positions_stay_within_their_range_whatever_the_units(seed, offers, chance):
    """Nobody moves beyond the outermost positions, and a change of units changes nothing else."""
    made = np.random.default_rng(seed)
    position = made.uniform(0, 1, (3, 6, 1))
    found = Stakeholders(position, made.uniform(0, 1, (3, 6, 1)), made.uniform(0.1, 1, (3, 6)),
                         np.zeros(1), np.ones(1), np.full((3, 1), np.nan))  # fmt: skip
    model = ChallengeModel(turns=3, offers=offers, status_quo_chance=chance)
    path = model.predict(found).path
    assert (path >= position.min(axis=1)[:, None, None] - 1e-9).all()
    assert (path <= position.max(axis=1)[:, None, None] + 1e-9).all()
    scaled = Stakeholders(300 + 70 * position, found.salience, 9 * found.capability,
                          np.array([300.0]), np.array([370.0]), found.status_quo)  # fmt: skip
    assert np.allclose(model.predict(scaled).path, 300 + 70 * path, atol=1e-6)


def test_settings_out_of_range_are_refused():
    """No turns, or a chance beyond 1, are errors that name the number."""
    with pytest.raises(InputError, match="not 0"):
        ChallengeModel(turns=0)
    with pytest.raises(InputError, match="not 2"):
        ChallengeModel(status_quo_chance=2)
