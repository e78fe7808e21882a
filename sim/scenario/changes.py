"""Changes to a scenario by dotted path, as sweeps and the command line make them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sim.evidence import Place, json_schema, node_at, validate
from sim.foundations import InputError, Problem, nearest
from sim.scenario.rules import rule_problems
from sim.scenario.scenario import Scenario

_SECTIONS: Final = (
    "issues", "talks", "no_deal", "kinds", "true_hazard", "after_signature", "observations", "conventions", "events",
    "contingencies",
)  # fmt: skip
_PLAIN: Final = ("title", "question", "seed", "draws")


def change(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """Return the scenario with some things changed.

    A number or the name of a level given for a number fixes its draw and keeps its claims; a table replaces
    the number as a whole; ``issues.NAME.available`` takes a list, other fields what the file would hold.

    Args:
        changes: dotted path -> new value, e.g. ``{"russia.patience": 0.9, "talks.protocol": "single-text"}``
    Raises:
        InputError naming the nearest right path, or saying why the value does not do
    Example:
        >>> issue = {"levels": ["a", "b", "c"], "status_quo": "a"}
        >>> actor = {"patience": {"value": 0.9, "range": [0.8, 0.95], "assumed": "toy"}}
        >>> toy = Scenario(title="toy", issues={"x": issue}, actors={"p": actor, "q": actor})
        >>> found = change(toy, {"p.patience": 0.5, "issues.x.available": ["a", "b"]})
        >>> found.numbers["p.patience"].quantity.words(), found.issues["x"].offered
        ('0.5', (0, 1))
    """
    if not changes:
        return scenario
    raw = scenario.model_dump()
    places: dict[Place, str] = {}
    for path, value in changes.items():
        place = _place(scenario, raw, path)
        places[place] = path
        _put(raw, place, _as_written(scenario, path, place, value))
    changed, problems = validate(Scenario, raw)
    if changed is not None:
        problems = rule_problems(changed)
        if problems:  # what was wrong before the change is not the change's fault
            known = set(rule_problems(scenario))
            problems = [problem for problem in problems if problem not in known]
    if problems or changed is None:
        raise InputError([_by_path(problem, places) for problem in problems])
    return changed


def read_alike(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """Return the scenario with what was changed in another, an overlay of it; as it stands where that does not fit it.

    Args:
        changes: dotted path -> new value
    """
    try:
        return change(scenario, changes)
    except InputError:
        return scenario


def settable_paths(scenario: Scenario) -> tuple[str, ...]:
    """Every path that ``change`` takes: numbers first, then issues, talks, conventions, strategies."""
    schema = json_schema(Scenario)
    paths = [*scenario.numbers, *_PLAIN]
    for name in scenario.issues:
        paths += [f"issues.{name}.{key}" for key in ("available", "status_quo", "points") if _has(scenario, name, key)]
    paths += [f"talks.{key}" for key in _fields(schema, ("talks",))]
    paths += [f"talks.sign.{key}" for key in _fields(schema, ("talks", "sign"))]
    paths += [f"conventions.{key}" for key in _fields(schema, ("conventions",))]
    strategy = [key for key in _fields(schema, ("talks", "strategies", "x")) if key not in {"settings", "mixture"}]
    paths += [f"talks.strategies.{name}.{key}" for name in scenario.actors for key in strategy]
    for name in scenario.actors:
        fields = _fields(schema, ("actors", name))
        paths += [f"{name}.{key}" for key in fields if _is_number(schema, ("actors", name, key))]
    return tuple(dict.fromkeys(paths))


def _has(scenario: Scenario, issue: str, key: str) -> bool:
    return key != "points" or scenario.issues[issue].kind == "numeric"


def _fields(schema: Mapping[str, Any], place: Place) -> list[str]:
    return list((node_at(schema, place) or {}).get("properties", {}))


def _is_number(schema: Mapping[str, Any], place: Place) -> bool:
    return (node_at(schema, place) or {}).get("title") == "Quantity"


def _place(scenario: Scenario, raw: Mapping[str, Any], path: str) -> Place:
    """Keys of the file for a dotted path."""
    if path in scenario.numbers:
        return scenario.numbers[path].place
    keys = path.split(".")
    first = keys[0]
    top: Place = (first,)
    if first in scenario.actors:
        top = ("actors", first)
    elif first == "actors" and len(keys) > 1:
        top, keys = ("actors", keys[1]), keys[1:]
    elif first not in _SECTIONS and path not in _PLAIN:
        raise _unknown(scenario, path)
    place = _descend(scenario, raw, top, keys[1:])
    if place is None:
        raise _unknown(scenario, path)
    return place


def _descend(scenario: Scenario, raw: Mapping[str, Any], place: Place, keys: list[str]) -> Place | None:
    """Follow keys through what is there, and through what the format allows to be there."""
    schema = json_schema(Scenario)
    while keys:
        # the name of a level may hold a dot, so the longest name that is there goes first
        found = _at(raw, place)
        known = found if isinstance(found, Mapping) else {}
        count = next((n for n in range(len(keys), 0, -1) if ".".join(keys[:n]) in known), 1)
        key: str | int = ".".join(keys[:count])
        if isinstance(found, tuple | list):
            if not keys[0].isdecimal() or int(keys[0]) >= len(found):
                return None
            key = int(keys[0])
        elif key not in known and not _may_be_new(scenario, place, str(key)):
            return None
        place, keys = (*place, key), keys[count:]
        if node_at(schema, place) is None:
            return None
    return place


def _may_be_new(scenario: Scenario, place: Place, key: str) -> bool:
    """Whether a key that is not there may be added: a field of a model, or the name of an actor or issue."""
    node = node_at(json_schema(Scenario), place) or {}
    if key in node.get("properties", {}):
        return True
    if place == ("talks", "strategies") or (len(place) == 3 and place[2] == "pressure"):
        return key in scenario.actors
    if place in {("no_deal", "worth"), ("no_deal", "drift")}:
        return key in scenario.actors
    if len(place) == 3 and place[2] in {"salience", "position", "shape", "values"}:
        return key in scenario.issues
    if len(place) == 3 and place[0] == "issues":
        return scenario.issues[str(place[1])].knows(key) if place[1] in scenario.issues else False
    return place[-1:] == ("settings",)


def _at(raw: Any, place: Place) -> Any:
    for key in place:
        if isinstance(raw, Mapping):
            raw = raw.get(str(key))
        elif isinstance(raw, tuple | list) and isinstance(key, int) and key < len(raw):
            raw = raw[key]
        else:
            return None
    return raw


def _as_written(scenario: Scenario, path: str, place: Place, value: Any) -> Any:
    """What the file would hold: a bare value for a number becomes a number without a range."""
    if not _is_number(json_schema(Scenario), place) or isinstance(value, Mapping):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise InputError(Problem(f"{path} takes a number, the name of a level or a table, not {value!r}"))
    old = scenario.numbers.get(path)
    if old is None:
        return {"value": value, "assumed": "set by hand"}
    kept = {key: getattr(old.quantity, key) for key in ("unit", "claims", "rates", "posterior", "assumed")}
    return {"value": value, "distribution": "fixed", **kept}


def _put(raw: Any, place: Place, value: Any) -> None:
    for key in place[:-1]:
        below = raw[key] if not isinstance(raw, dict) else raw.get(key)
        if isinstance(below, tuple):
            below = list(below)
            raw[key] = below
        elif below is None:
            below = raw[key] = {}
        raw = below
    raw[place[-1]] = value
    if place[:1] == ("issues",) and place[2:] == ("points",):
        raw["step"] = None  # it says the same


def _unknown(scenario: Scenario, path: str) -> InputError:
    known = settable_paths(scenario)
    near = nearest(path, known)
    hint = f'; did you mean "{near}"?' if near else ""
    return InputError(Problem(f'nothing in the scenario is called "{path}"{hint}', nearest=near))


def _by_path(problem: Problem, places: Mapping[Place, str]) -> Problem:
    """Name the change that a problem comes from, instead of a place in a file."""
    for place, path in places.items():
        if problem.path[: len(place)] == place:
            return Problem(f"{path}: {problem.message}", (), problem.allowed, problem.nearest)
    return problem
