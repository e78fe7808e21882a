"""Numbers as a command line or a file writes them: NAME=VALUE, @FILE, fractions, lists."""

from __future__ import annotations

import ast
import json
import math
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.foundations import InputError, Problem, brief

_FRACTION: Final = re.compile(r"(?<![\w.])(\d+)\s*/\s*(\d+)(?![\w.])")


def written_numbers(text: str) -> list[tuple[str, Any]]:
    """One argument, or those of a file."""
    if text.startswith("@"):
        found = _from_file(text[1:])
        if not isinstance(found, Mapping):
            raise InputError(Problem(f'"{text}" holds no arguments by name', allowed='{"delta_1": 0.9}'))
        return [(str(path), value) for path, value in found.items()]
    return [_number(text)]


def _from_file(name: str) -> Any:
    """Numbers of a file: JSON, TOML, or an array of NumPy."""
    path = Path(name)
    try:
        if path.suffix.lower() == ".npy":
            found = np.load(path, allow_pickle=False).tolist()
        elif path.suffix.lower() == ".toml":
            found = tomllib.loads(path.read_text(encoding="utf-8"))
        else:
            found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(Problem(f"cannot be read as numbers: {error}", file=brief(name))) from None
    if not _numeric(found) and not (isinstance(found, Mapping) and all(map(_numeric, found.values()))):
        raise InputError(Problem("holds what is no number and no list of numbers", file=brief(name)))
    return found


def _number(text: str) -> tuple[str, Any]:
    path, equals, value = text.partition("=")
    if not equals or not path.strip() or not value.strip():
        raise InputError(Problem(f'"{text}" gives no number', allowed="NAME=VALUE, for example delta_1=0.9"))
    return path.strip(), _value(value.strip(), text)


def _value(value: str, text: str) -> Any:
    if value.startswith("@"):
        return _from_file(value[1:])
    if value in {"inf", "infinity"}:
        return math.inf
    if value in {"true", "false"}:
        return value == "true"
    written = _FRACTION.sub(_decimal, value)
    try:
        found = ast.literal_eval(written)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        found = None
    if not _numeric(found):
        raise InputError(Problem(f'"{text}": {value} is no number and no list of numbers', allowed="0.9, 2/3, [1, 2]"))
    return found


def _decimal(match: re.Match[str]) -> str:
    return repr(int(match[1]) / int(match[2])) if int(match[2]) else match[0]


def _numeric(found: Any) -> bool:
    if isinstance(found, list | tuple):
        return all(_numeric(one) for one in found)
    if isinstance(found, Mapping):
        return all(isinstance(name, int | str) and _numeric(one) for name, one in found.items())
    return isinstance(found, int | float) and not isinstance(found, complex)
