"""Quantities that are asked about alone, as `terms.price`: whether they are high; names, as `signers`: each of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from sim.ensemble.condition import Column, Columns, parse

#: Names of an outcome that are asked about one by one, at most; the most frequent first.
_MOST: Final = 6


def spelled_out(texts: Iterable[str], columns: Columns) -> tuple[str, ...]:
    """Write conditions for outcomes that stand alone: a number is above its median, a name is each that occurs.

    What is compared already, and what holds or not (`signed`), stays as it is written; a name that is no outcome too.

    Args:
        columns: outcomes, at least those that stand alone
    Example:
        >>> price, kind = Column(np.array([3e6, 3.5e6, 4e6])), Column(np.array([1, 1, 0]), ("truce", "none"))
        >>> spelled_out(["price", "price < 2", "kind"], {"price": price, "kind": kind})
        ('price > 3500000', 'price < 2', 'kind == "none"', 'kind == "truce"')
    """
    found: list[str] = []
    for text in texts:
        alone = parse(text).alone
        found += _conditions(text, alone, columns[alone]) if alone in columns else [text]
    return tuple(dict.fromkeys(found))


def quantities(texts: Iterable[str]) -> tuple[str, ...]:
    """Names of outcomes that stand alone in conditions."""
    return tuple(alone for text in texts if (alone := parse(text).alone))


def _conditions(text: str, name: str, column: Column) -> list[str]:
    known = column.values[np.isfinite(column.values)]
    if column.names:
        count = np.bincount(known[known >= 0].astype(np.int64), minlength=len(column.names))
        ranked = [int(code) for code in np.argsort(-count, kind="stable")[:_MOST] if count[code]]
        return [f'{name} == "{column.names[code]}"' for code in ranked] or [text]
    if not len(known) or np.isin(known, (0, 1)).all():
        return [text]
    middle = float(np.median(known))
    return [f"{name} {'>' if (known > middle).any() else '>='} {middle:.12g}"]
