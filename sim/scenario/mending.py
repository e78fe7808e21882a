"""Stand-ins for what is broken in a file, so that rules across keys can be checked on the rest."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sim.evidence import Place, json_schema, node_at, validate
from sim.foundations import Problem
from sim.scenario.scenario import Scenario

_PLACEHOLDER: Final = {"value": 0.5, "assumed": "?"}  # inside every interval that a field may ask for
_ROUNDS: Final = 3
#: Who and what there is where too little is named.
_STAND_INS: Final[dict[Place, dict[str, Any]]] = {
    ("actors",): {"?": {}, "??": {}},
    ("issues",): {"?": {"levels": ["?", "??"], "status_quo": "?"}},
}
#: Tables whose entries others name.
_NAMED: Final = frozenset({"issues", "sums", "kinds", "observations", "contingencies", "events", "packages", "levers"})


def mend(raw: Mapping[str, Any], problems: Sequence[Problem]) -> tuple[Scenario | None, set[Place]]:
    """Replace or drop what ``problems`` are about.

    Returns:
        a scenario to check rules on (``None`` if there is no way), and the places not to be trusted
    """
    mended: set[Place] = set()
    found: dict[str, Any] = copy.deepcopy(dict(raw))
    for _ in range(_ROUNDS):
        for problem in problems:
            if any(problem.path[: len(place)] == place and not _stands(found, place) for place in mended):
                continue  # it went with what it stood in
            try:
                places = _mend_one(found, problem)
            except (KeyError, IndexError, TypeError, AttributeError):  # what stands there is nothing like it
                places = ()
            if not places:
                return None, mended
            mended.update(places)
        scenario, problems = validate(Scenario, found)
        if scenario is not None:
            return scenario, mended
    return None, mended


def touches(problem: Problem, mended: set[Place]) -> bool:
    """Whether a problem may only be there because of a stand-in."""
    for place in mended:
        shorter = min(len(place), len(problem.path))
        of_number = len(place) > shorter and (node_at(json_schema(Scenario), place) or {}).get("title") == "Quantity"
        if place[:shorter] == problem.path[:shorter] and not of_number:  # that a number stands there is known
            return True
        if place[:1] == ("actors",) and place[-1] in _STAND_INS["actors",]:  # nobody is meant by a stand-in
            words = {word.strip('",.;:') for word in problem.message.split()}
            if problem.path[:2] == ("talks", "sign") or words & set(_STAND_INS["actors",]):
                return True
        if place[0] in _NAMED and (len(place) == 2 or (place[0] == "issues" and len(place) > 1 and not of_number)):
            name = place[1]
            if name in problem.path or any(f'{before}{name}"' in problem.message for before in '".'):  # terms.NAME
                return True
    return False


def _mend_one(raw: dict[str, Any], problem: Problem) -> tuple[Place, ...]:
    """Mend one place of ``raw``; returns what is not to be trusted now, nothing if there is no way."""
    schema = json_schema(Scenario)
    path = problem.path
    for length in range(1, len(path) + 1):
        if (node_at(schema, path[:length]) or {}).get("title") == "Quantity":
            _put(raw, path[:length], dict(_PLACEHOLDER))
            return (path[:length],)
    if len(path) >= 2 and path[0] == "issues":
        _put(raw, path[:2], _stand_in(_get(raw, path[:2])))
        return (path[:2],)
    if path in _STAND_INS and isinstance(raw.get(str(path[0])), dict):
        there = raw[str(path[0])]
        new = {name: entry for name, entry in _STAND_INS[path].items() if name not in there}
        there.update(copy.deepcopy(new))
        return tuple((*path, name) for name in new)
    return _filled_or_dropped(raw, path)


def _filled_or_dropped(raw: dict[str, Any], path: Place) -> tuple[Place, ...]:
    """Give what cannot be left out a stand-in if it is text or a list of names, else drop it, or what needs it."""
    schema = json_schema(Scenario)
    parent = node_at(schema, path[:-1]) if path else None
    while path and parent is not None:
        if path[-1] not in parent.get("required", []):
            return (path,) if _drop(raw, path) else ()
        needed = parent["properties"][path[-1]]
        if needed.get("type") == "string":
            _put(raw, path, "?")
            return (path,)
        if needed.get("type") == "array" and needed.get("items", {}).get("type") == "string":
            _put(raw, path, ["?" * (n + 1) for n in range(needed.get("minItems", 0))])
            return (path,)
        path = path[:-1]  # what cannot be without it goes too
        parent = node_at(schema, path[:-1]) if path else None
    return ()


def _stand_in(issue: Any) -> dict[str, Any]:
    levels = issue.get("levels") if isinstance(issue, dict) else None
    usable = isinstance(levels, list) and len(set(map(str, levels))) > 1
    names = list(dict.fromkeys(map(str, levels))) if usable and isinstance(levels, list) else ["?", "??"]
    return {"levels": names, "status_quo": names[0]}


def _get(raw: Any, path: Place) -> Any:
    for key in path:
        raw = raw[key]
    return raw


def _put(raw: dict[str, Any], path: Place, value: Any) -> None:
    table: Any = raw
    for key in path[:-1]:
        table = table.setdefault(key, {}) if isinstance(table, dict) else table[key]
    table[path[-1]] = value


def _stands(raw: Any, path: Place) -> bool:
    try:
        _get(raw, path)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _drop(raw: dict[str, Any], path: Place) -> bool:
    try:  # a problem may name a place in a union that the text does not have
        del _get(raw, path[:-1])[path[-1]]
    except (KeyError, IndexError, TypeError):
        return False
    return True
