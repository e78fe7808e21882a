"""Leximin: the worst-off first, then the second worst-off, and so on."""

from __future__ import annotations

import numpy as np

from sim.foundations import Bools, Floats
from sim.solutions.ties import TIE, highest


def leximin(shares: Floats, feasible: Bools) -> Bools:
    """Mark the feasible deals whose shares, sorted upwards, are lexicographically largest.

    Args:
        shares:   (B, N, K) what each signer gets, comparable between signers
        feasible: (B, K) deals to choose from
    Returns:
        (B, K) all deals that tie
    Source:  Sen 1970, Collective Choice and Social Welfare, ch. 9; as a bargaining solution: Imai 1983,
             Econometrica 51:389-401; Chun & Peters 1988, Cahiers du CERO 30
    Example:
        >>> leximin(np.array([[[1.0, 1.0, 2.0], [3.0, 4.0, 0.0]]]), np.ones((1, 3), bool)).tolist()
        [[False, True, False]]
    """
    ties = highest(np.minimum.reduce(shares, axis=1), feasible)
    draw, deal = np.nonzero(ties)
    if not (draw[1:] == draw[:-1]).any():
        return ties  # nowhere does more than one reach the best minimum
    # Few deals reach the best minimum: only these are sorted and compared at the higher places.
    ladder = np.sort(shares[draw, :, deal], axis=1)
    for place in range(1, shares.shape[1]):
        if len(draw) == 0:
            break
        starts = np.flatnonzero(np.r_[True, draw[1:] != draw[:-1]])
        best = np.maximum.reduceat(ladder[:, place], starts)
        floor = best - TIE * np.maximum.reduceat(np.abs(ladder[:, place]), starts)
        keep = ladder[:, place] >= np.repeat(floor, np.diff(np.r_[starts, len(draw)]))
        draw, deal, ladder = draw[keep], deal[keep], ladder[keep]
    chosen = np.zeros_like(feasible)
    chosen[draw, deal] = True
    return chosen
