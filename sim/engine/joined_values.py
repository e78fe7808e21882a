"""One value in place of several of the same make, a part of the draws each."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import fields, is_dataclass
from typing import Any, Never

import numpy as np

from sim.table import LazyTypes


class ApartError(Exception):
    """Values that cannot be put together."""


def joined(parts: Sequence[Any], sizes: Sequence[int]) -> Any:
    """One value in place of several, whatever they hold: numbers of each draw are strung together, others are the same.

    Raises:  ApartError where they are not
    """
    first = parts[0]
    if any(type(one) is not type(first) for one in parts):
        raise ApartError
    if isinstance(first, np.ndarray) and first.ndim and all(len(one) == n for one, n in zip(parts, sizes, strict=True)):
        if len({one.shape[1:] for one in parts}) > 1:
            raise ApartError
        return np.concatenate(parts)
    if isinstance(first, tuple):
        if len({len(one) for one in parts}) > 1:
            raise ApartError
        return tuple(joined(each, sizes) for each in zip(*parts, strict=True))
    if isinstance(first, LazyTypes):
        return LazyTypes(_refuse)
    if is_dataclass(first):
        found = copy(first)  # parts that were in their range are so together, too
        for item in fields(first):
            object.__setattr__(found, item.name, joined([getattr(one, item.name) for one in parts], sizes))
        return found
    require_same(parts)
    return first


def _refuse() -> Never:
    """What others may be like is worked out for one table; where somebody asks, talks are held apart."""
    raise ApartError


def require_same(parts: Sequence[Any]) -> None:
    """Refuse values that are not all the same.

    Raises:  ApartError
    """
    if not all(_same(parts[0], one) for one in parts[1:]):
        raise ApartError


def _same(one: Any, other: Any) -> bool:
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    if is_dataclass(one):
        return all(_same(getattr(one, item.name), getattr(other, item.name)) for item in fields(one))
    return bool(one == other)
