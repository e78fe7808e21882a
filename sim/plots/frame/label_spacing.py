"""Move labels apart so that none covers another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

#: A line from a place to the near end of its label on the right, so that it crosses no letters.
LEADER: Final[Mapping[str, Any]] = {"arrowstyle": "-", "relpos": (0.0, 0.5), "shrinkA": 1, "shrinkB": 0}


def spaced(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places as near to those wanted as a gap between neighbours allows, within limits.

    Example:
        >>> spaced([1.0, 1.0, 9.0], 2.0, 0.0, 10.0)
        [0.0, 2.0, 9.0]
    """
    order = np.argsort(wanted, kind="stable")
    gap = min(gap, (high - low) / max(len(wanted) - 1, 1))
    blocks: list[tuple[list[float], float]] = []  # members less their offset in the block; place of the first
    for target in (float(wanted[i]) for i in order):
        members, start = [target], target
        start = min(max(start, low), high)
        while blocks and blocks[-1][1] + gap * len(blocks[-1][0]) > start:
            before, _ = blocks.pop()
            members = before + [value - gap * len(before) for value in members]
            start = min(max(float(np.mean(members)), low), high - gap * (len(members) - 1))
        blocks.append((members, start))
    placed = [start + gap * i for members, start in blocks for i in range(len(members))]
    result = np.empty(len(placed))
    result[order] = placed
    return [float(value) for value in result]
