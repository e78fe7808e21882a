"""TOML as people write it: numbers of a scenario in one line each, tables by their headings."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def key(name: str) -> str:
    """A key, quoted where it has to be.

    Example:
        >>> key("nato"), key("declared halt")
        ('nato', '"declared halt"')
    """
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def value(found: Any) -> str:
    """A value in one line; keys of inline tables that hold ``None`` are left out.

    Example:
        >>> value({"value": 0.5, "assumed": "a toy", "sd": None}), value([True, "x"])
        ('{ value = 0.5, assumed = "a toy" }', '[true, "x"]')
    """
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, int):
        return str(found)
    if isinstance(found, float):
        return repr(found)  # TOML spells nan and inf as Python does
    if isinstance(found, Mapping):
        pairs = [f"{key(str(name))} = {value(item)}" for name, item in found.items() if item is not None]
        return "{ " + ", ".join(pairs) + " }" if pairs else "{}"
    if isinstance(found, list | tuple):
        return "[" + ", ".join(value(item) for item in found) + "]"
    return json.dumps(str(found), ensure_ascii=False)


def tables(found: Mapping[str, Any], inline: Any, place: tuple[str, ...] = ()) -> list[str]:
    """Lines of a document: plain keys first, then each table under its heading.

    Args:
        inline: says of a table whether it is written in one line
    """
    plain = {name: item for name, item in found.items() if not isinstance(item, Mapping) or inline(item)}
    lines = [f"{key(name)} = {value(item)}" for name, item in plain.items() if item is not None]
    if place and lines:
        lines = ["", f"[{'.'.join(key(part) for part in place)}]", *lines]
    for name, item in found.items():
        if name not in plain:
            lines += tables(item, inline, (*place, name))
    return lines
