"""Weighted centres of positions, the pieces that simple forecasts are made of."""

from __future__ import annotations

import numpy as np

from sim.foundations import Floats


def weighted_mean(position: Floats, weight: Floats) -> Floats:
    """Mean of positions by weight along the actors.

    Args:
        position: (N, A), nan where there is none
        weight:   (N, A), 0 or more
    Returns:
        (N,); nan where nobody with weight takes a position
    Example:
        >>> weighted_mean(np.array([[0.0, 10.0]]), np.array([[3.0, 1.0]])).tolist()
        [2.5]
    """
    counts = np.where(np.isnan(position), 0.0, weight)
    total = counts.sum(axis=1)
    summed = (np.nan_to_num(position) * counts).sum(axis=1)
    return np.asarray(np.where(total > 0, summed / np.where(total > 0, total, 1.0), np.nan))


def weighted_median(position: Floats, weight: Floats) -> Floats:
    """First position, from below, at which half of the weight is reached: the Condorcet winner on a line.

    At a tie (exactly half of the weight at or below a position) the lower of the two medians is taken.

    Args:
        position: (N, A), nan where there is none
        weight:   (N, A), 0 or more
    Returns:
        (N,); nan where nobody with weight takes a position
    Source:  Black 1948, J Polit Econ 56:23-34
    Example:
        >>> weighted_median(np.array([[0.0, 4.0, 10.0]]), np.array([[1.0, 1.0, 3.0]])).tolist()
        [10.0]
        >>> weighted_median(np.array([[0.0, 10.0]]), np.array([[1.0, 1.0]])).tolist()
        [0.0]
    """
    counts = np.where(np.isnan(position), 0.0, weight)
    order = np.argsort(np.where(np.isnan(position), np.inf, position), axis=1, kind="stable")
    cumulated = np.cumsum(np.take_along_axis(counts, order, axis=1), axis=1)
    total = cumulated[:, -1]
    # rounding must not carry an exact half past the lower median
    reached = cumulated >= (0.5 * total * (1 - 1e-12))[:, None]
    first = np.take_along_axis(order, reached.argmax(axis=1)[:, None], axis=1)
    return np.asarray(np.where(total > 0, np.take_along_axis(position, first, axis=1)[:, 0], np.nan))
