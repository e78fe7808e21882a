"""Validation by a pydantic model with every error as a problem that names its keys and the remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from sim.foundations import Problem, nearest

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[str | int, ...]


def validate(model: type[Model], raw: Mapping[str, Any]) -> tuple[Model | None, list[Problem]]:
    """Return the validated model, or ``None`` and all problems found.

    Example:
        >>> class Pie(BaseModel, extra="forbid"):
        ...     size: float
        >>> [problem.message for problem in validate(Pie, {"sise": 1})[1]]
        ['"size" is missing', 'unknown key "sise"']
    """
    try:
        return model.model_validate(raw), []
    except ValidationError as error:
        schema = json_schema(model)
        best: dict[Place, tuple[int, Problem]] = {}
        needed: dict[Place, list[str]] = {}
        for detail in error.errors(include_url=False):
            place = _place(detail["loc"], raw, missing=detail["type"] == "missing")
            rank = _rank(detail["type"])
            # members of a union each complain about the same place: the most telling one is kept
            needed.setdefault(place, []).append(_needed(detail))
            if place not in best or rank < best[place][0]:
                best[place] = (rank, _problem(dict(detail), place, schema))
            elif rank == best[place][0] and all(needed[place]):
                either = " or ".join(dict.fromkeys(needed[place]))
                best[place] = (rank, Problem(f"{either} is needed here, not {_word(detail['input'])}", place))
        found = [problem for _, problem in best.values()]
        # The library counts the entries of a table or a list only once each of them is right.
        short = _too_short(schema, _resolve(schema, schema), raw, ())
        return None, [*found, *(problem for problem in short if problem.path not in best)]


def _too_short(schema: Mapping[str, Any], node: Mapping[str, Any] | None, raw: Any, place: Place) -> Iterator[Problem]:
    """Tables and lists with fewer entries than their node asks for, at a place of the raw data and below it."""
    if node is None or not isinstance(raw, Mapping | list):
        return
    least = int(node.get("minProperties" if isinstance(raw, Mapping) else "minItems", 0))
    if len(raw) < least and "prefixItems" not in node:
        detail = {"type": "too_short", "ctx": {"min_length": least}, "input": raw}
        yield Problem(unfit(detail), place)
    for key, value in raw.items() if isinstance(raw, Mapping) else enumerate(raw):
        if isinstance(value, Mapping | list):
            yield from _too_short(schema, _below(schema, node, key), value, (*place, key))


@cache
def json_schema(model: type[BaseModel]) -> dict[str, Any]:
    """JSON Schema of a model, made once."""
    return model.model_json_schema()


def node_at(schema: Mapping[str, Any], place: Sequence[str | int]) -> dict[str, Any] | None:
    """Walk a JSON Schema along keys; ``None`` where nothing is allowed.

    A node made from a model carries its name under ``title``.
    """
    node: Mapping[str, Any] | None = _resolve(schema, schema)
    for key in place:
        if node is None:
            return None
        node = _below(schema, node, key)
    return None if node is None else dict(node)


def _below(schema: Mapping[str, Any], node: Mapping[str, Any], key: str | int) -> Mapping[str, Any] | None:
    """The node of a key of a table, or of an element of a list; ``None`` where nothing is allowed."""
    if isinstance(key, int):
        prefix = node.get("prefixItems", [])
        found = prefix[key] if key < len(prefix) else node.get("items")
    else:
        found = node.get("properties", {}).get(key, node.get("additionalProperties"))
    return _resolve(schema, found) if isinstance(found, Mapping) else None


def _resolve(schema: Mapping[str, Any], node: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow references and pick the member of a union that has a structure."""
    while "$ref" in node or "anyOf" in node:
        if "$ref" in node:
            name = str(node["$ref"]).rsplit("/", 1)[-1]
            node = {**schema["$defs"][name], "title": name}
            continue
        options = [_resolve(schema, option) for option in node["anyOf"] if option.get("type") != "null"]
        structured = [option for option in options if {"properties", "items", "additionalProperties"} & set(option)]
        named = [option for option in options if "enum" in option]
        chosen = dict((structured or named or options)[0])
        if "enum" in (named or [{}])[0]:
            chosen["enum"] = named[0]["enum"]
        return chosen
    return node


