"""How many points of a sweep each ending is the most frequent one at, in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.plots.frame.labels import SPOKEN
from sim.words import capital


def modal_counts(codes: np.ndarray, endings: Sequence[str]) -> str:
    """Say how many points each ending leads at, the one that leads at most first.

    Args:
        codes: index of the most frequent ending at each point, any shape; -1 where there are no draws

    Example:
        >>> modal_counts(np.array([1, 1, 0]), ["truce", "war"])
        'A broken deal is the most frequent ending at 2 of 3 points, a truce at 1'
        >>> modal_counts(np.array([1, 1]), ["truce", "war"])
        'A broken deal is the most frequent ending at all 2 points'
    """
    counts = np.bincount(codes[codes >= 0].ravel(), minlength=len(endings))
    order = [n for n in np.argsort(-counts, kind="stable") if counts[n]]
    first = capital(SPOKEN[endings[order[0]]])
    if counts[order[0]] == codes.size:
        return f"{first} is the most frequent ending at all {codes.size:,} points"
    rest = "".join(f", {SPOKEN[endings[n]]} at {counts[n]:,}" for n in order[1:])
    return f"{first} is the most frequent ending at {counts[order[0]]:,} of {codes.size:,} points{rest}"
