"""How solutions settle ties: all of them are told, the deal listed first is chosen."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.foundations import NO_DEAL, Bools, Floats, Ints

#: Scores closer than this, relative to the largest one, are ties.
TIE: Final = 1e-12


def highest(score: Floats, feasible: Bools) -> Bools:
    """Mark every feasible deal whose score ties with the best of its draw: (B, K) from (B, K).

    Example:
        >>> highest(np.array([[1.0, 3.0, 3.0, 9.0]]), np.array([[True, True, True, False]])).tolist()
        [[False, True, True, False]]
    """
    if not np.logical_and.reduce(feasible, axis=None):
        inside, size = np.where(feasible, score, -np.inf), np.where(feasible, score, 0.0)
    else:
        inside = size = score
    best = np.maximum.reduce(inside, axis=1, initial=-np.inf)
    largest = np.maximum(best, -np.minimum.reduce(size, axis=1, initial=0.0))
    return np.asarray(feasible & (score >= np.fmin(best - TIE * largest, best)[:, None]))


def first(ties: Bools) -> Ints:
    """Choose the lowest deal index among the ties (B, K) of each draw: (B,), NO_DEAL where there is none.

    Example:
        >>> first(np.array([[False, True, True], [False, False, False]])).tolist()
        [1, -1]
    """
    if ties.shape[1] == 0:
        return np.full(len(ties), NO_DEAL)
    return np.where(ties.any(axis=1), ties.argmax(axis=1), NO_DEAL)
