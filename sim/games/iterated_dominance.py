"""Strategies that nobody would play, struck out until none is left to strike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from sim.foundations import Floats
from sim.games.game import GAMES, payoff_array

#: A dominated strategy is worse by more than this part of the player's range of payoffs.
_CLEAR = 1e-9


@dataclass(frozen=True)
class DominatedStrategy:
    """A strategy that was struck out.

    round:    in which round, from 1
    player:   whose
    strategy: which, as it was numbered at the beginning
    by:       strategy -> weight of the mixture that is better; one weight of 1 where a single strategy is
    """

    round: int
    player: int
    strategy: int
    by: dict[int, float]


@dataclass(frozen=True)
class IteratedDominance:
    """What is left.

    left:  for each player the strategies that survive, as they were numbered at the beginning
    steps: what was struck out, in order; all of a round at once
    """

    left: tuple[tuple[int, ...], ...]
    steps: tuple[DominatedStrategy, ...]

    @property
    def solvable(self) -> bool:
        """Whether one strategy is left to each."""
        return all(len(one) == 1 for one in self.left)


@GAMES.register("iterated-dominance", source="Gale 1953; Luce & Raiffa 1957; mixtures: Pearce 1984, Econometrica 52")
def iterated_dominance(payoff: npt.ArrayLike, *, weak: bool = False, mixed: bool = True) -> IteratedDominance:
    """Strike out dominated strategies of all players, round by round, until none is dominated.

    Strict dominance leaves the same game in whatever order one strikes. Weak dominance does not: here everything that
    is weakly dominated in a round goes at once, and equilibria may go with it.

    Args:
        payoff: (P, S_1, ..., S_P) payoffs
        weak:   strike out what is never better and somewhere worse, too
        mixed:  let mixtures of strategies dominate, not only single ones
    Returns:
        what is left, and each step with what dominated it
    Source:  mixtures by linear programme: Conitzer & Sandholm 2005, ACM EC, section 3
    Example:
        >>> middle = [[[3, 0], [0, 3], [1, 1]], [[1, 1], [1, 1], [1, 1]]]
        >>> found = iterated_dominance(middle)
        >>> found.left, found.steps[0].by
        (((0, 1), (0, 1)), {0: 0.5, 1: 0.5})
    """
    games = payoff_array(payoff)
    left = [list(range(size)) for size in games.shape[1:]]
    steps: list[DominatedStrategy] = []
    for round_ in range(1, sum(games.shape[1:]) + 1):
        struck: list[DominatedStrategy] = []
        for player in range(len(games)):
            own = np.moveaxis(games[player][np.ix_(*left)], player, 0).reshape(len(left[player]), -1)
            struck += _dominated(own, left[player], player, round_, weak=weak, mixed=mixed)
        if not struck:
            break
        steps += struck
        for one in struck:
            left[one.player].remove(one.strategy)
    return IteratedDominance(tuple(tuple(one) for one in left), tuple(steps))


def _dominated(
    own: Floats, names: list[int], player: int, round_: int, *, weak: bool, mixed: bool
) -> list[DominatedStrategy]:
    """Dominated strategies among the rows of one player's payoffs (S, everything the others may do)."""
    least = _CLEAR * (float(np.ptp(own)) or 1.0)
    found = []
    for row in range(len(own)):
        weights = _pure(own, row, least, weak=weak)
        if weights is None and mixed and len(own) > 2:
            weights = _mixture(own, row, least, weak=weak)
        if weights is not None:
            by = {names[k]: round(float(w), 12) for k, w in enumerate(weights) if w > 1e-12}
            found.append(DominatedStrategy(round_, player, names[row], by))
    # Of strategies that are worth the same everywhere one has to stay; none of them dominates another, so it does.
    return found


def _pure(own: Floats, row: int, least: float, *, weak: bool) -> Floats | None:
    gain = own - own[row]
    better = (gain > least).all(axis=1)
    if weak:
        better = better | ((gain >= -least).all(axis=1) & (gain > least).any(axis=1))
    if not better.any():
        return None
    weights = np.zeros(len(own))
    weights[int(better.argmax())] = 1.0
    return weights


def _mixture(own: Floats, row: int, least: float, *, weak: bool) -> Floats | None:
    """Weights (S,) of a mixture of the other rows that dominates one, by a linear programme."""
    others = np.delete(np.arange(len(own)), row)
    gain = (own[others] - own[row]).T  # (everything the others may do, other strategies)
    count = len(others)
    if weak:  # the largest sum of gains, none of them negative
        found = scipy.optimize.linprog(
            -gain.sum(axis=0), A_ub=-gain, b_ub=np.zeros(len(gain)), A_eq=np.ones((1, count)), b_eq=[1.0]
        )
        worth = -found.fun if found.status == 0 else -np.inf
    else:  # the largest least gain
        cost = np.append(np.zeros(count), -1.0)
        rows = np.hstack([-gain, np.ones((len(gain), 1))])
        bounds = [(0, None)] * count + [(None, None)]
        found = scipy.optimize.linprog(
            cost, A_ub=rows, b_ub=np.zeros(len(gain)), A_eq=[[*np.ones(count), 0.0]], b_eq=[1.0], bounds=bounds
        )
        worth = -found.fun if found.status == 0 else -np.inf
    if worth <= least:
        return None
    weights = np.zeros(len(own))
    weights[others] = np.maximum(found.x[:count], 0.0)
    return np.asarray(weights / weights.sum())
