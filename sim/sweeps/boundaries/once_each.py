"""Ask a closed form of single numbers for many worlds: once for each distinct set of numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.foundations import Floats


def once_each(function: Callable[..., Any], rows: Floats) -> Floats:
    """Evaluate a function of single numbers at every row; equal rows are evaluated once.

    Worlds of a map differ in what is swept, and a closed form seldom depends on all of that.

    Args:
        rows: (B, P) arguments
    Returns:
        (B,) or (B, R) values, as the function returns a number or R of them
    Example:
        >>> once_each(lambda x, y: x + y, np.array([[1.0, 2.0], [1.0, 2.0], [3.0, 4.0]])).tolist()
        [3.0, 3.0, 7.0]
    """
    bits = np.ascontiguousarray(rows, dtype=float).view(np.dtype((np.void, 8 * rows.shape[1]))).ravel()
    _, first, inverse = np.unique(bits, return_index=True, return_inverse=True)
    return np.array([function(*row) for row in rows[first].tolist()])[np.ravel(inverse)]