def _place(loc: Sequence[str | int], raw: Any, *, missing: bool) -> Place:
    """Keys of the file for pydantic's location, which also names members of unions."""
    place: list[str | int] = []
    found = raw
    for index, key in enumerate(loc):
        inside = (isinstance(found, Mapping) and key in found) or (
            isinstance(found, list) and isinstance(key, int) and key < len(found)
        )
        if inside:
            found = found[key]
            place.append(key)
        elif missing and index == len(loc) - 1:
            place.append(key)
    return tuple(place)


def _rank(kind: str) -> int:
    if kind in {"value_error", "literal_error", "finite_number", "missing", "extra_forbidden"}:
        return 0
    return 2 if kind.endswith("_type") else 1


def _problem(detail: Mapping[str, Any], place: Place, schema: Mapping[str, Any]) -> Problem:
    kind, found = str(detail["type"]), detail["input"]
    key = str(place[-1]) if place else ""
    node = node_at(schema, place)
    if kind == "missing":
        text = str((node_at_property(schema, place) or {}).get("description", ""))
        return Problem(f'"{key}" is missing', place, text)
    if kind == "extra_forbidden":
        known = sorted((node_at(schema, place[:-1]) or {}).get("properties", {}))
        return Problem(f'unknown key "{key}"', place, ", ".join(known), nearest(key, known), of_key=True)
    if kind == "literal_error":
        items = node.get("items", {}) if node else {}
        known = [str(name) for name in (node or {}).get("enum", items.get("enum", []))]
        expected = ", ".join(known) or str(detail.get("ctx", {}).get("expected", ""))
        return Problem(f"{_word(found)} is not allowed here", place, expected, nearest(str(found), known))
    if kind == "value_error":
        return Problem(str(detail["ctx"]["error"]), place)
    text = str((node_at_property(schema, place) or {}).get("description", ""))
    return Problem(unfit(detail), place, text if kind == "string_pattern_mismatch" else "")


def unfit(detail: Mapping[str, Any]) -> str:
    """That a value is of another type or size than is needed, in plain words where there are some."""
    kind, found = str(detail["type"]), detail["input"]
    if kind == "finite_number":
        return f"{found} is no number to compute with; it must be finite"
    if kind == "too_short":
        return f"{_needed(detail)} are needed here, not {len(found)}"
    if needed := _needed(detail):
        return f"{needed} is needed here, not {_word(found)}"
    if kind == "string_pattern_mismatch":
        return f"{_word(found)} does not have the form that is needed here"
    message = str(detail["msg"])
    return f"{_word(found)} does not do here: {message[0].lower()}{message[1:]}"


#: What is needed where a value is of another type, by the first part of the name of pydantic's error.
_TYPES: Final = {
    "model": "a table", "dict": "a table", "int": "a whole number", "float": "a number", "string": "text in quotes",
    "bool": "true or false", "tuple": "a list in [ ]", "list": "a list in [ ]",
}  # fmt: skip
_BOUNDS: Final = {
    "greater_than_equal": ("ge", "of at least"),
    "greater_than": ("gt", "above"),
    "less_than_equal": ("le", "of at most"),
    "less_than": ("lt", "below"),
}


def _needed(detail: Mapping[str, Any]) -> str:
    """What the library's error asks for, in plain words; empty where there are none for it.

    Example:
        >>> _needed({"type": "int_parsing"}), _needed({"type": "greater_than_equal", "ctx": {"ge": 1}})
        ('a whole number', 'a number of at least 1')
    """
    kind = str(detail["type"])
    if kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        return f"a number {words} {detail['ctx'][key]:g}"
    if kind == "too_short":
        return f"{detail['ctx']['min_length']} or more entries"
    if kind == "string_too_short":
        return "some text"
    stem, _, rest = kind.partition("_")
    return _TYPES.get(stem, "") if rest in {"type", "attributes_type", "parsing", "from_float"} else ""


def node_at_property(schema: Mapping[str, Any], place: Place) -> dict[str, Any] | None:
    """The property itself, with its own description, before references are followed."""
    parent = node_at(schema, place[:-1])
    found = (parent or {}).get("properties", {}).get(place[-1]) if place else None
    return dict(found) if isinstance(found, Mapping) else None


def _word(found: object) -> str:
    text = f'"{found}"' if isinstance(found, str) else str(found)
    return text if len(text) <= 60 else f"{text[:57]}..."
