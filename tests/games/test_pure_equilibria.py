"""Equilibria in pure strategies."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.games import pure_equilibria
from sim.games.game import profiles


def test_the_volunteers_dilemma():
    """Diekmann 1985 with three players: exactly one volunteers, whoever it is."""
    payoff = np.array([[3 if p[i] == 0 else 4 * (0 in p) for p in profiles((2, 2, 2))] for i in range(3)])
    assert pure_equilibria(payoff.reshape(3, 2, 2, 2)).tolist() == [[0, 1, 1], [1, 0, 1], [1, 1, 0]]


@given(st.integers(0, 10**6), st.lists(st.integers(1, 3), min_size=1, max_size=4))
def test_one_profile_at_a_time(seed, sizes):
    """The same as looking at every player's alternatives at every profile."""
    games = np.random.default_rng(seed).integers(0, 3, (len(sizes), *sizes))
    expected = [
        list(profile)
        for profile in profiles(tuple(sizes))
        if all(
            games[i][profile] >= max(games[i][(*profile[:i], other, *profile[i + 1 :])] for other in range(size))
            for i, size in enumerate(sizes)
        )
    ]
    assert pure_equilibria(games).tolist() == expected


def test_none_at_all():
    """Matching pennies has no pure equilibrium."""
    assert pure_equilibria([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]]).shape == (0, 2)
