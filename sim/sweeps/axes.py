"""What a sweep varies: an axis with its range of a number, or its choices of anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np

from sim.engine import talk_rules
from sim.engine.registered import names_are_registered
from sim.ensemble.structure import bare
from sim.foundations import Floats, InputError, Problem
from sim.scenario import Scenario
from sim.scenario.changes import change
from sim.scenario.draws import place
from sim.words import number_title

#: Settings of a range where the user does not say how many.
DEFAULT_COUNT: Final = 11
#: The axis that lays overlays over the scenario, and the name of laying none.
OVERLAY: Final = "overlay"
NO_OVERLAY: Final = "base"

#: What a scenario holds that makes no point of a sweep different from another one, and why.
_OF_NO_POINT: Final = {
    "draws": "it says how many worlds are drawn, which --draws sets for all points",
    "title": "it changes no result",
    "question": "it changes no result",
}

AxisPlace = float | str


@dataclass(frozen=True)
class AxisSetting:
    """One choice on an axis.

    value:     what it is called in results: a number or a word
    numbers:   path -> number fixed at (places on an issue run from 0 to 1)
    structure: path -> anything else that is changed
    overlay:   overlay laid over the scenario, if any
    """

    value: AxisPlace
    numbers: Mapping[str, float] = field(default_factory=dict)
    structure: Mapping[str, Any] = field(default_factory=dict)
    overlay: str | None = None


@dataclass(frozen=True)
class Axis:
    """One thing that a sweep varies: a range of numbers moved together, or choices.

    name:     dotted path, paths joined by ``+``, or a name given in a study
    title:    what figures call it
    paths:    numbers that a range moves together; empty for choices
    low, high: ends of the range, in the user's unit
    count:    settings of the range on a grid
    settings: the choices; empty for a range
    base:     where the scenario stands on the axis, the mean of numbers that move together; ``None`` if nowhere
    places:   path -> (factor, offset) from the user's unit to the number's own
    """

    name: str
    title: str = ""
    paths: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 1.0
    count: int = DEFAULT_COUNT
    settings: tuple[AxisSetting, ...] = ()
    base: AxisPlace | None = None
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def choice(self) -> bool:
        """Whether the axis has choices rather than a range."""
        return bool(self.settings)

    @property
    def size(self) -> int:
        """How many settings there are on a grid."""
        return len(self.settings) if self.settings else self.count

    @cached_property
    def grid(self) -> Floats:
        """(size,) entries of the point table on a grid: values of a range, indices of choices."""
        if self.settings:
            return np.arange(len(self.settings), dtype=float)
        return np.round(np.linspace(self.low, self.high, self.count), 12)

    def at(self, unit: Floats) -> Floats:
        """Entries of the point table for places in [0, 1): choices have equal bins.

        Example:
            >>> Axis("x", paths=("x",), low=2, high=4).at(np.array([0.0, 0.5]))
            array([2., 3.])
        """
        if self.settings:
            return np.minimum(np.floor(unit * len(self.settings)), len(self.settings) - 1)
        return self.low + unit * (self.high - self.low)

    @property
    def values(self) -> list[AxisPlace]:
        """Coordinates on a grid."""
        return [setting.value for setting in self.settings] if self.settings else [float(v) for v in self.grid]

    def coordinate(self, entry: float) -> AxisPlace:
        """What results call an entry of the point table."""
        return self.settings[int(entry)].value if self.settings else float(entry)

    @property
    def base_entry(self) -> float | None:
        """The scenario's own place in the point table, if it has one."""
        if not self.settings:
            return None if self.base is None or isinstance(self.base, str) else float(self.base)
        found = [index for index, setting in enumerate(self.settings) if setting.value == self.base]
        return float(found[0]) if found else None

    def describe(self) -> dict[str, Any]:
        """The axis for manifests: everything that changes the numbers, and its title."""
        found: dict[str, Any] = {"name": self.name, "title": self.title or self.name, "base": self.base}
        if not self.settings:
            return found | {"paths": list(self.paths), "low": self.low, "high": self.high, "count": self.count}
        settings = [
            {"value": s.value, "numbers": dict(s.numbers), "structure": dict(s.structure), "overlay": s.overlay}
            for s in self.settings
        ]
        return found | {"settings": settings}


