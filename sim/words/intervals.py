"""How far chance in the draws may have moved a share."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.foundations import Floats

#: Two-sided 95 % point of the normal distribution.
Z: Final = 1.959963984540054


def wilson(count: Floats | float, size: float) -> tuple[Floats, Floats]:
    """95 % interval of a share: what chance in the draws alone may have done to it.

    Args:
        count: how many draws, any shape
        size:  out of how many
    Returns:
        low, high, same shape; 0 and 1 where there are no draws
    Source:  Wilson 1927, J Am Stat Assoc 22:209-212
    Example:
        >>> [round(float(end), 3) for end in wilson(np.array(5.0), 10)]
        [0.237, 0.763]
    """
    counted = np.asarray(count, dtype=float)
    if size == 0:
        return np.zeros_like(counted), np.ones_like(counted)
    share = counted / size
    middle = (share + Z**2 / (2 * size)) / (1 + Z**2 / size)
    half = Z / (1 + Z**2 / size) * np.sqrt(share * (1 - share) / size + Z**2 / (4 * size**2))
    # rounding must not push the share itself out of its interval
    return np.minimum(np.maximum(middle - half, 0.0), share), np.maximum(np.minimum(middle + half, 1.0), share)
