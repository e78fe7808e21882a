"""A conflict for the graph model, from a TOML file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.evidence.toml_file import TomlFile
from sim.foundations import Floats, InputError, Problem, nearest
from sim.games.conflict_graph import ConflictGraph, read_states

#: Keys of such a file.
_KEYS: Final = ("title", "options", "states", "infeasible", "names", "irreversible", "preferences")
_EXAMPLE: Final = 'options.A = ["build"]'


class _Wrong:
    """What is wrong with a file, as it is found."""

    def __init__(self, read: TomlFile) -> None:
        self.read = read
        self.problems: list[Problem] = []

    def note(self, message: str, key: str = "", allowed: str = "") -> None:
        """Note something, at the line of a key."""
        line = _line(self.read.text, key)
        near = nearest(key, _KEYS) if key and key not in _KEYS else None
        place = {"file": str(self.read.path), "line": line, "column": 1 if line else 0}
        self.problems.append(Problem(message, allowed=allowed, nearest=near, **place))  # type: ignore[arg-type]

    def stop(self) -> None:
        """Refuse the file if something is wrong by now."""
        if self.problems:
            raise InputError(self.problems)


def read_conflict(path: Path) -> ConflictGraph:
    """Read a conflict: who can do what, which states can occur, and who prefers which.

    Raises:  InputError naming the file and what is wrong with it, all at once where that can be told
    """
    read = TomlFile.read(path)
    raw, wrong = read.raw, _Wrong(read)
    for key in raw:
        if key not in _KEYS:
            wrong.note(f'"{key}" means nothing in a conflict', key, ", ".join(_KEYS))
    options = raw.get("options")
    if not isinstance(options, dict) or not options or not all(map(_is_texts, options.values())):
        wrong.note("a conflict needs options: for each decision maker the list of his", "options", _EXAMPLE)
        wrong.stop()
        raise AssertionError
    makers = tuple(options)
    named = tuple((d, str(option)) for d, maker in enumerate(makers) for option in options[maker])
    known = [f"{makers[d]}.{option}" for d, option in named]
    once = raw.get("irreversible", [])
    for one in once if isinstance(once, list) else [once]:
        if one not in known:
            wrong.note(f'"{one}" is no option', "irreversible", ", ".join(known))
    states, names = _states(raw, len(named), wrong)
    payoff = np.zeros((len(makers), len(states)))
    preferences = raw.get("preferences", {})
    for d, maker in enumerate(makers):
        found = _payoffs(preferences.get(maker) if isinstance(preferences, dict) else None, states, names)
        if isinstance(found, str):
            allowed = "states, best first; a list within is a tie"
            wrong.note(f"the preferences of {maker}: {found}", "preferences", allowed)
        else:
            payoff[d] = found
    wrong.stop()
    title = str(raw.get("title", path.stem))
    return ConflictGraph(title, makers, named, states, names, tuple(one in once for one in known), payoff)


def _states(raw: Mapping[str, Any], options: int, wrong: _Wrong) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The states that can occur, and what they are called."""
    try:
        states = read_states(options, *(_texts(raw, key) for key in ("states", "infeasible")))
        names = _texts(raw, "names") or tuple(f"s{n + 1}" for n in range(len(states)))
    except InputError as error:
        wrong.note(error.problems[0].message, "states")
        wrong.stop()
        raise
    if len(names) != len(states) or len(set(names)) != len(names):
        wrong.note(f"{len(names)} names are not one for each of {len(states)} states", "names")
        wrong.stop()
    return states, names


def _payoffs(listed: Any, states: Sequence[str], names: Sequence[str]) -> Floats | str:
    """What each state is worth by a list of states, the best first; or what is wrong with it."""
    if not isinstance(listed, list):
        return "a list of all states is needed"
    place: Mapping[str, int] = {name: n for n, name in enumerate(names)} | {name: n for n, name in enumerate(states)}
    found = np.full(len(states), np.nan)
    for rank, one in enumerate(listed):
        for name in one if isinstance(one, list) else [one]:
            if not isinstance(name, str) or name not in place:
                return f'"{name}" is no state'
            if not np.isnan(found[place[name]]):
                return f'"{name}" is there twice'
            found[place[name]] = -rank
    missing = [names[int(n)] for n in np.flatnonzero(np.isnan(found))]
    return f"{', '.join(missing)} is missing" if missing else found


def _texts(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    found = raw.get(key, [])
    if not _is_texts(found):
        raise InputError(f"{key} is a list of texts")
    return tuple(found)


def _is_texts(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(one, str) for one in found)


def _line(text: str, key: str) -> int:
    """The line on which a key stands first."""
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip().strip("[").strip()
        if key and (bare.startswith((f"{key} ", f"{key}=", f"{key}.", f"{key}]")) or bare == key):
            return number
    return 0