def range_axis(
    scenario: Scenario, name: str, paths: tuple[str, ...], low: float, high: float, count: int | None, title: str = ""
) -> Axis:
    """Make an axis from a range; whole numbers of something that is no number of the scenario become choices.

    Raises:  InputError for a path that does not exist, or a range whose ends are refused
    """
    name, paths = _own_names(scenario, name), tuple(_own_name(scenario, path) for path in paths)
    if low > high:
        raise InputError(Problem(f"{name}: the range runs from {low:g} down to {high:g}; write the lower end first"))
    if count is not None and count < 1:
        raise InputError(Problem(f"{name}: a range needs at least 1 value, not {count}"))
    for end in (low, high):
        for path in paths:
            refuse(scenario, {path: _plain(end)})
    if all(path in scenario.numbers for path in paths):
        scale = {path: _scale(scenario, path) for path in paths}
        central = [_central(scenario, path) for path in paths]
        known = [value for value in central if value is not None]
        base = sum(known) / len(known) if len(known) == len(central) else None
        size = 1 if low == high else count or DEFAULT_COUNT
        return Axis(name, title or titled(scenario, name), paths, low, high, size, (), base, scale)
    if not (low.is_integer() and high.is_integer()):
        raise InputError(Problem(f"{name} is no ranged number; give whole numbers, or choices separated by commas"))
    whole = np.linspace(low, high, count or int(high - low) + 1)
    values = list(dict.fromkeys(int(value) for value in np.round(whole)))
    settings = [(str(value), dict.fromkeys(paths, value)) for value in values]
    return choice_axis(scenario, name, [(_number(label), changes) for label, changes in settings], title)


def choice_axis(
    scenario: Scenario,
    name: str,
    choices: list[tuple[AxisPlace, Mapping[str, Any]]],
    title: str = "",
    overlays: Mapping[str, Scenario] | None = None,
) -> Axis:
    """Make an axis from named choices, each a set of changes by path; ``overlay`` is a path too.

    Raises:  InputError for a path or value that does not exist, or two choices of one name
    """
    name = _own_names(scenario, name)
    settings: list[AxisSetting] = []
    base: AxisPlace | None = None
    for value, given in choices:
        if any(setting.value == value for setting in settings):
            raise InputError(Problem(f'{name}: "{value}" is there twice'))
        changes = {_own_name(scenario, path): found for path, found in given.items()}
        overlay = changes.pop(OVERLAY, None)
        own = scenario if overlay in (None, NO_OVERLAY) or overlays is None else overlays[overlay]
        drawn = [path for path, found in changes.items() if path in own.numbers and _can_be_drawn(own, path, found)]
        numbers = {path: _own_unit(own, path, changes[path]) for path in drawn}
        structure = {path: found for path, found in changes.items() if path not in numbers}
        refuse(own, changes)
        setting = AxisSetting(value, numbers, structure, None if overlay == NO_OVERLAY else overlay)
        settings.append(setting)
        if base is None and _is_base(scenario, setting):
            base = value
    return Axis(name, title or titled(scenario, name), settings=tuple(settings), base=base)


def refuse(scenario: Scenario, changes: Mapping[str, Any]) -> None:
    """Refuse changes that the scenario does not take.

    Raises:  InputError naming the nearest right path or what is allowed
    """
    for path in changes:
        if path in _OF_NO_POINT:
            raise InputError(Problem(f"{path} is nothing to sweep: {_OF_NO_POINT[path]}"))
    changed = change(without_observations(scenario, changes), changes)
    rules = any(path.startswith("talks.") and path not in scenario.numbers for path in changes)
    if problems := talk_rules(changed) if rules else [*names_are_registered(changed)]:
        raise InputError(problems)


