"""Numbers in a few letters: "0.6..0.95", "0.8 ± 0.1", "0.8 (0.6..0.95)", "0.8"; each the same as its long form."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

_NUMBER: Final = r"[-+]?\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?"
_BARE: Final = re.compile(_NUMBER)
_SPREAD: Final = re.compile(rf"(?P<value>{_NUMBER})\s*(?:±|\+/?-)\s*(?P<half>{_NUMBER})")
_RANGE: Final = re.compile(rf"(?P<low>{_NUMBER})\s*\.\.\s*(?P<high>{_NUMBER})")
_BOTH: Final = re.compile(rf"(?P<value>{_NUMBER})\s*\(\s*(?P<low>{_NUMBER})\s*\.\.\s*(?P<high>{_NUMBER})\s*\)")


def long_form(text: str, *, bare: bool = True) -> dict[str, Any] | None:
    """The table that a short form stands for; ``None`` if the text is none.

    A range has its value in the middle. Ends are worked out in decimals, as people would.

    Args:
        bare: whether a number alone is one
    Example:
        >>> long_form("0.6..0.95"), long_form("0.8 ± 0.1"), long_form("front line")
        ({'value': 0.775, 'low': 0.6, 'high': 0.95}, {'value': 0.8, 'low': 0.7, 'high': 0.9}, None)
        >>> long_form("0.8 (0.6..0.95)"), long_form("0.8")
        ({'value': 0.8, 'low': 0.6, 'high': 0.95}, {'value': 0.8})
    """
    text = text.strip()
    if bare and _BARE.fullmatch(text):
        return {"value": float(text)}
    if found := _BOTH.fullmatch(text):
        value, low, high = (Decimal(found[key]) for key in ("value", "low", "high"))
    elif found := _SPREAD.fullmatch(text):
        value, half = Decimal(found["value"]), Decimal(found["half"])
        low, high = value - half, value + half
    elif found := _RANGE.fullmatch(text):
        low, high = Decimal(found["low"]), Decimal(found["high"])
        value = (low + high) / 2
    else:
        return None
    return {"value": float(value), "low": float(low), "high": float(high)}
