"""Equilibria in pure strategies, for any number of players."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.foundations import TOLERANCE, Ints
from sim.games.game import GAMES, payoff_array


@GAMES.register("pure-equilibria", source="Nash 1951, Ann Math 54:286-295")
def pure_equilibria(payoff: npt.ArrayLike) -> Ints:
    """List every combination of strategies from which no player gains by changing his own.

    Args:
        payoff: (P, S_1, ..., S_P) payoffs
    Returns:
        (E, P) strategies; none where only mixed equilibria exist. Whoever is indifferent stays
    Source:  Nash 1951; differences below 1e-9 of a player's range of payoffs count as none
    Example:
        >>> battle_of_the_sexes = [[[2, 0], [0, 1]], [[1, 0], [0, 2]]]
        >>> pure_equilibria(battle_of_the_sexes).tolist()
        [[0, 0], [1, 1]]
    """
    games = payoff_array(payoff)
    stable = np.ones(games.shape[1:], dtype=bool)
    for player, own in enumerate(games):
        best = own.max(axis=player, keepdims=True)
        stable &= own >= best - TOLERANCE * max(float(np.ptp(own)), np.finfo(float).tiny)
    return np.argwhere(stable).astype(np.int64)
