"""What a sweep is asked to do, and how to notice that it is asked something else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sim.ensemble.ask import Ask
from sim.ensemble.cells import CELL, Job
from sim.scenario import Scenario
from sim.scenario.widening import AS_STATED, widening_words
from sim.store import fingerprint
from sim.store.manifest import resolved_numbers
from sim.sweeps.design_points import DesignPoints

#: Negotiations up to which single draws are kept unless told otherwise.
KEPT: Final = 200_000
#: What of a described request changes the numbers, besides the axes.
_HASHED: Final = (
    "design", "points", "table", "draws", "seed", "common", "keep", "cell", "scenario", "judge", "overlays",
)  # fmt: skip


@dataclass(frozen=True)
class SweepAsk:
    """A sweep as it is asked: a case, and the points at which it is played.

    ask:      the case, its changes, how many worlds at each point, the overlays that an axis lays over it
    points:   where
    common:   the same worlds at every point
    keep:     whether single draws are kept
    study:    name of the study, if it is one
    title:    of the study
    measures: what is shown first
    figures:  figures that are drawn; all that fit if left out
    forecasts: whether models of collective choice are asked at every point
    """

    ask: Ask
    points: DesignPoints
    common: bool = True
    keep: bool = True
    study: str = ""
    title: str = ""
    measures: tuple[str, ...] = ()
    figures: tuple[str, ...] | None = None
    forecasts: bool = False

    @property
    def scenario(self) -> Scenario:
        """The scenario that is varied, its overlay included."""
        return self.ask.scenario

    @property
    def draws(self) -> int:
        """Worlds at each point."""
        return self.ask.draws

    @property
    def widen(self) -> float:
        """Factor by which ranges were made wider."""
        return self.ask.widen

    @property
    def rows(self) -> int:
        """How many negotiations there are to play."""
        return len(self.points.played) * self.draws

    def job(self) -> Job:
        """What workers need."""
        return Job(
            self.scenario,
            self.ask.overlays,
            self.ask.judge,
            self.points.structures,
            self.points.paths,
            self.draws,
            self.common,
            self.keep,
            self.forecasts,
        )

    def describe(self) -> dict[str, Any]:
        """Everything that changes the numbers, for manifests."""
        found = {
            **self.points.describe(),
            "draws": self.draws,
            "seed": self.scenario.seed,
            "common": self.common,
            "keep": self.keep,
            "cell": CELL,
            "scenario": fingerprint(self.scenario, 0),
            "judge": fingerprint(self.ask.judge, 0),
            "overlays": {name: fingerprint(scenario, 0) for name, scenario in sorted(self.ask.overlays.items())},
            "study": self.study,
            "widen": self.widen,
        }
        if self.forecasts:
            found["forecasts"] = True
        written: dict[str, Any] = json.loads(json.dumps(found, default=str))
        return written

    @property
    def fingerprint(self) -> str:
        """Hash of everything that changes the numbers."""
        return request_hash(self.describe())


def request_hash(described: Mapping[str, Any]) -> str:
    """Hash of what in a described request changes the numbers; titles and the like do not count."""
    axes = [_untitled(axis) for axis in described["axes"]]
    content = {key: described.get(key) for key in _HASHED} | {"axes": axes}
    if described.get("widen", AS_STATED) != AS_STATED:  # even if no range is there to be widened
        content["widen"] = described["widen"]
    if described.get("forecasts"):
        content["forecasts"] = True
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def differences(
    before: Mapping[str, Any], numbers_before: Mapping[str, Mapping[str, Any]], asked: SweepAsk
) -> list[str]:
    """Say in what a stored request differs from one that is asked now; empty if in nothing."""
    now = asked.describe()
    if request_hash(before) == request_hash(now):
        return []
    found: list[str] = []
    axes_before = {axis["name"]: axis for axis in before["axes"]}
    axes_now = {axis["name"]: axis for axis in now["axes"]}
    for name in [*axes_before, *(name for name in axes_now if name not in axes_before)]:
        one, two = axes_before.get(name), axes_now.get(name)
        if _varied(one) != _varied(two):
            found.append(f"axis {name}: was {_axis_words(one)}, is {_axis_words(two)}")
    plain = ("design", "points", "draws", "seed", "common", "keep", "cell")
    found += [f"{key}: was {before.get(key)}, is {now[key]}" for key in plain if before.get(key) != now[key]]
    if bool(before.get("forecasts")) != asked.forecasts:
        found.append(f"forecasts: were {'' if before.get('forecasts') else 'not '}asked for")
    widen = float(before.get("widen", AS_STATED))
    if widen != asked.widen:
        found.append(f"widen: ranges were {widening_words(widen)}, are {widening_words(asked.widen)}")
    elif before.get("scenario") != now["scenario"]:
        changed = _numbers_changed(numbers_before, asked.scenario)
        found += changed or ["the scenario or the program: something besides its numbers"]
    if widen != asked.widen:
        return found
    if before.get("judge") != now["judge"] and before.get("scenario") == now["scenario"]:
        found.append("the base scenario, whose observations select the draws")
    overlays = before.get("overlays", {})
    found += [f"overlay {name}" for name, value in now["overlays"].items() if overlays.get(name, value) != value]
    return found or ["the order of the points"]


def _numbers_changed(before: Mapping[str, Mapping[str, Any]], scenario: Scenario) -> list[str]:
    now = resolved_numbers(scenario)
    paths = [*now, *(path for path in before if path not in now)]
    words = [(path, _words(before.get(path)), _words(now.get(path))) for path in paths]
    return [f"{path}: was {one}, is {two}" for path, one, two in words if one != two]


def _words(number: Mapping[str, Any] | None) -> str:
    return "absent" if number is None else str(number["words"])


def _untitled(axis: Mapping[str, Any] | None) -> dict[str, Any]:
    return {key: value for key, value in (axis or {}).items() if key != "title"}


def _varied(axis: Mapping[str, Any] | None) -> dict[str, Any]:
    """What an axis varies; where the base case stands on it is told as a change of that number."""
    return {key: value for key, value in (axis or {}).items() if key not in {"title", "base"}}


def _axis_words(axis: Mapping[str, Any] | None) -> str:
    if axis is None:
        return "absent"
    if "settings" in axis:
        return ", ".join(str(setting["value"]) for setting in axis["settings"])
    return f"{axis['low']:g} to {axis['high']:g} ({axis['count']})"


def kept_by_default(points: int, draws: int) -> bool:
    """Whether single draws are kept where nobody says."""
    return points * draws <= KEPT
