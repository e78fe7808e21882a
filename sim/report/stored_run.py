"""A single run read back from its folder: results and answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xarray as xr

from sim.experiments.conventions import Variant
from sim.experiments.difference import Difference, Shares
from sim.experiments.flips import Flip
from sim.experiments.overlays import OverlayRow
from sim.foundations import ResultsError
from sim.foundations.plain_data import from_plain
from sim.report.answer import Answer, answer
from sim.report.kept import Kept, read_kept
from sim.report.since import Since
from sim.report.spread import Spread
from sim.store import Manifest, load_results, with_replays

_ANSWER_FILE = "answer.json"


@dataclass(frozen=True)
class StoredRun(Kept):
    """A finished run.

    results: labelled arrays
    answer:  the short answer, put together again from these
    """

    results: xr.Dataset
    answer: Answer


def read_run(folder: Path, manifest: Manifest) -> StoredRun:
    """Read a run of ``sim run``; everything comes from the folder itself.

    Raises:  ResultsError if it holds no finished run; InputError if its inputs do not fit this version any more
    """
    results = load_results(folder)
    if "consistent" not in results:
        raise ResultsError(
            f"{folder} holds arrays of another kind than a report can be written about; "
            f"`sim plot {folder}` draws the figures that fit it"
        )
    kept, told = read_kept(folder, manifest), _told(folder)
    found = answer(
        results,
        kept.scenario,
        manifest.case,
        folder,
        overlay=manifest.overlay,
        seen_in_base=manifest.overlay is not None,
        deterministic=bool(told.get("deterministic", False)),
        central=manifest.central,
        flips=[_flip(item) for item in told.get("flips", ())],
        spread=Spread(**told["spread"]) if told.get("spread") else None,
        since=_since(told.get("since_last_run")),
        conventions=[_variant(item) for item in told.get("conventions", ())],
        overlays=[_overlay(item) for item in told.get("overlays", ())],
        digest=manifest.digest,
    )
    return StoredRun(**vars(kept), results=with_replays(results, told), answer=found)


def _told(folder: Path) -> Mapping[str, Any]:
    """The answer as it was written, which holds what was played beside the run itself."""
    file = folder / _ANSWER_FILE
    if not file.is_file():
        return {}
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ResultsError(f"{file} cannot be read: {error}") from None
    return found if isinstance(found, dict) else {}


def _numbers(found: Mapping[str, float | None]) -> dict[str, float]:
    return {name: float("nan") if value is None else float(value) for name, value in found.items()}


def _shares(found: Mapping[str, Any]) -> Shares:
    return from_plain(Shares, found)


def _difference(found: Mapping[str, Any]) -> Difference:
    return Difference(_numbers(found["share"]), _numbers(found["error"]), bool(found["paired"]))


def _flip(found: Mapping[str, Any]) -> Flip:
    distance = found["distance"]
    return Flip(
        found["name"], found["kind"], found["setting"], _shares(found["before"]), _shares(found["after"]),
        found["changes_modal"], float("nan") if distance is None else distance, found["reason"],
    )  # fmt: skip


def _variant(found: Mapping[str, Any]) -> Variant:
    return Variant(
        found["name"], found["setting"], _shares(found["endings"]), _shares(found["declared"]),
        found["modal"], found["changes_modal"],
    )  # fmt: skip


def _overlay(found: Mapping[str, Any]) -> OverlayRow:
    change = found["change"]
    return OverlayRow(
        found["name"], found["title"], _shares(found["endings"]), _shares(found["declared"]),
        found["arms"], None if change is None else _difference(change),
    )  # fmt: skip


def _since(found: Mapping[str, Any] | None) -> Since | None:
    if not found:
        return None
    return Since(
        found["run"],
        {path: (before, after) for path, (before, after) in found["numbers"].items()},
        {path: (before, after) for path, (before, after) in found["settings"].items()},
        _difference(found["endings"]),
        found["draws"],
    )
