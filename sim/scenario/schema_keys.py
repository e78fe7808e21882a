"""Every key that a scenario file can hold, with what the schema says of it: for templates and explanations."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sim.scenario.schema import scenario_schema

#: What the keys of a table with names of the author's own are called.
_NAMES: Final[Mapping[tuple[str, ...], str]] = {
    ("issues",): "ISSUE",
    ("actors",): "ACTOR",
    ("kinds",): "KIND",
    ("observations",): "OBSERVATION",
    ("levers",): "LEVER",
    ("events",): "EVENT",
    ("contingencies",): "CONTINGENCY",
    ("forbid",): "ISSUE",
    ("sums",): "SUM",
}
_INNER: Final[Mapping[str, str]] = {
    "of": "ISSUE",
    "salience": "ISSUE",
    "like": "ISSUE",
    "readings": "SOURCE",
    "scales": "WORD",
    "position": "ISSUE",
    "shape": "ISSUE",
    "values": "ISSUE",
    "levels": "ISSUE",
    "pressure": "ACTOR",
    "strategies": "ACTOR",
    "weights": "ACTOR",
    "worth": "ACTOR",
    "drift": "ACTOR",
    "believed": "ACTOR",
    "adds": "PATH",
    "sets": "PATH",
    "status_quo": "ISSUE",
    "enforcement": "LEVEL",
    "follow_on": "LEVEL",
    "consent": "LEVEL",
}
#: Models whose own keys are the same wherever they stand, and what stands for the place.
_NUMBER: Final = "Quantity"
_EVERYWHERE: Final[Mapping[str, str]] = {_NUMBER: "NUMBER", "LevelRange": "LEVELS"}


@dataclass(frozen=True)
class SchemaKey:
    """One key of scenario files.

    path:        keys from the top, names of the author's own in capitals, e.g. ``("actors", "ACTOR", "patience")``
    form:        what stands there, in a word or two
    description: what the schema says of it
    default:     what holds where it is left out, as JSON has it; ``None`` where nothing is said
    required:    whether it must be given
    """

    path: tuple[str, ...]
    form: str
    description: str
    default: str | None
    required: bool

    @property
    def dotted(self) -> str:
        """The path in one word."""
        return ".".join(self.path)


@cache
def schema_keys() -> tuple[SchemaKey, ...]:
    """Every key, in the order of the schema; those of numbers and of ranges of levels, alike everywhere, at the end.

    Example:
        >>> {key.dotted: key.form for key in schema_keys()}["actors.ACTOR.patience"]
        'a number'
        >>> next(key for key in schema_keys() if key.dotted == "NUMBER.low").description
        'lower end of the range'
    """
    schema = scenario_schema()
    found = [key for key in _below(schema, schema, ()) if key.path != ("extends",)]  # that of overlays
    for model, name in _EVERYWHERE.items():
        found += _properties(schema, schema["$defs"][model], (name,))
    return tuple(found)


def keys_called(topic: str) -> tuple[SchemaKey, ...]:
    """The keys that a word means: those whose paths end in it.

    Example:
        >>> [key.dotted for key in keys_called("sign.quota")]
        ['talks.sign.quota']
    """
    wanted = tuple(topic.split("."))
    return tuple(key for key in schema_keys() if key.path[-len(wanted) :] == wanted)


def keys_in(raw: Mapping[str, Any]) -> set[SchemaKey]:
    """The keys that the content of a file uses.

    Example:
        >>> sorted(key.dotted for key in keys_in({"actors": {"a": {"patience": {"value": 0.9, "low": 0.8}}}}))
        ['NUMBER.low', 'NUMBER.value', 'actors', 'actors.ACTOR.patience']
    """
    used: dict[object, set[tuple[str, ...]]] = {}  # by what a key must share with them
    for path in set(_paths(raw, ())):
        used.setdefault((len(path), path[0]), set()).add(path)
        used.setdefault(path[-1], set()).add(path)
    return {key for key in schema_keys() if any(_fits(key.path, path) for path in used.get(_shared(key.path), ()))}


def _paths(found: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Paths of all keys, those in lists as if they stood in the table above."""
    if isinstance(found, Mapping):
        for key, value in found.items():
            yield (*path, key)
            yield from _paths(value, (*path, key))
    elif isinstance(found, list):
        for value in found:
            yield from _paths(value, path)


