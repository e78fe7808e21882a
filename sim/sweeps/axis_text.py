"""Axes written on one line: PATH=LOW:HIGH:N, PATH=a,b,c, overlay=a,b."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sim.foundations import InputError, Problem
from sim.scenario import Issue, Scenario
from sim.scenario.level_range import LevelRange
from sim.scenario.naming import exact_level_problems, levels_problems
from sim.sweeps.axes import NO_OVERLAY, OVERLAY, Axis, AxisPlace, choice_axis, range_axis, refuse

_NUMBER: Final = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_RANGE: Final = re.compile(rf"(?P<low>{_NUMBER}):(?P<high>{_NUMBER})(?::(?P<count>\d+))?")
_BROKEN: Final = re.compile(rf"^\s*{_NUMBER}\s*:|:\s*{_NUMBER}\s*$")  # a number beside a colon, yet no range
_FORMS: Final = "PATH=LOW:HIGH:N, PATH=a,b,c, issues.NAME.available=level|level,level or overlay=name,name"

#: Reads an overlay of the case by its name.
ReadOverlay = Callable[[str], Scenario]


def parse_axis(text: str, scenario: Scenario, read_overlay: ReadOverlay | None = None) -> Axis:
    """Read an axis.

    ``PATH=LOW:HIGH:N`` is a range with N values on a grid; ``PATH=a,b,c`` are choices; the levels on offer are
    joined by ``|``, or ``first..last`` for all from one level to another; paths joined by ``+`` move together.
    What holds one of these signs itself stands in quotes: ``issues.x.available="a, b"|"c"``.

    Raises:  InputError with the form that would do, or the nearest right path
    Example:
        >>> issue = {"levels": ["a", "b", "c"], "status_quo": "a"}
        >>> actor = {"patience": {"value": 0.9, "range": [0.8, 0.95], "assumed": "toy"}}
        >>> toy = Scenario(title="toy", issues={"x": issue}, actors={"p": actor, "q": actor})
        >>> parse_axis("p.patience=0.5:0.9:3", toy).values
        [0.5, 0.7, 0.9]
        >>> parse_axis("issues.x.available=a,a..c", toy).values
        ['a', 'a..c']
    """
    name, equals, right = text.partition("=")
    name, right = name.strip(), right.strip()
    if not equals or not name or not right:
        raise InputError(Problem(f'"{text}" is no axis', allowed=_FORMS))
    paths = tuple(path.strip() for path in name.split("+"))
    of_levels = name == OVERLAY or name.endswith(".available") or right in _levels_at(scenario, paths)
    found = None if of_levels else _RANGE.fullmatch(right)
    if found is not None:
        count = None if found["count"] is None else int(found["count"])
        return range_axis(scenario, name, paths, float(found["low"]), float(found["high"]), count)
    if _BROKEN.search(right) and not of_levels:
        raise InputError(Problem(f'"{right}" is no range and no list of values', allowed=f"{name}=LOW:HIGH:N or a,b,c"))
    words = [right] if right in _levels_at(scenario, paths) else parted(right, ",")
    if not name.endswith(".available"):
        words = [unquoted(word) for word in words]
    if not all(words):
        raise InputError(Problem(f'"{text}" has an empty choice', allowed=_FORMS))
    return axis_of_choices(scenario, name, paths, words, read_overlay)


def axes_over(
    over: Mapping[str, str | Sequence[Any]], scenario: Scenario, read_overlay: ReadOverlay | None = None
) -> list[Axis]:
    """Make an axis of each path and its values: a list of them, or text as on the command line.

    Raises:  InputError for a path or value that does not exist, or for a list without values
    Example:
        >>> issue = {"levels": ["a", "b", "c"], "status_quo": "a"}
        >>> actor = {"patience": {"value": 0.9, "range": [0.8, 0.95], "assumed": "toy"}}
        >>> toy = Scenario(title="toy", issues={"x": issue}, actors={"p": actor, "q": actor})
        >>> [axis.values for axis in axes_over({"p.patience": [0.5, 0.6], "q.patience": "0.7:0.9:2"}, toy)]
        [[0.5, 0.6], [0.7, 0.9]]
    """
    axes: list[Axis] = []
    for path, values in over.items():
        if isinstance(values, str):
            axes.append(parse_axis(f"{path}={values}", scenario, read_overlay))
        elif not len(values):
            raise InputError(Problem(f"{path}: give at least one value"))
        else:
            parts = tuple(part.strip() for part in path.split("+"))
            axes.append(axis_of_choices(scenario, path, parts, list(values), read_overlay))
    return axes


def axis_of_choices(
    scenario: Scenario,
    name: str,
    paths: tuple[str, ...],
    found: list[Any],
    read_overlay: ReadOverlay | None = None,
    title: str = "",
) -> Axis:
    """Make an axis whose paths take each of some values in turn."""
    overlays: dict[str, Scenario] = {}
    choices: list[tuple[AxisPlace, Mapping[str, Any]]] = []
    for item in found:
        if paths == (OVERLAY,):
            overlays |= overlays_named([str(item)], read_overlay)
            choices.append((str(item), {OVERLAY: str(item)}))
            continue
        changes = {path: _value(scenario, path, item) for path in paths}
        values = {_label(item, value) for value in changes.values()}
        changes |= _settings_left_behind(scenario, changes)
        choices.append((values.pop() if len(values) == 1 else str(item), changes))
    return choice_axis(scenario, name, choices, title, overlays)


def overlays_named(names: list[str], read_overlay: ReadOverlay | None) -> dict[str, Scenario]:
    """Scenarios of overlays by name; the base is not among them."""
    found = {}
    for name in names:
        if name != NO_OVERLAY:
            if read_overlay is None:
                raise InputError(Problem(f'there is no overlay "{name}" here'))
            found[name] = read_overlay(name)
    return found


def levels_meant(scenario: Scenario, issue: str, item: Any) -> list[str]:
    """Keys of the levels that ``a|b`` or ``first..last`` means, or of a list of levels, a number, a range.

    Raises:  InputError with the nearest right level
    """
    found = scenario.issues[issue]
    if not isinstance(item, str):
        listed = item if isinstance(item, list | tuple) else [item]
        chosen = tuple(LevelRange.model_validate(one) if isinstance(one, Mapping) else one for one in listed)
        if wrong := list(levels_problems(issue, found, chosen, ())):
            raise InputError([replace(problem, path=()) for problem in wrong])
        return [found.key(index) for index in found.indices(chosen)]
    if item in found.keys:
        return [item]
    levels: list[str] = []
    for part in parted(item, "|"):
        ends = [part] if part in found.keys else parted(part, "..")
        places = sorted(_level(issue, found, unquoted(end)) for end in ends)
        levels += found.keys[places[0] : places[-1] + 1]
    return list(dict.fromkeys(levels))


def _level(name: str, issue: Issue, level: str | float) -> int:
    """Index of a level.

    Raises:  InputError with the nearest right level
    """
    if wrong := list(exact_level_problems(name, issue, level, ())):
        raise InputError(wrong)
    return issue.index(level)


def _levels_at(scenario: Scenario, paths: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the levels that a choice at all of these paths may be; none where it is something else."""
    found: set[str] | None = None
    for path in paths:
        number, keys = scenario.numbers.get(path), path.split(".")
        name = ".".join(keys[1:-1]) if keys[0] == "issues" and keys[-1] == "available" else number and number.issue
        issue = scenario.issues.get(str(name))
        levels = set() if issue is None or issue.kind == "numeric" else set(issue.levels)
        found = levels if found is None else found & levels
    return tuple(found or ())


