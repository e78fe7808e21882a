"""Advice from a mediator that everybody follows: correlated equilibrium."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import scipy

from sim.foundations import Floats, ShapeError
from sim.games.game import GAMES, payoff_array


class CorrelatedPlay(NamedTuple):
    """Joint play that nobody gains by leaving.

    chances: (S_1, ..., S_P) chance of every combination of strategies, sum 1
    values:  (P,) expected payoffs
    """

    chances: Floats
    values: Floats


@GAMES.register("correlated-equilibrium", source="Aumann 1974, J Math Econ 1:67-96; Aumann 1987, Econometrica 55:1-18")
def correlated_equilibrium(payoff: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> CorrelatedPlay:
    """Find the correlated equilibrium with the largest weighted sum of payoffs, by one linear programme.

    A mediator draws a combination of strategies and tells each player his own. The draw is an equilibrium if nobody
    gains by doing something else than he is told. Every Nash equilibrium is one, so the answer is at least as good.

    Args:
        payoff:  (P, S_1, ..., S_P) payoffs
        weights: (P,) what a unit of each player's payoff counts; equal if not given
    Returns:
        chances and payoffs
    Raises:  ShapeError if the number of weights differs from that of the players
    Source:  Aumann 1987; as a linear programme: Hart & Schmeidler 1989, Math Oper Res 14:18-25
    Example:
        >>> chicken = [[[6, 2], [7, 0]], [[6, 7], [2, 0]]]
        >>> correlated_equilibrium(chicken).chances.round(4).tolist()
        [[0.5, 0.25], [0.25, 0.0]]
    """
    games = payoff_array(payoff)
    counts = np.ones(len(games)) if weights is None else np.asarray(weights, dtype=np.float64)
    if counts.shape != (len(games),):
        raise ShapeError(f"{counts.size} weights for {len(games)} players")
    # Rows: what a player who is told `advice` gains by `other`. An empty row keeps games without a choice regular.
    values, at, line, lines = [np.zeros(0)], [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)], 1
    places = np.arange(games[0].size).reshape(games.shape[1:])
    for player, own in enumerate(games):
        spread = float(np.ptp(own)) or 1.0
        told = np.moveaxis(own, player, 0).reshape(own.shape[player], -1) / spread
        where = np.moveaxis(places, player, 0).reshape(own.shape[player], -1)
        for advice in range(len(told)):
            for other in range(len(told)):
                if other != advice:
                    values.append(told[other] - told[advice])
                    at.append(where[advice])
                    line.append(np.full(where.shape[1], lines))
                    lines += 1
    total = np.tensordot(counts, games, axes=(0, 0)).ravel()
    scale = float(np.abs(total).max()) or 1.0
    gains = scipy.sparse.coo_array(
        (np.concatenate(values), (np.concatenate(line), np.concatenate(at))), (lines, total.size)
    )
    found = scipy.optimize.linprog(
        -total / scale, A_ub=gains.tocsr(), b_ub=np.zeros(lines), A_eq=np.ones((1, total.size)), b_eq=[1.0]
    )
    chances = np.maximum(found.x, 0.0).reshape(games.shape[1:])
    chances /= chances.sum()
    return CorrelatedPlay(chances, games.reshape(len(games), -1) @ chances.ravel())
