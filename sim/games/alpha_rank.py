"""Which strategies a population is found with in the long run, when better ones take over now and then."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.foundations import Floats, ShapeError
from sim.games.game import GAMES, payoff_array


@GAMES.register("alpha-rank", source="Omidshafiei et al. 2019, Sci Rep 9:9937")
def alpha_rank(payoff: npt.ArrayLike, alpha: float, population: int = 50) -> Floats:
    """Return how long one population stays with each strategy, when single mutants take over or die out.

    Args:
        payoff:     (S, S) payoff of the row's strategy against the column's, S of 2 or more
        alpha:      strength of selection, above 0; large counts only who beats whom
        population: members, 2 or more
    Returns:
        (S,) shares of time, sum 1
    Raises:  ShapeError unless payoffs are square
    Source:  Omidshafiei et al. 2019, single population; stationary distribution: Grassmann, Taksar & Heyman 1985
    Example:
        >>> alpha_rank([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], 1.0).round(4).tolist()
        [0.3333, 0.3333, 0.3333]
    """
    games = np.asarray(payoff, dtype=np.float64)
    if games.ndim != 2 or games.shape[0] != games.shape[1]:
        raise ShapeError(f"payoffs of shape {games.shape} are not square")
    gain = games.T - games  # [s, r]: what a mutant r earns among s above what s earns of it
    return _stationary(_takeover(gain, alpha, population) / max(1, len(games) - 1))


@GAMES.register("alpha-rank-populations", source="Omidshafiei et al. 2019, Sci Rep 9:9937")
def alpha_rank_populations(payoff: npt.ArrayLike, alpha: float, population: int = 50) -> Floats:
    """Return how long a population for each player stays with each combination of strategies.

    Args:
        payoff:     (P, S_1, ..., S_P) payoffs
        alpha:      strength of selection, above 0
        population: members of each population, 2 or more
    Returns:
        (S_1, ..., S_P) shares of time, sum 1
    Source:  Omidshafiei et al. 2019, one population for each player
    Example:
        >>> battle_of_the_sexes = [[[3, 0], [0, 2]], [[2, 0], [0, 3]]]
        >>> alpha_rank_populations(battle_of_the_sexes, 1.0).round(4).tolist()
        [[0.5, 0.0], [0.0, 0.5]]
    """
    games = payoff_array(payoff)
    shape = games.shape[1:]
    place = np.arange(games[0].size).reshape(shape)
    moves = np.zeros((place.size, place.size))
    for player, own in enumerate(games):
        earned = np.moveaxis(own, player, -1).reshape(-1, own.shape[player])
        where = np.moveaxis(place, player, -1).reshape(-1, own.shape[player])
        gain = earned[:, None, :] - earned[:, :, None]
        moves[where[:, :, None], where[:, None, :]] += _takeover(gain, alpha, population)
    np.fill_diagonal(moves, 0.0)
    return _stationary(moves / max(1, sum(shape) - len(shape))).reshape(shape)


def _takeover(gain: Floats, alpha: float, population: int) -> Floats:
    """Chance that one mutant with such a gain takes over, (1 - e^-au) / (1 - e^-amu), without overflow."""
    u = alpha * np.abs(gain)
    with np.errstate(divide="ignore", invalid="ignore"):
        better = np.expm1(-u) / np.expm1(-population * u)
    worse = np.exp(-(population - 1) * u) * better
    chance = np.where(gain > 0, better, worse)
    return np.maximum(np.where(u > 0, chance, 1 / population), np.finfo(float).tiny)


def _stationary(moves: Floats) -> Floats:
    """Stationary distribution of a chain, by elimination without subtraction, so that tiny shares are right."""
    chain = moves.copy()
    np.fill_diagonal(chain, 0.0)
    size = len(chain)
    for last in range(size - 1, 0, -1):
        chain[:last, last] /= chain[last, :last].sum()
        chain[:last, :last] += np.outer(chain[:last, last], chain[last, :last])
    share = np.zeros(size)
    share[0] = 1.0
    for state in range(1, size):
        share[state] = share[:state] @ chain[:state, state]
    return np.asarray(share / share.sum())
