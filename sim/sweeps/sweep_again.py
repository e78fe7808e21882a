"""A sweep or run found on the disk, asked once more: to be continued, shown, or reproduced."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.ensemble.ask import Ask
from sim.evidence import Borders, is_file, is_folder, project_of
from sim.foundations import InputError, Problem, ResultsError, brief
from sim.scenario import Scenario, read_case
from sim.store import ask_again, load_manifest
from sim.store.folder import MANIFEST_FILE
from sim.store.manifest import Manifest
from sim.sweeps.axes import Axis, AxisSetting, range_axis
from sim.sweeps.design_points import DesignPoints, make_points
from sim.sweeps.sweep_ask import SweepAsk, request_hash

#: Points of a design that stand for it where each takes many stories.
_POINTS: Final = 16


def ask_sweep_again(folder: Path, case: str | Path | None = None) -> SweepAsk:
    """Make the request of a stored sweep once more, of its own copies or of the case as it is now.

    Args:
        case: where the case is now; its copies in the folder if left out
    Raises:  ResultsError if the folder holds no sweep; InputError if the case does not fit it any more
    """
    found = load_manifest(folder, ("sweep",)).sweep
    if not found:
        raise ResultsError(f"{folder} holds a single run, no sweep")
    asked = ask_again(folder, case)
    try:
        return _sweep_of(asked, found)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        told = f"{folder / MANIFEST_FILE} is not what was written: what the sweep was asked lacks something"
        raise ResultsError(f"{told} ({type(error).__name__}: {error!s:.80})") from None


def _sweep_of(asked: Ask, found: Mapping[str, Any]) -> SweepAsk:
    axes = [_axis(asked.scenario, axis) for axis in found["axes"]]
    told = None if found["design"] in {"grid", "one-at-a-time"} else int(found["points"])
    return SweepAsk(
        asked,
        make_points(axes, found["design"], told, asked.seed),
        common=bool(found["common"]),
        keep=bool(found["keep"]),
        study=str(found["study"]),
        title=str(found.get("title", "")),
        measures=tuple(found.get("measures", ())),
        figures=None if found.get("figures") is None else tuple(found["figures"]),
        forecasts=bool(found.get("forecasts")),
    )


def place_of(case: str | None, folder: Path) -> str | None:
    """Where the case of a stored sweep is now: as said, or where it was, if it is still there.

    The folder may come from anybody: nothing is told of a file that it names, but that it is no sound case.

    Raises:  ResultsError if something else is there now
    """
    if case is not None:
        return case
    told = str(load_manifest(folder).sweep.get("case", ""))
    path = Path(told)
    if not told or not (is_file(path) or is_folder(path)):
        return None
    if not Borders((Path.cwd(), project_of(folder / MANIFEST_FILE))).hold(path):
        try:
            read_case(path)
        except InputError:
            raise ResultsError(
                f"{brief(told)}, where the case of {folder} was, holds no sound case any more; "
                f"name it, or go on with what was kept: sim sweep CASE --resume {folder}"
            ) from None
    return told


def same_request(manifest: Manifest, asked: SweepAsk) -> bool:
    """Whether a stored sweep is what is asked, so that its bits should come out again."""
    return request_hash(asked.describe()) == manifest.fingerprint


def point_of(asked: SweepAsk, point: int) -> tuple[Scenario, dict[str, float]]:
    """Scenario and fixed numbers at a point of a design.

    Raises:  InputError if there is no such point
    """
    points: DesignPoints = asked.points
    if not 0 <= point < len(points):
        raise InputError(Problem(f"there is no point {point}", allowed=f"0 to {len(points) - 1}"))
    played = int(points.inverse[point])
    structure = points.structures[int(points.structure[played])]
    if structure.changes:
        scenario = structure.scenario(asked.scenario, asked.ask.overlays)
    else:
        scenario = asked.ask.overlays[structure.overlay] if structure.overlay is not None else asked.scenario
    values = points.numbers[played]
    fixed = {path: float(v) for path, v in zip(points.paths, values, strict=True) if not np.isnan(v)}
    return scenario, {path: value for path, value in fixed.items() if path in scenario.numbers}


def first_points(asked: SweepAsk, most: int = _POINTS) -> list[tuple[Scenario, dict[str, float]]]:
    """Scenario and fixed numbers at the first points of a design, which cover its space."""
    return [point_of(asked, int(point)) for point in asked.points.played[:most]]


def _axis(scenario: Scenario, found: Mapping[str, Any]) -> Axis:
    name, title = str(found["name"]), str(found["title"])
    if "settings" not in found:
        paths = tuple(found["paths"])
        return range_axis(scenario, name, paths, float(found["low"]), float(found["high"]), int(found["count"]), title)
    settings = tuple(
        AxisSetting(item["value"], dict(item["numbers"]), dict(item["structure"]), item["overlay"])
        for item in found["settings"]
    )
    return Axis(name, title, settings=settings, base=found["base"])
