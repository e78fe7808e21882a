"""A run read back from its folder: scenario, evidence, results and answer, without the original files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xarray as xr

from sim.evidence import Article
from sim.experiments.conventions import Variant
from sim.experiments.difference import Difference, Shares
from sim.experiments.flips import Flip
from sim.experiments.overlays import OverlayRow
from sim.foundations import ResultsError
from sim.report.answer import Answer, answer
from sim.report.since import Since
from sim.report.spread import Spread
from sim.scenario import Case, change, read_case
from sim.store import Manifest, load_manifest, load_results, with_replays

_ANSWER_FILE = "answer.json"


@dataclass(frozen=True)
class StoredRun:
    """A finished run.

    folder:   where it was found
    manifest: what was run
    results:  labelled arrays
    answer:   the short answer, put together again from these
    article:  the evidence; ``None`` for textbook cases
    overlays: names of the overlays beside the copied scenario
    """

    folder: Path
    manifest: Manifest
    results: xr.Dataset
    answer: Answer
    article: Article | None
    overlays: tuple[str, ...]


def read_stored(folder: Path | str) -> StoredRun:
    """Read a results folder; everything comes from the folder itself.

    Raises:  ResultsError if it holds no finished run; InputError if its inputs do not fit this version any more
    """
    folder = Path(folder)
    results, manifest = load_results(folder), load_manifest(folder)
    if "consistent" not in results:
        what = "a sweep" if manifest.sweep else "no single run"
        raise ResultsError(
            f"{folder} holds {what}, and a report is written about a run of `sim run`; "
            f"`sim plot {folder}` draws the figures that fit it"
        )
    case = _case(folder, manifest)
    told = _told(folder)
    found = answer(
        results,
        change(case.scenario, manifest.changes),
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
    return StoredRun(folder, manifest, with_replays(results, told), found, case.article, case.overlays)


def _case(folder: Path, manifest: Manifest) -> Case:
    if not manifest.inputs:
        raise ResultsError(f"{folder} holds no copies of what was run; run it again")
    copies = [folder / item["copy"] for item in manifest.inputs]
    missing = [path for path in copies if not path.is_file()]
    if missing:
        raise ResultsError(f"{missing[0]} is missing: the folder is not whole; run it again")
    overlay = next((path for path in copies[1:] if path.stem == manifest.overlay), None)
    return read_case(copies[0], overlay=overlay)


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
    return Shares(_numbers(found["share"]), _numbers(found["error"]), int(found["draws"]))


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
