"""No index from incomplete data: failed points are counted and the analysis is refused, with another offered."""

from __future__ import annotations

import numpy as np

from sim.foundations import Bools, Floats, SimError


class IncompleteError(SimError):
    """An analysis that needs every point of its design, and does not have them.

    failed: how many points failed
    points: how many there are
    """

    def __init__(self, method: str, failed: int, points: int, first: list[int]) -> None:
        self.failed, self.points = failed, points
        rows = ", ".join(f"{row:,}" for row in first) + (", …" if failed > len(first) else "")
        super().__init__(
            f"{failed:,} of {points:,} points failed (rows {rows}), and {method} is wrong without them: one missing "
            f"value in thousands turns every index into 0 without a warning. So no index is given. The other "
            f"{points - failed:,} points can still be analysed by a method for given data: --sensitivity delta, or pawn"
        )


def require_complete(values: Floats, method: str) -> None:
    """Refuse outcomes of a design with points missing.

    Args:
        values: (N,) or (N, M) outcomes; nan or infinite where a point failed
        method: what the outcomes were to be analysed by, in words
    Raises:  IncompleteError with the number of failed points and the first of them
    Source:  one nan among 8,192 outcomes gives S1 = [0, 0, 0] in SALib 1.6 and scipy 1.17, without a warning
    Example:
        >>> require_complete(np.array([0.0, 1.0]), "Sobol")
    """
    bad = ~complete_rows(values)
    if bad.any():
        raise IncompleteError(method, int(bad.sum()), len(bad), np.flatnonzero(bad)[:5].tolist())


def complete_rows(*arrays: Floats) -> Bools:
    """(N,) points whose every value in all arrays is finite.

    Example:
        >>> complete_rows(np.array([0.0, np.nan]), np.array([[1.0], [2.0]])).tolist()
        [True, False]
    """
    fine = np.ones(len(arrays[0]), bool)
    for values in arrays:
        fine &= np.isfinite(np.asarray(values, float)).reshape(len(values), -1).all(axis=1)
    return fine
