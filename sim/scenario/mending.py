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


def mend(raw: Mapping[str, Any], problems: Sequence[Problem]) -> tuple[Scenario | None, set[Place]]:
    """Replace or drop what ``problems`` are about.

    Returns:
        a scenario to check rules on (``None`` if there is no way), and the places not to be trusted
    """
    mended: set[Place] = set()
    found: dict[str, Any] = copy.deepcopy(dict(raw))
    for _ in range(_ROUNDS):
        for problem in problems:
            try:
                place = _mend_one(found, problem)
            except (KeyError, IndexError, TypeError, AttributeError):  # what stands there is nothing like it
                place = None
            if place is None:
                return None, mended
            mended.add(place)
        scenario, problems = validate(Scenario, found)
        if scenario is not None:
            return scenario, mended
    return None, mended


def touches(problem: Problem, mended: set[Place]) -> bool:
    """Whether a problem may only be there because of a stand-in."""
    for place in mended:
        shorter = min(len(place), len(problem.path))
        if place[:shorter] == problem.path[:shorter]:
            return True
        if place[:1] == ("issues",) and len(place) > 1:
            name = place[1]
            if name in problem.path or any(f'{before}{name}"' in problem.message for before in '".'):  # terms.NAME
                return True
    return False


def _mend_one(raw: dict[str, Any], problem: Problem) -> Place | None:
    """Mend one place of ``raw``; returns it, or ``None`` if there is no way."""
    schema = json_schema(Scenario)
    path = problem.path
    for length in range(1, len(path) + 1):
        if (node_at(schema, path[:length]) or {}).get("title") == "Quantity":
            _put(raw, path[:length], dict(_PLACEHOLDER))
            return path[:length]
    if len(path) >= 2 and path[0] == "issues":
        _put(raw, path[:2], _stand_in(_get(raw, path[:2])))
        return path[:2]
    parent = node_at(schema, path[:-1]) if path else None
    if parent is None:
        return None
    if path[-1] not in parent.get("required", []):
        return path if _drop(raw, path) else None
    if parent["properties"][path[-1]].get("type") != "string":
        return None
    _put(raw, path, "?")
    return path


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


def _drop(raw: dict[str, Any], path: Place) -> bool:
    try:  # a problem may name a place in a union that the text does not have
        del _get(raw, path[:-1])[path[-1]]
    except (KeyError, IndexError, TypeError):
        return False
    return True
