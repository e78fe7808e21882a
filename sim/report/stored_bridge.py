"""A bridge read back from its folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

import numpy as np
import xarray as xr

from sim.experiments.bridge import Bridge, Change, Checked, Goal, Mover, Point, Reasons, Robust
from sim.foundations import ResultsError
from sim.report.kept import Kept, read_kept
from sim.report.spread_kept import spread_kept
from sim.store import Manifest, load_results

BRIDGE_FILE: Final = "bridge.json"


@dataclass(frozen=True)
class StoredBridge(Kept):
    """A finished bridge.

    results: the frontier as labelled arrays, for figures
    bridge:  the answer
    spread:  what the spread of the answer comes from, if that was worked out
    """

    results: xr.Dataset
    bridge: Bridge
    spread: Mapping[str, Any] | None


def read_bridge(folder: Path, manifest: Manifest) -> StoredBridge:
    """Read a finished bridge.

    Raises:  ResultsError if something is missing or cannot be read
    """
    file = folder / BRIDGE_FILE
    results, kept = load_results(folder), read_kept(folder, manifest)
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        found = bridge_from_json(told)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResultsError(f"{file} cannot be read: {error}") from None
    return StoredBridge(**vars(kept), results=results, bridge=found, spread=spread_kept(folder))


def bridge_from_json(told: Mapping[str, Any]) -> Bridge:
    """Put a bridge together again from what ``Bridge.to_json`` gave."""
    made: dict[str, Any] = dict(told)
    made["goal"] = Goal(**told["goal"])
    for name in ("without", "best", "found"):
        made[name] = None if told[name] is None else _point(told[name])
    for name in ("frontier", "candidates"):
        made[name] = tuple(_point(item) for item in told[name])
    made["levers"] = tuple(told["levers"])
    made["movers"] = tuple(_mover(item) for item in told["movers"])
    made["together"] = tuple(Change(**item) for item in told["together"])
    made["reasons"] = Reasons(dict(told["reasons"]["fates"]), tuple(map(tuple, told["reasons"]["blockers"])))
    made["robust"] = _robust(told["robust"])
    made["fresh"] = Checked(**told["fresh"])
    made["conventions"] = tuple(Checked(**item) for item in told["conventions"])
    known = {item.name for item in fields(Bridge)}
    return Bridge(**{name: value for name, value in made.items() if name in known})


def _point(told: Mapping[str, Any]) -> Point:
    known: dict[str, Any] = {name: np.nan if value is None else value for name, value in told.items()}
    return Point(**known)


def _mover(told: Mapping[str, Any]) -> Mover:
    return Mover(
        **{**told, "holder": Change(**told["holder"]), "consent": tuple(Change(**item) for item in told["consent"])}
    )


def _robust(told: Mapping[str, Any]) -> Robust:
    arrays = {name: np.array(value, float) for name, value in told.items() if name not in {"worst_half", "choice"}}
    return Robust(**arrays, worst_half=tuple(told["worst_half"]), choice=int(told["choice"]))
