"""Files that extend other files: the chain from the base to the overlay, merged key by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from sim.evidence import Borders, Place, TomlFile, is_file
from sim.foundations import InputError, Problem, brief
from sim.scenario.actors_table import ActorsTable
from sim.scenario.locate import located
from sim.scenario.quantity import Quantity

#: A table with one of these keys is a number, and is replaced as a whole.
NUMBER_KEYS: Final = frozenset({"value", "mirrors", "options", "readings", "like"})


@dataclass
class Merged:
    """Several files read as one.

    raw:    the merged content, without ``extends``
    origin: for each key path the file it came from
    files:  the files, base first
    within: where what they name must lie
    table:  the table of actors that lies under them, if one does
    moved:  for each key path that [defaults.actor] gives, where it stands there
    left_out: places of numbers that no file gives
    evidence: the evidence files that the files name, each with the file that does and where in it
    """

    raw: dict[str, Any] = field(default_factory=dict)
    origin: dict[Place, Path] = field(default_factory=dict)
    files: list[TomlFile] = field(default_factory=list)
    within: Borders = field(default_factory=Borders)
    table: ActorsTable | None = None
    moved: dict[Place, Place] = field(default_factory=dict)
    evidence: list[tuple[str, TomlFile, Place]] = field(default_factory=list)
    left_out: list[Place] = field(default_factory=list)

    def add(self, file: TomlFile) -> None:
        """Lay one more file over what is there; the evidence it names comes to what was named before."""
        self.files.append(file)
        named = file.raw.get("evidence")
        if isinstance(named, str):
            self.evidence.append((named, file, ("evidence",)))
        elif isinstance(named, list):
            self.evidence += [(one, file, ("evidence", i)) for i, one in enumerate(named) if isinstance(one, str)]
        levels = _levels(self.raw)
        _merge(self.raw, {key: value for key, value in file.raw.items() if key != "extends"}, (), self, file.path)
        self._note_taken_away(levels)

    def _note_taken_away(self, before: Mapping[str, list[str]]) -> None:
        """Keep the names of levels that issues had before, so that whatever names them is no mistake."""
        for issue, levels in _levels(self.raw).items():
            now = self.raw["issues"][issue]["levels"]
            gone = [level for level in dict.fromkeys([*before.get(issue, ()), *levels]) if level not in now]
            if gone:
                self.raw["issues"][issue]["taken_away"] = gone

    def lay_under(self, table: ActorsTable) -> None:
        """Put a table of actors under what the files say: its rows come first, but whatever a file says wins."""
        self.table = table
        for key, value in table.raw.items():
            self.raw[key] = _joined(value, self.raw[key]) if key in self.raw else _copy(value)

    def lay_defaults(self) -> None:
        """Put [defaults.actor] under every actor, once whatever else says something of them is laid."""
        defaults = self.raw.pop("defaults", None)
        actors = self.raw.get("actors")
        if not (isinstance(defaults, dict) and isinstance(defaults.get("actor"), dict) and isinstance(actors, dict)):
            if defaults is not None:
                self.raw["defaults"] = defaults  # something else than it should be: told as an unknown key
            return
        below = ("defaults", "actor")
        places = [place[2:] for place in self.origin if place[:2] == below and len(place) > 2]
        common = dict(defaults["actor"])
        strategy = common.pop("strategy", None)
        for name, actor in actors.items():
            actors[name] = _joined(common, actor)
            self.moved |= {("actors", name, *place): (*below, *place) for place in places if place[0] != "strategy"}
        if strategy is not None:
            self._lay_strategy(strategy, list(actors), [place for place in places if place[0] == "strategy"])

    def _lay_strategy(self, strategy: Any, actors: list[str], places: list[Place]) -> None:
        """Put the strategy of [defaults.actor] under that of every actor, in the talks."""
        talks = self.raw.setdefault("talks", {})
        own = talks.setdefault("strategies", {}) if isinstance(talks, dict) else None
        if not isinstance(own, dict):
            return  # told where it stands
        for name in actors:
            own[name] = _joined(strategy, own[name]) if name in own else _copy(strategy)
            for place in places:
                self.moved[("talks", "strategies", name, *place[1:])] = ("defaults", "actor", *place)

    def locate(self, problem: Problem) -> Problem:
        """Add file, line, column and source to a problem by the file, or the cell, its keys came from."""
        path = problem.path
        cells = self.table.cells if self.table is not None else {}
        while path and path not in self.origin and path not in cells and path not in self.moved:
            path = path[:-1]
        if path in self.moved and path not in self.origin and path not in cells:
            there, file = self.moved[path], str(self.origin[self.moved[path]])
            text = next(one.text for one in self.files if str(one.path) == file)
            return located(text).locate(replace(problem, path=(*there, *problem.path[len(path) :])), file)
        if self.table is not None and path not in self.origin and path in cells:
            return self.table.locate(problem, path)
        chosen = self.origin.get(path, self.files[0].path)
        text = next(file.text for file in self.files if file.path == chosen)
        return located(text).locate(problem, str(chosen))


def chain(path: Path, within: Borders, base: Path | None = None) -> list[TomlFile]:
    """Read a file and everything it extends, the base first.

    Args:
        within: where all of them must lie
        base: what is meant where a file of this name is to be extended and is not there: the scenario that an
            overlay from elsewhere, e.g. one downloaded, is to be laid over; or one of its overlays, by its name
    Raises:  InputError if a file is missing, is no TOML, or leads out of the project, or files extend each other in a
             circle
    """
    if (out := within.problem(path, str(path))) is not None:
        raise InputError(out)
    files: list[TomlFile] = []
    seen: list[Path] = []
    while True:
        file = TomlFile.read(path)
        files.insert(0, file)
        seen.append(path.resolve())
        above = file.raw.get("extends")
        if above is None:
            return files
        if not isinstance(above, str):
            raise InputError(at_extends(file, "extends must be the path of a file, in quotes"))
        path = file.path.parent / above
        if (out := within.problem(path, f'"{brief(above)}"')) is not None:
            raise InputError(at_extends(file, out.message, out.allowed))
        if base is not None and not is_file(path):
            beside = base.parent / "overlays" / path.name  # an overlay of the same case
            path = base if path.name == base.name else beside if is_file(beside) else path
        if not is_file(path):
            wanted = "put this file into overlays/ of its case, or name both: sim run CASE --overlay FILE"
            message = f'there is no file "{brief(above)}" to extend, seen from this file'
            raise InputError(at_extends(file, message, wanted))
        if path.resolve() in seen:
            message = f'files extend each other in a circle: "{brief(above)}" was read already'
            raise InputError(at_extends(file, message))


def at_extends(file: TomlFile, message: str, allowed: str = "") -> Problem:
    """A problem with what a file extends, at that line; at the first one where it says nothing."""
    return located(file.text).locate(Problem(message, ("extends",), allowed), str(file.path))


def is_number(found: object) -> bool:
    """Whether a table is a number with its range rather than a table of keys."""
    if not isinstance(found, Mapping):
        return False
    from_rates = isinstance(found.get("rates"), list) and set(found) <= Quantity.model_fields.keys() | {"range"}
    return from_rates or not NUMBER_KEYS.isdisjoint(found)


def _levels(raw: Mapping[str, Any]) -> dict[str, list[str]]:
    """Issue -> names of its levels and of those that it had before."""
    issues = raw.get("issues")
    found = issues.items() if isinstance(issues, dict) else ()
    return {
        name: [
            level for key in ("levels", "taken_away") if isinstance(issue.get(key), list)
            for level in issue[key] if isinstance(level, str)
        ]
        for name, issue in found if isinstance(issue, dict) and isinstance(issue.get("levels"), list)
    }  # fmt: skip


def _merge(base: dict[str, Any], over: Mapping[str, Any], place: Place, merged: Merged, file: Path) -> None:
    for key, value in over.items():
        here = (*place, key)
        below = base.get(key)
        if isinstance(value, dict) and isinstance(below, dict) and not is_number(value) and not is_number(below):
            _merge(below, value, here, merged, file)
            continue
        for old in [path for path in merged.origin if path[: len(here)] == here]:
            del merged.origin[old]
        base[key] = _copy(value)
        _note(value, here, merged, file)


def _joined(under: Any, over: Any) -> Any:
    """A table with another one laid over it, numbers as a whole."""
    if not (isinstance(under, dict) and isinstance(over, dict)) or is_number(under) or is_number(over):
        return over
    joined = {key: _joined(value, over[key]) if key in over else _copy(value) for key, value in under.items()}
    return {**joined, **{key: value for key, value in over.items() if key not in under}}


def _copy(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: _copy(value) for key, value in found.items()}
    return [_copy(value) for value in found] if isinstance(found, list) else found


def _note(found: Any, place: Place, merged: Merged, file: Path) -> None:
    merged.origin[place] = file
    if isinstance(found, dict):
        for key, value in found.items():
            _note(value, (*place, key), merged, file)
    elif isinstance(found, list):
        for index, value in enumerate(found):
            _note(value, (*place, index), merged, file)
