"""Lengths of time written as people write them, in years."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from sim.foundations.errors import brief

_YEARS: Final = {
    "hour": 1 / 8766,
    "day": 1 / 365.25,
    "week": 7 / 365.25,
    "month": 1 / 12,
    "quarter": 1 / 4,
    "year": 1.0,
}
_SHORTEST: Final = 1 / 3.2e7  # about a second
_LONGEST: Final = 1e6
_PATTERN: Final = re.compile(r"\s*(?P<count>\d+(?:\.\d+)?)\s+(?P<unit>[a-z]+?)s?\s*")


def years(text: str) -> float:
    """Convert a duration such as ``"1 month"`` to years.

    Raises:  ValueError if the text is no positive count of hours, days, weeks, months, quarters or years
    Example:
        >>> years("18 months"), years("1 year")
        (1.5, 1.0)
    """
    found = _PATTERN.fullmatch(text)
    if found is None or found["unit"] not in _YEARS or float(found["count"]) <= 0:
        units = ", ".join(f"{unit}s" for unit in _YEARS)
        raise ValueError(f'"{brief(text)}" is no duration; write a number and a unit ({units}), e.g. "1 month"')
    length = float(found["count"]) * _YEARS[found["unit"]]
    if not _SHORTEST <= length <= _LONGEST:
        raise ValueError(f'"{brief(text)}" is no length of time in human affairs: from a second to a million years')
    return length


def moment(found: int | str | dt.date | None, too_early: str) -> int | str | dt.date | None:
    """Read when something happens: a round, a length of time from the beginning, or a day.

    Raises:  ValueError if text is neither a length nor a day, or with ``too_early`` for a round before the first
    Example:
        >>> moment("2026-03-01", ""), moment("8 months", ""), moment(3, "")
        (datetime.date(2026, 3, 1), '8 months', 3)
    """
    if isinstance(found, str) and not found.isdecimal():
        try:
            return dt.date.fromisoformat(found)
        except ValueError:
            years(found)
    elif isinstance(found, bool) or (isinstance(found, int | str) and int(found) < 1):
        raise ValueError(too_early)
    return found
