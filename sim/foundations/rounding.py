"""Numbers as people read them on an axis or in a table: three significant digits, more only to tell them apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_DIGITS: Final = 3
_MOST_DIGITS: Final = 12
#: Numbers of up to so many digits before the point are written out.
_WHOLE: Final = 7


def short_number(value: float, among: Iterable[float] = ()) -> str:
    """Write a number with three significant digits, or as many as it takes to tell it from others.

    Args:
        among: the numbers that it stands beside, such as all ticks of an axis; it may be one of them
    Returns:
        text with a plain hyphen as its minus; whole numbers are never cut
    Example:
        >>> short_number(2 / 30), short_number(0.30000000000000004), short_number(2026)
        ('0.0667', '0.3', '2026')
        >>> [short_number(value, [0.70012, 0.7002, 0.9]) for value in (0.70012, 0.7002, 0.9)]
        ['0.7001', '0.7002', '0.9']
    """
    value = float(value)
    whole = len(f"{abs(value):.0f}")
    digits = max(_DIGITS, whole) if whole <= _WHOLE else _DIGITS
    others = [float(other) for other in among]
    while digits < _MOST_DIGITS:
        text = f"{value:.{digits}g}"
        if not any(other != value and f"{other:.{digits}g}" == text for other in others):
            break
        digits += 1
    return f"{value:.{digits}g}"
