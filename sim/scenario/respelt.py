"""Names that an overlay misspells: it means something of the base, and makes a new thing instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sim.evidence import Place
from sim.foundations import Problem

#: How alike two names are that may be one: "rusia" and "russia" are to 0.91, "belarus" and "russia" to 0.46.
_ALIKE: Final = 0.75

#: Tables whose keys are names that an overlay may take up again, with what such a name is called.
_NAMED: Final[tuple[tuple[Place, str], ...]] = (
    (("actors",), "actor"),
    (("issues",), "issue"),
    (("observations",), "observation"),
    (("levers",), "lever"),
)


def misspelt(base: Mapping[str, Any], over: Mapping[str, Any]) -> Iterator[tuple[Problem, Place]]:
    """Find what an overlay introduces under a name that is nearly one of the base.

    Returns:
        for each the problem, and the place of the name that was meant

    Example:
        >>> base, over = {"actors": {"russia": {}, "us": {}}}, {"actors": {"rusia": {}, "allies": {}}}
        >>> [(problem.message, meant) for problem, meant in misspelt(base, over)]
        [('there is no actor "rusia" in the base; did you mean "russia"?', ('actors', 'russia'))]
    """
    for table, kind in _NAMED:
        yield from _in(base, over, table, kind)
    for actor in _table(over, ("actors",)):
        yield from _in(base, over, ("actors", actor, "red_lines"), "red line")


def _in(base: Mapping[str, Any], over: Mapping[str, Any], table: Place, kind: str) -> Iterator[tuple[Problem, Place]]:
    known = list(_table(base, table))
    free = [name for name in known if name not in _table(over, table)] or known
    for name in _table(over, table):
        near = difflib.get_close_matches(name.casefold(), [] if name in known else free, n=1, cutoff=_ALIKE)
        if near:
            told = f'there is no {kind} "{name}" in the base; did you mean "{near[0]}"?'
            yield Problem(told, (*table, name), nearest=near[0], of_key=True), (*table, near[0])


def respelt(over: Mapping[str, Any], renamed: Sequence[tuple[Place, Place]]) -> dict[str, Any]:
    """The overlay as it was meant: each first place under the name of the second.

    Example:
        >>> respelt({"actors": {"rusia": {"a": 1}}}, [(("actors", "rusia"), ("actors", "russia"))])
        {'actors': {'russia': {'a': 1}}}
    """
    return {key: _renamed(value, (key,), dict(renamed)) for key, value in over.items()}


def _renamed(found: Any, place: Place, renamed: Mapping[Place, Place]) -> Any:
    if not isinstance(found, dict):
        return found
    done: dict[str, Any] = {}
    for key, value in found.items():
        here = (*place, key)
        name = str(renamed[here][-1]) if here in renamed else key
        part = _renamed(value, here, renamed)
        both = isinstance(part, dict) and isinstance(done.get(name), dict)
        done[name] = {**done[name], **part} if both else part
    return done


def _table(found: Any, place: Place) -> Mapping[str, Any]:
    for key in place:
        found = found.get(key, {}) if isinstance(found, Mapping) else {}
    return found if isinstance(found, Mapping) else {}