def _shared(pattern: tuple[str, ...]) -> object:
    """What paths that a key stands for have in common: their last key where it may stand anywhere, else the first."""
    return pattern[1] if pattern[0] in _EVERYWHERE.values() else (len(pattern), pattern[0])


def _fits(pattern: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Whether a path of a file is one that a key of the schema stands for."""
    if pattern[0] in _EVERYWHERE.values():
        return path[-1] == pattern[1] and (pattern[1] in {"value", "mirrors"} or len(path) > 3)
    return len(pattern) == len(path) and all(
        one == own or one.isupper() for one, own in zip(pattern, path, strict=True)
    )


def _below(schema: Mapping[str, Any], node: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[SchemaKey]:
    """Keys below a node: of a table, of the tables in a table of names, or of those in a list."""
    node = _structure(schema, node)
    if node.get("title") in _EVERYWHERE:
        return
    if "properties" in node:
        yield from _properties(schema, node, path)
    elif isinstance(node.get("additionalProperties"), Mapping):
        name = _NAMES.get(path) or _INNER.get(path[-1] if path else "", "NAME")
        yield from _below(schema, node["additionalProperties"], (*path, name))
    elif isinstance(node.get("items"), Mapping):
        yield from _below(schema, node["items"], path)


def _properties(schema: Mapping[str, Any], node: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[SchemaKey]:
    required = node.get("required", ())
    for key, below in node["properties"].items():
        here = (*path, key)
        yield SchemaKey(here, _form(schema, below), _description(schema, below), _default(below), key in required)
        yield from _below(schema, below, here)


def _description(schema: Mapping[str, Any], node: Mapping[str, Any]) -> str:
    """What the schema says of a key: its own description, else the first sentence on what stands there."""
    if node.get("description"):
        return str(node["description"])
    return str(_structure(schema, node).get("description", "")).partition("\n\n")[0].partition(". ")[0].strip(" .\n")


def _default(node: Mapping[str, Any]) -> str | None:
    found = node.get("default")
    return None if found in (None, "", [], {}) else json.dumps(found, ensure_ascii=False)


def _structure(schema: Mapping[str, Any], node: Mapping[str, Any]) -> Mapping[str, Any]:
    """The node that a reference leads to; of alternatives the one with keys of its own."""
    while "$ref" in node or ("anyOf" in node and "properties" not in node):
        if "$ref" in node:
            name = str(node["$ref"]).rsplit("/", 1)[-1]
            node = {**schema["$defs"][name], "title": name}
            continue
        options = [_structure(schema, option) for option in node["anyOf"] if option.get("type") != "null"]
        keyed = [option for option in options if {"properties", "additionalProperties", "items"} & set(option)]
        node = (keyed or options or [{}])[0]
    return node


def _form(schema: Mapping[str, Any], node: Mapping[str, Any]) -> str:
    """What stands under a key, in a word or two."""
    if "anyOf" in node:
        forms = [_form(schema, option) for option in node["anyOf"] if option.get("type") != "null"]
        return " or ".join(dict.fromkeys(forms))
    node = _structure(schema, node)
    if node.get("title") == _NUMBER:
        return "a number"
    if "enum" in node:
        return "one of " + ", ".join(f'"{name}"' for name in node["enum"])
    plain = {"string": "text", "integer": "a whole number", "boolean": "true or false", "array": "a list"}
    if node.get("type") == "number":
        return "a plain number"
    return plain.get(str(node.get("type")), "a table")
