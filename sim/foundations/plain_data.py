"""Dataclasses as plain data for JSON, and read back from it; what is not a number is null there."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

import numpy as np
from pydantic import BeforeValidator, PlainSerializer, PlainValidator, TypeAdapter, ValidationError

from sim.foundations.errors import ResultsError

Kind = TypeVar("Kind")

_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}

#: A number that may be missing: nan in memory, null in JSON.
Real = Annotated[float, BeforeValidator(lambda found: math.nan if found is None else found)]

#: An array of numbers of which some may be missing: lists in JSON.
RealArray = Annotated[
    np.ndarray,
    PlainValidator(lambda found: np.array(found, dtype=float)),  # None becomes nan
    PlainSerializer(lambda found: [list_or_null(item) for item in np.asarray(found, float).tolist()]),
]


def list_or_null(found: Any) -> Any:
    """Nested lists of numbers with null for what is not finite.

    Example:
        >>> list_or_null([1.0, [float("inf"), 2.0]])
        [1.0, [None, 2.0]]
    """
    if isinstance(found, list):
        return [list_or_null(item) for item in found]
    return found if math.isfinite(found) else None


def plain_data(found: Any) -> Any:
    """Turn a dataclass, or collections of them, into mappings, lists, text and numbers.

    Example:
        >>> plain_data({"a": (1, float("nan"))})
        {'a': [1, None]}
    """
    if isinstance(found, Mapping):
        return {str(name): plain_data(value) for name, value in found.items()}
    if isinstance(found, list | tuple):
        return [plain_data(value) for value in found]
    return json.loads(type_adapter(type(found)).dump_json(found))


def without_empty(found: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping without the keys that hold nothing: null, what is not a number, an empty text, list or mapping.

    Example:
        >>> without_empty({"a": None, "b": "", "c": {}, "d": 0.0, "e": False, "f": math.nan})
        {'d': 0.0, 'e': False}
    """
    return {key: value for key, value in found.items() if not _holds_nothing(value)}


def _holds_nothing(value: Any) -> bool:
    if isinstance(value, float):
        return not math.isfinite(value)
    return value is None or value in ("", {}, [], ())


def type_adapter(kind: type[Kind]) -> TypeAdapter[Kind]:
    """Reader and writer of a type, worked out once: to make one of a large dataclass takes longer than to use it."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def from_plain(kind: type[Kind], found: Any) -> Kind:
    """Read a dataclass back from plain data; keys that it does not know are left aside.

    Raises:  ResultsError if they do not fit
    Example:
        >>> from_plain(tuple[Real, int], [None, 3])
        (nan, 3)
    """
    try:
        return type_adapter(kind).validate_python(found)
    except ValidationError as error:
        raise ResultsError(f"cannot be read as {getattr(kind, '__name__', kind)}: {error}") from error
