"""Games as arrays, and what holds for every solver."""

import numpy as np
import pytest

from sim.foundations import ShapeError
from sim.games import GAMES
from sim.games.coalition import players_of
from sim.games.game import against, payoff_array, profiles


def test_every_solver_names_its_source():
    """Each has a summary sentence, a source in the registry and one in its docstring, and an example."""
    for entry in GAMES:
        text = entry.member.__doc__
        assert entry.summary.endswith("."), entry.name
        assert entry.source, entry.name
        assert "Source:" in text, entry.name
        assert ">>>" in text, entry.name


@pytest.mark.parametrize("shape", [(2,), (2, 3), (3, 2, 2), (2, 0, 2)])
def test_what_is_no_game(shape):
    """There is one axis of strategies for each player, and none is empty."""
    with pytest.raises(ShapeError, match="no game"):
        payoff_array(np.zeros(shape))


def test_averages_over_the_others():
    """Averaging over mixed strategies is the sum over all profiles, weighted by their chances."""
    dice = np.random.default_rng(1)
    payoff = dice.random((2, 3, 2))
    mixed = tuple(dice.dirichlet(np.ones(size)) for size in payoff.shape)
    sums = np.zeros((2, 2))
    for i, j, k in profiles(payoff.shape):
        sums[i, k] += mixed[1][j] * payoff[i, j, k]
    assert against(payoff, mixed, 0, 2) == pytest.approx(sums)
    assert against(payoff, mixed, 1) == pytest.approx(np.einsum("ijk,i,k->j", payoff, mixed[0], mixed[2]))


def test_worths_come_in_powers_of_two():
    """Seven worths are no game of coalitions."""
    assert players_of(np.zeros(16)) == 4
    with pytest.raises(ShapeError, match="one for each coalition"):
        players_of(np.zeros(7))
