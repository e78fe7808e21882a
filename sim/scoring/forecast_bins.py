"""Bins that dated forecasts are told in: stretches of dates, and lengths of time that something holds."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import Final

#: Days of a year, as rounds are counted.
YEAR: Final = 365.25
_MONTH: Final = re.compile(r"(\d{4})(?:-(\d{2}))?")
_NOT_BEFORE: Final = re.compile(r"(?:not before|from|after)\s+(.+)", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"(.+?)\s*(?:\.\.|–|to)\s*(.+)")
_DAYS: Final = re.compile(r"(<=|>=|<|>)?\s*(\d+(?:\.\d+)?)\s*(?:days?)?")


@dataclass(frozen=True)
class Bin:
    """A stretch of a line: from ``low`` up to, not including, ``high``.

    name: as the file has it
    """

    name: str
    low: float
    high: float


def date_bin(name: str, asked: dt.date) -> Bin:
    """A stretch of dates, in years from the day a question was asked.

    Known are `2025-04..2025-06` (both months whole), `2025-04`, `2025`, and `not before 2026`.

    Raises:  ValueError for anything else
    Example:
        >>> found = date_bin("2025-07..2025-09", dt.date(2025, 7, 1))
        >>> found.low, round(found.high, 3)
        (0.0, 0.252)
        >>> date_bin("not before 2026", dt.date(2025, 7, 1)).high
        inf
    """
    text = name.strip()
    if (after := _NOT_BEFORE.fullmatch(text)) is not None:
        return Bin(name, _years(_span(after[1], name)[0], asked), math.inf)
    if (ends := _BETWEEN.fullmatch(text)) is not None:
        return Bin(name, _years(_span(ends[1], name)[0], asked), _years(_span(ends[2], name)[1], asked))
    low, high = _span(text, name)
    return Bin(name, _years(low, asked), _years(high, asked))


def _span(text: str, name: str) -> tuple[dt.date, dt.date]:
    """First day of a month or a year, and the day after its last."""
    found = _MONTH.fullmatch(text.strip())
    if found is None or not 1 <= int(found[2] or 1) <= 12 or not 1 <= int(found[1]) < 9999:
        raise ValueError(f'"{name}" is no stretch of dates; write 2025-04..2025-06, 2025, or not before 2026')
    year, month = int(found[1]), int(found[2] or 0)
    if not month:
        return dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    return dt.date(year, month, 1), dt.date(year + month // 12, month % 12 + 1, 1)


def _years(day: dt.date, asked: dt.date) -> float:
    return max((day - asked).days / YEAR, 0.0)


def length_bin(name: str) -> Bin:
    """A length of time that something holds, in days.

    Known are `<30`, `>=91`, `30..90` (both days whole).

    Raises:  ValueError for anything else
    Example:
        >>> length_bin(">=91"), length_bin("30..90").high
        (Bin(name='>=91', low=91.0, high=inf), 91.0)
    """
    text = name.strip()
    single = _DAYS.fullmatch(text)
    if single is not None and single[1]:
        days = float(single[2])
        if single[1].startswith("<"):
            return Bin(name, 0.0, days + (single[1] == "<="))
        return Bin(name, days + (single[1] == ">"), math.inf)
    ends = _BETWEEN.fullmatch(text)
    parts = [] if ends is None else [_DAYS.fullmatch(one.strip()) for one in ends.groups()]
    if len(parts) == 2 and all(part is not None and not part[1] for part in parts):
        low, high = (float(part[2]) for part in parts if part is not None)
        if low <= high:
            return Bin(name, low, high + 1)
    raise ValueError(f'"{name}" is no length of time; write <30, 30..90 or >=91, in days')


def tiled(bins: list[Bin]) -> list[Bin]:
    """Bins in their order, with what lies between and beyond them as bins of their own.

    Raises:  ValueError where two overlap
    Example:
        >>> [found.name for found in tiled([length_bin(">=91"), length_bin("<30")])]
        ['<30', '30 to 91', '>=91']
    """
    found: list[Bin] = []
    end = 0.0
    for one in sorted(bins, key=lambda each: (each.low, each.high)):
        if one.low < end - 1e-9:
            raise ValueError(f'"{one.name}" overlaps with "{found[-1].name}"')
        if one.low > end + 1e-9:
            found.append(Bin(f"{end:g} to {one.low:g}", end, one.low))
        found.append(one)
        end = one.high
    return found if math.isinf(end) else [*found, Bin(f"{end:g} and more", end, math.inf)]
