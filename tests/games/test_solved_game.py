"""Everything the solvers say of a game, and what is said where they cannot."""

import numpy as np
import pytest

from sim.games import StrategicForm, solve_game


def test_degenerate_games_tell_the_continuum():
    """Corners of a component are no answer by themselves, and it is said what they span."""
    selten = np.array([[[1, 1], [0, 0], [0, 2]], [[1, 1], [2, 3], [2, 0]]], float)
    found = solve_game(StrategicForm.unnamed(selten))
    assert found.degenerate
    assert found.components[0].rows == ((1.0, 0.0, 0.0),)
    assert len(found.components[0].columns) == 2


def test_dominated_strategies_make_room():
    """What is too large to enumerate is enumerated once dominated strategies are gone."""
    rng = np.random.default_rng(1)
    payoff = rng.uniform(0, 1, (2, 15, 15))
    payoff[0, 3:], payoff[1, :, 3:] = -1.0, -1.0
    found = solve_game(StrategicForm.unnamed(payoff))
    assert found.nash
    assert {len(one) for one in found.strict.left} <= {1, 2, 3}


@pytest.mark.slow
def test_hopeless_enumeration_is_said():
    """Of a large game without dominance pure equilibria and a branch are told, and why no more."""
    rng = np.random.default_rng(2)
    found = solve_game(StrategicForm.unnamed(rng.normal(size=(2, 14, 14))))
    assert found.nash is None
    assert "enumerated" in found.not_listed
    assert found.quantal is not None


def test_three_players_get_pure_equilibria_a_branch_and_advice():
    """Mixed equilibria of three are not listed, the rest is."""
    payoff = np.zeros((3, 2, 2, 2))
    payoff[:, 0, 0, 0], payoff[:, 1, 1, 1] = 1.0, 2.0
    found = solve_game(StrategicForm.unnamed(payoff))
    assert found.nash is None
    assert set(found.pure) >= {(0, 0, 0), (1, 1, 1)}
    assert found.advised is not None
    assert found.advised.payoffs == pytest.approx((2.0, 2.0, 2.0))
    assert found.quantal.mixed[0][1] > 0.9
