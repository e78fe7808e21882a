"""Sums of money as people write them: "12,000 USD per week", "3.2..3.6 M USD", "40,000 ± 5,000 EUR"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import BeforeValidator

from sim.scenario.interval import MOST, within
from sim.scenario.quantity import Quantity

_NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?"
_SUM: Final = re.compile(
    rf"(?P<first>{_NUMBER})\s*(?:(?P<mark>±|\+/?-|\.\.)\s*(?P<second>{_NUMBER})\s*)?"
    r"(?P<times>k|thousand|M|million|bn|billion)?\s*(?P<unit>[^\W\d_][^\d]*|[$€£¥])"
)
_TIMES: Final = {"k": 1e3, "thousand": 1e3, "M": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_PER: Final = re.compile(r"\s+(?:per|a|an|each)\s+|\s*/\s*")


def amount(text: str) -> dict[str, Any] | None:
    """The table that a sum of money stands for; ``None`` if the text is none.

    Example:
        >>> amount("12,000 USD per week")
        {'value': 12000.0, 'unit': 'USD per week'}
        >>> amount("3.2..3.6 M USD"), amount("front line")
        ({'value': 3400000.0, 'low': 3200000.0, 'high': 3600000.0, 'unit': 'USD'}, None)
    """
    found = _SUM.fullmatch(text.strip())
    if found is None:
        return None
    times = Decimal(_TIMES.get(found["times"] or "", 1))
    first = _read(found["first"]) * times
    unit = _PER.sub(" per ", found["unit"].strip(), count=1)
    if found["mark"] is None:
        return {"value": float(first), "unit": unit}
    second = _read(found["second"]) * times
    low, high = (first, second) if found["mark"] == ".." else (first - second, first + second)
    return {"value": float((low + high) / 2), "low": float(low), "high": float(high), "unit": unit}


def currency(unit: str) -> str:
    """What a sum is counted in, without what it is for.

    Example:
        >>> currency("USD per week"), currency("EUR")
        ('USD', 'EUR')
    """
    return unit.partition(" per ")[0]


def _read(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("_", ""))


def _as_table(found: Any) -> Any:
    return (amount(found) or found) if isinstance(found, str) else found


#: What a step of an issue, or all of it, is worth in money.
MoneyWorth = Annotated[Quantity, BeforeValidator(_as_table), within(0, MOST)]
