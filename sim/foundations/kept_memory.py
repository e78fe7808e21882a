"""Memory that blocks of draws free and need again is kept, not given back to the system each time."""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Final

#: Parameters of ``mallopt`` in ``malloc.h`` of the GNU C library.
_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
#: The largest request that can come out of kept memory, half of a heap of the GNU C library.
_LARGEST: Final = 4 * 1024 * 1024 * ctypes.sizeof(ctypes.c_long)


@cache
def keep_freed_memory(most: int) -> bool:
    """Keep up to ``most`` bytes that have been freed, for the next arrays; no array changes by that.

    A block of draws makes and drops arrays of the same sizes again and again. Given back to the system, each of their
    pages is asked for and emptied anew, which in a large deal space takes a third of all processor time.

    Returns:
        whether the C library of this system can be told so; else nothing changes
    Source: mallopt(3), M_TRIM_THRESHOLD and M_MMAP_THRESHOLD, in the manual of the GNU C library
    Example:
        >>> keep_freed_memory(2**20) in (True, False)
        True
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        tell = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):  # another C library, musl for one
        return False
    return bool(tell(_TRIM_THRESHOLD, most)) and bool(tell(_MMAP_THRESHOLD, _LARGEST))