def _value(scenario: Scenario, path: str, item: Any) -> Any:
    """What a choice stands for at a path: levels for levels on offer, a number where it looks like one."""
    keys = path.split(".")
    issue = ".".join(keys[1:-1])
    if keys[0] == "issues" and keys[-1] == "available" and issue in scenario.issues:
        return levels_meant(scenario, issue, item)
    if not isinstance(item, str):
        return item
    if path == "talks.order":
        return [unquoted(name) for name in parted(item, "|")]
    number = scenario.numbers.get(path)
    if number is not None and number.issue is not None and scenario.issues[number.issue].knows(item):
        return item
    if re.fullmatch(_NUMBER, item) and path != "seed":
        value = float(item)
        return int(value) if value.is_integer() and re.fullmatch(r"[-+]?\d+", item) else value
    return {"true": True, "false": False}.get(item, item)


def _settings_left_behind(scenario: Scenario, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Empty settings for another protocol or aspiration that does not have those of the scenario's own."""
    found: dict[str, Any] = {}
    for path in changes:
        stem, _, key = path.rpartition(".")
        if path == "talks.protocol" or (stem.startswith("talks.strategies.") and key == "aspiration"):
            found |= {f"{stem}.settings": {}}
    if not found:
        return {}
    try:
        refuse(scenario, changes)
    except InputError as error:
        return found if any("settings" in problem.path for problem in error.problems) else {}
    return {}


def _label(item: Any, value: Any) -> AxisPlace:
    if isinstance(item, str) and isinstance(value, list) and len(value) == 1:
        return unquoted(item)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return item if isinstance(item, str) else "|".join(map(str, item)) if isinstance(item, list) else str(item)
    return float(value)


#: What parts choices, levels of one choice, and the ends of a stretch of levels.
_SIGNS: Final = r"(?:,|\||\.\.)"
#: One entry in quotes, up to the sign that ends it.
_QUOTED: Final = re.compile(rf"""\s*("(?:[^"]|"")*"|'(?:[^']|'')*')\s*(?={_SIGNS}|$)""")
_TOKEN: Final = re.compile(rf"{_SIGNS}|.", re.DOTALL)


def parted(text: str, sign: str) -> list[str]:
    """Part a line at one of the signs ``,``, ``|`` and ``..``, except within entries in quotes; the quotes stay.

    A quote opens only where an entry begins, so that an apostrophe within a word is none.

    Example:
        >>> parted('"a, b"|c, d', ","), parted("don't, won't", ","), parted("a..'b..c'", "..")
        (['"a, b"|c', 'd'], ["don't", "won't"], ['a', "'b..c'"])
    """
    parts, at, begins = [""], 0, True
    while at < len(text):
        quoted = _QUOTED.match(text, at) if begins else None
        found = quoted or _TOKEN.match(text, at)
        assert found is not None
        at, begins = found.end(), quoted is None and re.fullmatch(_SIGNS, found[0]) is not None
        if begins and found[0] == sign:
            parts.append("")
        else:
            parts[-1] += found[0]
    return [part.strip() for part in parts]


def unquoted(entry: str) -> str:
    r"""An entry without the quotes around it; a quote within them is written twice.

    Example:
        >>> unquoted('"say ""yes"" now"'), unquoted("plain"), unquoted("'a|b'")
        ('say "yes" now', 'plain', 'a|b')
    """
    entry = entry.strip()
    if not _QUOTED.fullmatch(entry):
        return entry
    return entry[1:-1].replace(entry[0] * 2, entry[0])
