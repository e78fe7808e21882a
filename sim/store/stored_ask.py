"""A stored question asked again: from the copies of its files, or of the case as it is now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.ensemble.ask import Ask, ask
from sim.evidence import trusting
from sim.foundations import ResultsError
from sim.scenario import Case, read_case
from sim.scenario.reading import own_overlay
from sim.store.folder import INPUTS_FOLDER, MANIFEST_FILE
from sim.store.integrity import verify_file
from sim.store.load import load_manifest
from sim.store.manifest import Manifest


def ask_again(folder: str | Path, case: str | Path | None = None) -> Ask:
    """Make what a results folder was asked once more, of its own copies or of the case as it is now.

    Args:
        case: where the case is now; its copies in the folder if left out
    Raises:  ResultsError if the folder holds no results or lacks the copies; InputError if the case does not fit
             what was asked any more, or this version
    """
    folder = Path(folder)
    manifest = load_manifest(folder)
    if case is None:
        with trusting(folder / INPUTS_FOLDER):
            return ask(copied_case(folder, manifest), **asked_in(manifest))
    named = [] if manifest.overlay is None else [manifest.overlay]
    for name in (*named, *_names_of_overlays(manifest)):
        own_overlay(read_case(case), name)
    return ask(read_case(case, overlay=manifest.overlay), **asked_in(manifest))


def asked_in(manifest: Manifest) -> dict[str, Any]:
    """What a manifest says was asked besides the files: the arguments of ``ask``."""
    return {
        "overlays": _names_of_overlays(manifest),
        "changes": manifest.changes,
        "widen": manifest.widen,
        "draws": manifest.draws or None,  # 0: each question of an analysis takes its own number
        "central": manifest.central,
    }


def _names_of_overlays(manifest: Manifest) -> tuple[str, ...]:
    """Names of the overlays that were compared; sweeps of the first layout kept them elsewhere."""
    if manifest.overlays:
        return manifest.overlays
    found = manifest.sweep.get("overlays", {})
    if not isinstance(found, Mapping):
        raise ResultsError(f"{MANIFEST_FILE} is not what was written: sweep.overlays is no table")
    return tuple(map(str, found))


def copied_case(folder: Path, manifest: Manifest) -> Case:
    """Read the case, overlay included, from the copies of its files.

    Raises:  ResultsError if they are not there, or are not what was run
    """
    if not manifest.inputs:
        raise ResultsError(f"{folder} holds no copies of what was run; run it again")
    copies = [folder / item.get("copy", "?") for item in manifest.inputs]
    outside = [path for path in copies if not path.resolve().is_relative_to(folder.resolve())]
    if outside:
        raise ResultsError(f"{folder / MANIFEST_FILE} is not what was written: {outside[0]} is no copy in this folder")
    missing = [path for path in copies if not path.is_file()]
    if missing:
        raise ResultsError(f"{missing[0]} is missing: the folder is not whole; run it again")
    for path, item in zip(copies, manifest.inputs, strict=True):
        verify_file(path, {path.name: item["sha256"]} if "sha256" in item else {})
    overlay = next((path for path in copies[1:] if path.stem == manifest.overlay), None)
    with trusting(folder / INPUTS_FOLDER):
        return replace(read_case(copies[0], overlay=overlay), name=manifest.case)  # copies lie in other folders