def without_observations(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """The scenario without what was observed, which may speak of deals that are off the table after a change.

    Observations select draws in the world as it was; they never change how talks go.
    """
    if not scenario.observations or any(path.startswith("observations") for path in changes):
        return scenario
    if all(path in scenario.numbers for path in changes):
        return scenario
    return bare(scenario)


def titled(scenario: Scenario, path: str) -> str:
    """A path in words, with titles of actors and issues in the place of their names."""
    words = []
    for part in path.split("+"):
        keys = part.split(".")
        if part in scenario.numbers:
            words.append(number_title(scenario, part))
            continue
        if keys[0] == "issues" and len(keys) > 2 and keys[1] in scenario.issues:
            what = "levels on offer" if keys[2] == "available" else keys[2].replace("_", " ")
            words.append(f"{scenario.issues[keys[1]].title or keys[1]}: {what}")
            continue
        first = scenario.actors[keys[0]].title if keys[0] in scenario.actors else ""
        named = [first or keys[0].replace("_", " ")]
        for key in keys[1:]:
            found = scenario.actors.get(key) or scenario.issues.get(key)
            named.append((found.title if found is not None else "") or key.replace("_", " "))
        words.append(f"{named[0]}: {', '.join(named[1:])}" if len(named) > 1 else named[0])
    text = " and ".join(words)
    return text[:1].upper() + text[1:]


def _own_name(scenario: Scenario, path: str) -> str:
    """The path of a number where it was written as it stands in the file, with ``actors`` before it.

    Otherwise it would be swept as something that is no number, and choose other worlds than its shorter name does.
    """
    short = path.removeprefix("actors.")
    return short if short in scenario.numbers else path


def _own_names(scenario: Scenario, name: str) -> str:
    return "+".join(_own_name(scenario, part.strip()) for part in name.split("+")) if "actors." in name else name


def _can_be_drawn(scenario: Scenario, path: str, found: Any) -> bool:
    """Whether a value of a number is one that a draw may take; other text in the place of options is another rule."""
    options = scenario.numbers[path].options
    return not options or not isinstance(found, str) or found in options


def _own_unit(scenario: Scenario, path: str, found: Any) -> float:
    """A value as the draws have it: places on an issue run from 0 to 1."""
    number = scenario.numbers[path]
    if isinstance(found, str) and number.issue is None and not number.options:
        raise InputError(Problem(f'{path} takes a number, not "{found}"'))
    refuse(scenario, {path: found})
    return place(scenario, number, found)


def _scale(scenario: Scenario, path: str) -> tuple[float, float]:
    number = scenario.numbers[path]
    zero, one = place(scenario, number, 0.0), place(scenario, number, 1.0)
    return one - zero, zero


def _central(scenario: Scenario, path: str) -> float | None:
    quantity = scenario.numbers[path].quantity
    return float(quantity.value) if isinstance(quantity.value, int | float) and not quantity.follows else None


def _is_base(scenario: Scenario, setting: AxisSetting) -> bool:
    """Whether a choice is what the scenario says anyway."""
    if setting.overlay is not None:
        return False
    for path, found in setting.numbers.items():
        quantity = scenario.numbers[path].quantity
        if quantity.mirrors or place(scenario, scenario.numbers[path], quantity.value) != found:
            return False
    return not setting.structure or (
        change(bare(scenario), setting.structure).model_dump(exclude={"observations"}) == _as_offered(scenario, setting)
    )


def _as_offered(scenario: Scenario, setting: AxisSetting) -> dict[str, Any]:
    """The scenario as data, with the levels on offer written out where the setting writes them out."""
    found = bare(scenario).model_dump(exclude={"observations"})
    for path, value in setting.structure.items():
        keys = path.split(".")
        if keys[0] == "issues" and keys[-1] == "available":
            issue = scenario.issues[".".join(keys[1:-1])]
            if sorted(issue.indices(value)) == sorted(issue.offered):
                found["issues"][".".join(keys[1:-1])]["available"] = tuple(value)
        if keys[0] == "talks" and keys[-1] in {"rounds", "horizon"}:
            rounds = scenario.talks.talk_rounds if keys[-1] == "rounds" else scenario.talks.horizon_rounds
            changed = change(bare(scenario), {path: value}).talks
            if rounds == (changed.talk_rounds if keys[-1] == "rounds" else changed.horizon_rounds):
                found["talks"][keys[-1]] = value
    return found


def _plain(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value


def _number(text: str) -> AxisPlace:
    try:
        return float(text)
    except ValueError:
        return text
