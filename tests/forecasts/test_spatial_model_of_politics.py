"""The spatial model moves and elects as the program that it comes from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.forecasts import SpatialModelOfPolitics, Stakeholders
from sim.foundations import Dice, InputError
from tests.forecasts.spatial_sample import CHANCES, POSITIONS, sample


def test_the_sample_run_is_reproduced():
    """Positions of ten turns to the two decimals, chances of eleven turns to the four decimals that are printed."""
    found = sample()
    place, model = found.position / 100, SpatialModelOfPolitics()
    for turn in range(11):
        assert 100 * place[0] == pytest.approx(POSITIONS[turn], abs=1e-9)
        played = model.turn(place, found.salience, found.capability)
        assert played.likely[0] == pytest.approx(CHANCES[:, turn], abs=5.01e-5)
        place = played.position


def test_the_bargains_of_the_first_turn():
    """Everybody proposes one: with whom, what he expects of the challenge, and whom it convinces."""
    found = sample()
    played = SpatialModelOfPolitics().turn(found.position / 100, found.salience, found.capability)
    assert played.bargains.made.all()
    assert played.bargains.with_[0].tolist() == [6, 0, 6, 0, 0, 1, 1]
    gains = [0.094735, 0.280999, 0.471133, 0.283872, 0.011577, 0.298633, 0.028584]
    assert played.bargains.gain[0] == pytest.approx(gains, abs=1e-6)
    assert played.chosen[0].tolist() == [4, 6, -1, 3, 4, 5, 0]
    assert played.success[0, 0, 1] == pytest.approx(0.204846, abs=1e-6)


def test_movement_dies_down():
    """The run ends when a turn moves less than a fiftieth of the first."""
    found = SpatialModelOfPolitics().predict(sample())
    assert 3 < found.path.shape[1] < 100
    assert found.period.tolist() == [1]


def test_a_draw_does_not_depend_on_its_neighbours():
    """The sample among other draws moves as it does alone, drawn or not."""
    one = sample()
    rng = np.random.default_rng(3)
    many = Stakeholders(
        np.concatenate([one.position, rng.uniform(0, 100, (4, 7, 3))]),
        np.concatenate([one.salience, rng.uniform(0, 1 / 3, (4, 7, 3))]),
        np.concatenate([one.capability, rng.uniform(1, 9, (4, 7))]),
        one.low,
        one.high,
        np.full((5, 3), np.nan),
    )
    for stochastic in (False, True):
        model = SpatialModelOfPolitics(turns=4, stochastic=stochastic, whole=True)
        alone = model.predict(one, Dice("x", np.array([0])))
        among = model.predict(many, Dice("x", np.arange(5)))
        assert np.allclose(alone.path[0], among.path[0], atol=1e-12)


def test_the_stochastic_model_follows_its_chances():
    """Over many draws the bargains picked in the first turn come as often as the election says."""
    one, draws = sample(), 4000
    place, salience, capability = (
        np.repeat(values, draws, axis=0) for values in (one.position / 100, one.salience, one.capability)
    )
    played = SpatialModelOfPolitics(stochastic=True).turn(place, salience, capability, Dice("s", np.arange(draws)))
    stays = (played.chosen[:, 2] == -1).mean()
    assert stays == pytest.approx(0.634674, abs=4 * np.sqrt(0.6347 * 0.3653 / draws))


@given(st.integers(0, 10_000), st.sampled_from(["conditional", "markov-uniform", "markov-incentive"]))
def test_nobody_leaves_the_box(seed, rule):
    """Bargains lie between those who make them, so positions stay within the outermost ones."""
    rng = np.random.default_rng(seed)
    found = Stakeholders(rng.uniform(0, 100, (2, 5, 2)), rng.uniform(0, 0.5, (2, 5, 2)), rng.uniform(0, 9, (2, 5)),
                         np.zeros(2), np.full(2, 100.0), np.full((2, 2), np.nan))  # fmt: skip
    path = SpatialModelOfPolitics(turns=3, election=rule).predict(found).path
    assert (path >= found.position.min(axis=1)[:, None, None] - 0.01).all()
    assert (path <= found.position.max(axis=1)[:, None, None] + 0.01).all()


def test_settings_are_checked():
    """No turns, and luck without dice, are errors."""
    with pytest.raises(InputError, match="1 turn"):
        SpatialModelOfPolitics(turns=0)
    with pytest.raises(InputError, match="dice"):
        SpatialModelOfPolitics(stochastic=True).predict(sample())
