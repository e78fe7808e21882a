"""Where solvers of games are listed, and what a game in strategic form is.

It is one array of payoffs: (P, S_1, ..., S_P), the players in front, then one axis of strategies for each player.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.foundations import Floats, FunctionRegistry, ShapeError

#: Solvers by name; signatures differ, as the games do.
GAMES: Final = FunctionRegistry("game solver", home="sim.games")


def payoff_array(payoff: npt.ArrayLike) -> Floats:
    """Return payoffs as an array of floats after a look at its shape.

    Raises:  ShapeError unless there is one axis for the players and one of strategies for each of them
    Example:
        >>> payoff_array([[[3, 0], [5, 1]], [[3, 5], [0, 1]]]).shape
        (2, 2, 2)
    """
    found = np.asarray(payoff, dtype=np.float64)
    if found.ndim < 2 or len(found) != found.ndim - 1 or 0 in found.shape:
        raise ShapeError(f"payoffs of shape {found.shape} are no game: (players, strategies of each player ...)")
    return found


def against(payoff: Floats, mixed: tuple[Floats, ...], *free: int) -> Floats:
    """Average one player's payoffs (S_1, ..., S_P) over the mixed strategies of all players but the free ones.

    Example:
        >>> matching = np.array([[1.0, -1.0], [-1.0, 1.0]])
        >>> against(matching, (np.array([0.5, 0.5]), np.array([0.75, 0.25])), 0).tolist()
        [0.5, -0.5]
    """
    found = payoff
    for player in reversed(range(payoff.ndim)):  # from the last axis, so that the others keep their numbers
        if player not in free:
            found = np.tensordot(found, mixed[player], axes=(player, 0))
    return np.asarray(found)


def profiles(shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Every combination of strategies, the last player's turning fastest.

    Example:
        >>> list(profiles((1, 2)))
        [(0, 0), (0, 1)]
    """
    return itertools.product(*(range(size) for size in shape))
