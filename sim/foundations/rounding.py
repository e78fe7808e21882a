"""Numbers as people read them: short on axes and in tables, whole where they name something."""

from __future__ import annotations

import math
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


#: What stands where there is no number.
NOTHING: Final = "–"


def percent(share: float, digits: int = 0) -> str:
    """Write a share without its interval; what happens is never called 0 %, what fails somewhere never 100 %.

    Args:
        digits: after the point
    Example:
        >>> percent(0.523), percent(0.001), percent(0.9999), percent(float("nan"))
        ('52 %', '<1 %', '>99 %', '–')
        >>> percent(0.0314, 1), percent(0.0002, 1), percent(0.9999, 1)
        ('3.1 %', '<0.1 %', '>99.9 %')
    """
    if math.isnan(share):
        return NOTHING
    step = 10.0 ** -(digits + 2)
    if 0 < share <= step / 2:
        return f"<{in_hundred(step, digits)} %"
    if 1 - step / 2 <= share < 1:
        return f">{in_hundred(1 - step, digits)} %"
    return f"{in_hundred(share, digits)} %"


def in_hundred(share: float, digits: int = 0) -> str:
    """Write how many of a hundred a share is, where its unit stands elsewhere, as in the cell of a map.

    Example:
        >>> in_hundred(0.523), in_hundred(0.0314, 1)
        ('52', '3.1')
    """
    return f"{100 * share:.{digits}f}"


def stated_percent(share: float) -> str:
    """Write a share that somebody has set, with the digits it was set with.

    Example:
        >>> stated_percent(0.1), stated_percent(0.025)
        ('10 %', '2.5 %')
    """
    return f"{100 * share:g} %"


#: Magnitudes that large numbers are told in.
_MAGNITUDES: Final = ((1e12, "T"), (1e9, "bn"), (1e6, "M"))


def quantity(value: float, unit: str = "") -> str:
    """Write a number of a numeric issue for people: four significant digits, large ones in millions, with its unit.

    What it is called in data, in files and in conditions is the number itself, never this.

    Example:
        >>> quantity(3_420_000, "USD"), quantity(42, "weeks"), quantity(1000005), quantity(0.125)
        ('3.42 M USD', '42 weeks', '1.000005 M', '0.125')
    """
    for size, word in _MAGNITUDES:
        if abs(value) >= size:
            short = value / size
            text = f"{short:.4g}" if math.isclose(float(f"{short:.4g}"), short, rel_tol=1e-12) else f"{short:.10g}"
            return f"{text} {word} {unit}".rstrip()
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:.4g}"
    if not math.isclose(float(text.replace(",", "")), value, rel_tol=1e-12, abs_tol=1e-300):
        text = f"{value:.10g}"
    return f"{text} {unit}".rstrip()
