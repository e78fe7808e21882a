"""What a coalitional game is: the worth of every coalition.

Worths are one array (2 ** P,) for P players: the coalition at index k holds the players whose bits are set in k.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.foundations import Bools, ShapeError


def members(players: int) -> Bools:
    """Who belongs to each coalition: (2 ** P, P) of P players.

    Example:
        >>> members(2).tolist()
        [[False, False], [True, False], [False, True], [True, True]]
    """
    return np.asarray((np.arange(2**players)[:, None] >> np.arange(players)) % 2 == 1)


def players_of(worth: npt.NDArray[Any]) -> int:
    """Return the number of players of a coalitional game.

    Raises:  ShapeError if the number of worths is no power of two
    Example:
        >>> players_of(np.zeros(8))
        3
    """
    players = worth.size.bit_length() - 1
    if worth.shape != (2**players,):
        raise ShapeError(f"{worth.size} worths are not one for each coalition: 2, 4, 8, ... of them are")
    return players


def worths(worth: npt.ArrayLike) -> npt.NDArray[Any]:
    """Worths as they are if fractions, as floats otherwise."""
    values = np.asarray(worth)
    return values if values.dtype == object else values.astype(np.float64)


def contributions(worth: npt.NDArray[Any], weight: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Weighted sums of what each player adds; the weight goes by the number of those who are there already."""
    inside = members(weight.size)
    sizes = inside.sum(axis=1)
    found = []
    for player in range(weight.size):
        without = np.flatnonzero(~inside[:, player])
        found.append((weight[sizes[without]] * (worth[without + 2**player] - worth[without])).sum())
    return np.array(found, dtype=worth.dtype)
