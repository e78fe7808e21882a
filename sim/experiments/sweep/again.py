"""A sweep or run found on the disk, asked once more: to be continued, shown, or reproduced."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sim.experiments.sweep.asked import Asked, request_hash
from sim.experiments.sweep.axes import Axis, Setting, range_axis
from sim.experiments.sweep.points import Points, make_points
from sim.foundations import InputError, Problem, ResultsError
from sim.scenario import Case, Scenario, asked_scenario, read_case
from sim.store import load_manifest
from sim.store.manifest import Manifest


def stored_case(folder: Path, overlay: str | None = None) -> Case:
    """Read the case from the copies of its files below a results folder."""
    manifest = load_manifest(folder)
    if not manifest.inputs:
        raise ResultsError(f"{folder} has no copies of its inputs")
    base = folder / manifest.inputs[0]["copy"]
    return read_case(base, overlay=overlay if overlay is not None else manifest.overlay)


def stored_scenario(folder: Path) -> Scenario:
    """The scenario that a run played, from the copies of its files, as the command line changed and widened it."""
    manifest = load_manifest(folder)
    return asked_scenario(stored_case(folder).scenario, manifest.changes, manifest.widen)


def ask_again(folder: Path, case: str | Path | None = None) -> Asked:
    """Make the request of a stored sweep once more, of its own copies or of the case as it is now.

    Args:
        case: where the case is now; its copies in the folder if left out
    Raises:  ResultsError if the folder holds no sweep; InputError if the case does not fit it any more
    """
    manifest = load_manifest(folder)
    found = manifest.sweep
    if not found:
        raise ResultsError(f"{folder} holds a single run, no sweep")
    if case is None and not manifest.inputs:
        raise ResultsError(f"{folder} has no copies of its inputs; name the case they came from")
    place: str | Path = folder / manifest.inputs[0]["copy"] if case is None else case
    changes, widen = dict(manifest.changes), manifest.widen
    own = read_case(place, overlay=manifest.overlay)
    scenario = asked_scenario(own.scenario, changes, widen)
    cases, judge = [own], None
    if manifest.overlay is not None:
        cases.append(read_case(place))
        judge = asked_scenario(cases[1].scenario, changes, widen)
    scenarios = {}
    for name in found["overlays"]:
        cases.append(read_case(place, overlay=name))
        scenarios[name] = asked_scenario(cases[-1].scenario, changes, widen)
    axes = [_axis(scenario, axis) for axis in found["axes"]]
    told = None if found["design"] in {"grid", "one-at-a-time"} else int(found["points"])
    points = make_points(axes, found["design"], told, scenario.seed)
    return Asked(
        scenario=scenario,
        points=points,
        draws=int(found["draws"]),
        judge=judge,
        scenarios=scenarios,
        common=bool(found["common"]),
        keep=bool(found["keep"]),
        study=str(found["study"]),
        title=str(found.get("title", "")),
        measures=tuple(found.get("measures", ())),
        figures=None if found.get("figures") is None else tuple(found["figures"]),
        cases=tuple(cases),
        changes=changes,
        widen=widen,
    )


def place_of(case: str | None, folder: Path) -> str | None:
    """Where the case of a stored sweep is now: as said, or where it was, if it is still there."""
    if case is not None:
        return case
    told = str(load_manifest(folder).sweep.get("case", ""))
    return told if told and Path(told).exists() else None


def same_request(manifest: Manifest, asked: Asked) -> bool:
    """Whether a stored sweep is what is asked, so that its bits should come out again."""
    return request_hash(asked.describe()) == manifest.fingerprint


def point_of(asked: Asked, point: int) -> tuple[Scenario, dict[str, float]]:
    """Scenario and fixed numbers at a point of a design.

    Raises:  InputError if there is no such point
    """
    points: Points = asked.points
    if not 0 <= point < len(points):
        raise InputError(Problem(f"there is no point {point}", allowed=f"0 to {len(points) - 1}"))
    played = int(points.inverse[point])
    structure = points.structures[int(points.structure[played])]
    if structure.changes:
        scenario = structure.scenario(asked.scenario, asked.scenarios)
    else:
        scenario = asked.scenarios[structure.overlay] if structure.overlay is not None else asked.scenario
    values = points.numbers[played]
    fixed = {path: float(v) for path, v in zip(points.paths, values, strict=True) if not np.isnan(v)}
    return scenario, {path: value for path, value in fixed.items() if path in scenario.numbers}


def _axis(scenario: Scenario, found: Mapping[str, Any]) -> Axis:
    name, title = str(found["name"]), str(found["title"])
    if "settings" not in found:
        paths = tuple(found["paths"])
        return range_axis(scenario, name, paths, float(found["low"]), float(found["high"]), int(found["count"]), title)
    settings = tuple(
        Setting(item["value"], dict(item["numbers"]), dict(item["structure"]), item["overlay"])
        for item in found["settings"]
    )
    return Axis(name, title, settings=settings, base=found["base"])
