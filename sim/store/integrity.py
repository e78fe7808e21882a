"""Whether what is stored is what was written: files by their hash, arrays by what they must hold."""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import xarray as xr

from sim.ensemble import COLUMNS, OutcomeColumn, meanings
from sim.foundations import ResultsError
from sim.store.folder import MANIFEST_FILE, SPREAD_FILE
from sim.store.manifest import FORMAT, Manifest

#: Files that are written anew while others stay: the manifest itself, how far a sweep is, what is worked out later.
_PASSING: Final = (MANIFEST_FILE, "status.json", SPREAD_FILE)
_DATA: Final = (".nc", ".json", ".csv")


def file_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of data that lies directly in a results folder, by its name."""
    return {
        file.name: _hash(file)
        for file in sorted(folder.iterdir())
        if file.suffix in _DATA and file.name not in _PASSING and not file.name.startswith(".")
    }


def verify_file(file: Path, hashes: Mapping[str, str], named: str | None = None) -> None:
    """Refuse a file that is not what was written; one whose hash was not kept is taken as it is.

    Args:
        hashes: SHA-256 by name, as the manifest has them
        named:  name of the file there; by default its own
    Raises:  ResultsError that names the file, and says what to do
    """
    expected = hashes.get(named or file.name)
    if expected is None or not file.is_file():
        return
    found = _hash(file)
    if found != expected:
        raise ResultsError(
            f"{file} is not what was written: its SHA-256 is {found[:12]}…, the manifest has {expected[:12]}…; "
            "run it again, or take the folder from where it was copied"
        )


def read_json(file: Path, hashes: Mapping[str, str]) -> dict[str, Any]:
    """Read a table that is stored as JSON, if it is what was written.

    Raises:  ResultsError if it is something else, or cannot be read
    """
    verify_file(file, hashes)
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ResultsError(f"{file} cannot be read: {error}") from None
    if not isinstance(found, dict):
        raise ResultsError(f"{file} is not what was written: it holds no table; run it again")
    return found


def verify_run(file: Path, results: xr.Dataset, manifest: Manifest) -> None:
    """Refuse arrays of a run in which something is missing, has another type, or holds codes that mean nothing.

    Raises:  ResultsError that names the arrays
    """
    needed = [column.name for column in COLUMNS if column.light and "cheater" not in column.dims]
    missing = [name for name in needed if name not in results]  # of cheating, which nobody may in most cases
    if missing:
        raise ResultsError(_why_they_lack(file, missing, manifest))
    for column in COLUMNS:
        if column.by_draw and column.name in results and (wrong := _wrong(column, results)):
            raise ResultsError(f"{file} is not what was written: {column.name} {wrong}; run it again")
    if manifest.draws != results.sizes["draw"]:
        raise ResultsError(
            f"{file} has {results.sizes['draw']:,} draws, its manifest {manifest.draws:,}: "
            "they do not belong together; run it again"
        )


def _why_they_lack(file: Path, missing: Sequence[str], manifest: Manifest) -> str:
    """What is to be said of arrays that are not there: an earlier version did not keep them, or they are lost."""
    if manifest.format == FORMAT and file.name not in manifest.files:
        return f"{file} is not whole: it lacks {', '.join(missing)}; run it again"
    scenario = next(one.get("copy", one["file"]) for one in manifest.inputs)
    again = ["sim", "run", str(file.parent / scenario), "--draws", str(manifest.draws), "--seed", manifest.seed]
    return (
        f"{file} lacks {', '.join(missing)}: an earlier version wrote it (format {manifest.format}; this one writes "
        f"{FORMAT}) and did not keep them. Play its copies of the inputs with this version: {shlex.join(again)}"
    )


def _wrong(column: OutcomeColumn, results: xr.Dataset) -> str:
    """What is wrong with a column, in words; empty if nothing is."""
    variable = results[column.name]
    if variable.dims != column.dims:
        return f"runs along {', '.join(map(str, variable.dims))} instead of {', '.join(column.dims)}"
    values = variable.values
    if values.dtype.kind not in "biuf":
        return "holds no numbers"
    if column.codes is None and not column.index:
        return ""
    if values.dtype.kind == "f":
        return "holds fractions where codes belong"
    if column.codes is not None:
        if "flag_meanings" not in variable.attrs:
            return "does not say what its codes mean"
        lowest, count = 0, len(meanings(results, column.name))
    else:
        lowest, count = -1, results.sizes.get(column.index, 0)
    strange = values[(values < lowest) | (values >= count)]
    return f"holds the code {int(np.ravel(strange)[0])}, which means nothing" if strange.size else ""


def _hash(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ResultsError(f"{file} cannot be read: {error.strerror or error}") from None
