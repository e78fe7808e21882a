"""Players who make mistakes, costly ones less often: logit quantal response equilibrium."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.foundations import Floats, InputError
from sim.games.game import GAMES, against, payoff_array

_STEPS = 20_000


class QuantalResponses(NamedTuple):
    """The principal branch, from play at random to a Nash equilibrium.

    rationality: (T,) weight of payoffs in the logit, from 0 up
    mixed:       one array (T, S_i) for each player, his mixed strategies along the branch
    """

    rationality: Floats
    mixed: tuple[Floats, ...]


@GAMES.register("logit-qre", source="McKelvey & Palfrey 1995, Games Econ Behav 10:6-38")
def logit_qre(payoff: npt.ArrayLike, rationality: float) -> tuple[Floats, ...]:
    """Return everybody's mixed strategy where each plays a strategy in proportion to exp(rationality * its payoff).

    Payoffs enter with their units: doubling them doubles rationality. Bring games that are to be compared to one
    scale first.

    Args:
        payoff:      (P, S_1, ..., S_P) payoffs
        rationality: 0 is play at random; the larger, the rarer are mistakes; 0 or more
    Returns:
        one array (S_i,) for each player, on the branch that begins at random play
    Raises:  InputError if rationality is negative, or the branch cannot be followed that far
    Source:  McKelvey & Palfrey 1995; path following: Turocy 2005, Games Econ Behav 51:243-263
    Example:
        >>> pennies = [[[9, 0], [0, 1]], [[0, 1], [1, 0]]]
        >>> [one.round(4).tolist() for one in logit_qre(pennies, 1.0)]
        [[0.8936, 0.1064], [0.3128, 0.6872]]
    """
    branch = logit_qre_trace(payoff, rationality)
    return tuple(one[-1] for one in branch.mixed)


@GAMES.register("logit-qre-trace", source="Turocy 2005, Games Econ Behav 51:243-263")
def logit_qre_trace(payoff: npt.ArrayLike, rationality: float) -> QuantalResponses:
    """Follow the branch of quantal responses from play at random up to a given rationality.

    For large rationality the branch approaches one Nash equilibrium, which makes it a way to choose one where all
    cannot be enumerated.

    Args:
        payoff:      (P, S_1, ..., S_P) payoffs
        rationality: where to stop, 0 or more
    Returns:
        the branch; rationality may fall for a while where the branch bends back
    Raises:  InputError as ``logit_qre``
    Source:  Turocy 2005: predictor and corrector in logarithms of probabilities, by arc length
    Example:
        >>> stag_hunt = [[[4, 0], [3, 3]], [[4, 3], [0, 3]]]
        >>> [one[-1].round(3).tolist() for one in logit_qre_trace(stag_hunt, 50.0).mixed]
        [[0.0, 1.0], [0.0, 1.0]]
    """
    games = payoff_array(payoff)
    if not 0 <= rationality < np.inf:
        raise InputError(f"rationality {rationality} must be a number of 0 or more")
    system = _Branch(games)
    point = np.append(np.concatenate([np.full(size, -np.log(size)) for size in games.shape[1:]]), 0.0)
    path, step = [point], 0.05
    along = np.append(np.zeros(point.size - 1), 1.0)  # rationality alone
    tangent = system.tangent(point, along)
    while point[-1] < rationality * (1 - 1e-15) and len(path) < _STEPS:
        guess = point + step * tangent
        found = system.correct(guess, tangent)
        if found is not None and found[-1] >= rationality:  # the end lies between; correct at the rationality asked for
            near = point + (rationality - point[-1]) / (found[-1] - point[-1]) * (found - point)
            guess, found = near, system.correct(near, along)
        if found is None or np.abs(found - guess).max() > 0.5 * step:
            step /= 2
            if step < 1e-12:
                break
            continue
        point = found
        tangent = system.tangent(point, tangent)
        path.append(point)
        step *= 1.4
    branch = np.array(path)
    if abs(branch[-1, -1] - rationality) > 1e-12 * max(1.0, rationality):
        raise InputError(
            f"the branch could be followed to rationality {branch[-1, -1]:g} only; payoffs that differ less are easier"
        )
    mixed = np.exp(branch[:, :-1])
    edges = np.cumsum(games.shape[1:])[:-1]
    return QuantalResponses(branch[:, -1], tuple(one / one.sum(1, keepdims=True) for one in np.split(mixed, edges, 1)))


class _Branch:
    """The system whose zeros are the branch: logarithms of probabilities of all players, then rationality."""

    def __init__(self, games: Floats) -> None:
        self.games = games
        self.starts = np.concatenate([[0], np.cumsum(games.shape[1:])])

    def solve(self, point: Floats) -> tuple[Floats, Floats]:
        """Residuals (N,) and their derivatives (N, N + 1)."""
        logs, rationality = point[:-1], point[-1]
        players = len(self.games)
        place = [slice(self.starts[i], self.starts[i + 1]) for i in range(players)]
        mixed = tuple(np.exp(logs[one]) for one in place)
        residual, slope = np.zeros(logs.size), np.zeros((logs.size, logs.size + 1))
        for i, here in enumerate(place):
            own = against(self.games[i], mixed, i)
            rest = slice(here.start + 1, here.stop)
            residual[here.start] = mixed[i].sum() - 1
            slope[here.start, here] = mixed[i]
            residual[rest] = logs[rest] - logs[here.start] - rationality * (own[1:] - own[0])
            slope[rest, here.start] = -1.0
            slope[range(rest.start, rest.stop), range(rest.start, rest.stop)] = 1.0
            slope[rest, -1] = own[0] - own[1:]
            for j, there in enumerate(place):
                if j != i:
                    pair = against(self.games[i], mixed, i, j)
                    pair = (pair if i < j else pair.T) * mixed[j]
                    slope[rest, there] -= rationality * (pair[1:] - pair[0])
        return residual, slope

    def tangent(self, point: Floats, before: Floats) -> Floats:
        """Unit direction of the branch that leads on from the direction before."""
        _, slope = self.solve(point)
        found = np.linalg.svd(slope)[2][-1]
        return np.asarray(found * (1.0 if found @ before >= 0 else -1.0))

    def correct(self, guess: Floats, normal: Floats) -> Floats | None:
        """Newton steps back to the branch within the plane through the guess; None where they fail."""
        point = guess.copy()
        for _ in range(12):
            residual, slope = self.solve(point)
            if not np.isfinite(residual).all():
                return None
            try:
                move = np.linalg.solve(np.vstack([slope, normal]), np.append(residual, normal @ (point - guess)))
            except np.linalg.LinAlgError:
                return None
            point = point - move
            if not (point[:-1] < 1).all():
                return None
            if np.abs(move).max() < 1e-13 * max(1.0, float(np.abs(point).max())):
                return point
        return point if np.abs(move).max() < 1e-10 else None
