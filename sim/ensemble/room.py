"""Whether what is asked fits into this machine's memory; said after the first block, before the rest is played."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Final

import numpy as np

from sim.foundations import InputError

#: Copies of the columns that are about while results are labelled, looked at and written.
_COPIES: Final = 2


def memory() -> int | None:
    """Bytes of memory that this machine has; ``None`` where it does not say.

    Example:
        >>> found = memory()
        >>> found is None or found > 2**20
        True
    """
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None


def require_room(rows: int, arrays: Iterable[np.ndarray], part: int, seconds: float) -> None:
    """Refuse more worlds than fit into memory, with what they would take.

    Args:
        rows:    worlds that are asked
        arrays:  columns of the first worlds, one entry for each of them
        part:    how many these were
        seconds: that they took
    Raises:  InputError that says how much memory and time it would be, and how many worlds fit
    Example:
        >>> require_room(10, [np.zeros(1000)], 1000, 0.1)  # fits anywhere, so nothing is said
    """
    each = _COPIES * sum(array.nbytes for array in arrays) / part
    have = memory()
    if have is None or each * rows <= have:
        return
    raise InputError(
        f"{rows:,} worlds take about {each * rows / 1e9:,.0f} GB of memory and {_span(seconds * rows / part)}; this "
        f"machine has {have / 1e9:,.0f} GB: ask for {int(have / each):,} at most, or for a sweep, which keeps shares"
    )


def _span(seconds: float) -> str:
    hours = seconds / 3600
    if hours < 2:
        return f"{seconds / 60:,.0f} minutes"
    return f"{hours:,.0f} hours" if hours < 72 else f"{hours / 24:,.0f} days"
