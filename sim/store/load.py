"""Reading results back: arrays of runs and analyses, manifest, and the latest run of a case."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import xarray as xr

from sim.foundations import ResultsError, nearest
from sim.store.arrays_file import read_arrays
from sim.store.digest import digest
from sim.store.folder import ARRAYS_FILE, MANIFEST_FILE, RESULTS
from sim.store.integrity import verify_file, verify_run
from sim.store.manifest import Manifest
from sim.store.peaceful_arrays import as_played

#: Attributes that are lists even where netCDF gives back a single text.
_LISTS: Final = ("parties", "actor_titles", "issue_titles")


#: Kinds of results folders, and what several of them are called.
KINDS_OF_FOLDERS: Final = {"run": "runs", "sweep": "sweeps", "bridge": "bridges", "analysis": "analyses"}


def load_results(folder: str | Path, reads: Sequence[str] = ()) -> xr.Dataset:
    """Read the labelled arrays of a run into memory.

    Args:
        folder: results folder, as ``sim run`` named it
        reads:  kinds of folders that will do: run, sweep, bridge; any of them if left out
    Raises:  ResultsError if there is no finished run in it, or its arrays are not what was written
    """
    folder = Path(folder)
    manifest = load_manifest(folder, reads)
    file = folder / ARRAYS_FILE
    if manifest.kind == "analysis":
        raise ResultsError(f"{folder} holds an analysis; the arrays of each of its questions are read by load_analyses")
    if manifest.status == "started" or not file.is_file():
        raise ResultsError(f"{folder} holds a {manifest.kind} that did not finish; {_how_to_go_on(folder, manifest)}")
    verify_file(file, manifest.files)
    results = as_played(read_arrays(file))
    if manifest.status in {"played", "finished"} and not manifest.sweep:
        verify_run(file, results, manifest)
    if not manifest.files and manifest.digest and digest(results) != manifest.digest:
        raise ResultsError(f"{file} is not what was written: its arrays have another digest; run it again")
    for name in _LISTS:
        found = results.attrs.get(name, [])
        results.attrs[name] = [found] if isinstance(found, str) else [str(item) for item in found]
    return _with_axes(results, file)


def _with_axes(results: xr.Dataset, file: Path) -> xr.Dataset:
    """Make the axes of a sweep coordinates again: netCDF cannot mark them as such if their names have spaces."""
    try:
        names = [str(axis["name"]) for axis in json.loads(str(results.attrs.get("axes", "[]")))]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise ResultsError(f"{file} is not what was written: its axes cannot be read; run it again") from None
    return results.set_coords([name for name in names if name in results.data_vars])


def load_manifest(folder: str | Path, reads: Sequence[str] = ()) -> Manifest:
    """Read the manifest of a results folder.

    Args:
        reads: kinds of folders that will do: run, sweep, bridge, analysis; any of them if left out
    Raises:  ResultsError if the folder holds no results, or those of another kind
    """
    folder = Path(folder)
    file = folder / MANIFEST_FILE
    if not file.is_file():
        raise ResultsError(_missing(folder))
    try:
        found = Manifest.from_json(file.read_text(encoding="utf-8"), str(file))
    except (OSError, UnicodeDecodeError) as error:
        raise ResultsError(f"{file} cannot be read: {error}") from None
    if reads and found.kind not in reads:
        article = "an" if found.kind == "analysis" else "a"
        wanted = " and ".join(KINDS_OF_FOLDERS[kind] for kind in reads)
        raise ResultsError(f"{folder} holds {article} {found.kind}; what is asked can be told of {wanted} only")
    return found


def _how_to_go_on(folder: Path, manifest: Manifest) -> str:
    return f"go on with: sim sweep --resume {folder}" if manifest.kind == "sweep" else "run it again"


def latest_run(
    case: str, overlay: str | None = None, *, places: tuple[Path, ...] = (), root: Path = RESULTS
) -> Path | None:
    """Find the latest finished run of a case with the same overlay; runs at central values and sweeps do not count.

    Args:
        places: more folders to look at, or in
        root:   where runs are kept by case
    """
    found: list[tuple[str, Path]] = []
    for folder in dict.fromkeys(_folders((root / case, *places))):
        try:
            manifest = load_manifest(folder)
        except ResultsError:
            continue
        if manifest.case != case or manifest.overlay != overlay or manifest.central or manifest.sweep:
            continue
        if manifest.status == "finished" and (folder / ARRAYS_FILE).is_file():
            found.append((manifest.finished or "", folder))
    return max(found)[1] if found else None


def _folders(places: tuple[Path, ...]) -> Iterator[Path]:
    for place in places:
        try:
            if (place / MANIFEST_FILE).is_file():
                yield place
            yield from sorted(file.parent for file in place.glob(f"*/{MANIFEST_FILE}"))
        except OSError:
            continue


def _finished(folder: Path) -> Manifest | None:
    """The manifest of a folder whose results can be shown, else ``None``."""
    try:
        manifest = load_manifest(folder)
    except ResultsError:
        return None
    return None if manifest.status in {"started", "played"} else manifest


def _missing(folder: Path) -> str:
    if folder.is_dir():
        inside = list(_folders((folder,)))
        done = [(manifest.finished or manifest.started, place) for place in inside if (manifest := _finished(place))]
        hint = f"; there are runs in it, the latest is {max(done)[1].as_posix()}" if done else ""
        if inside and not done:
            hint = "; there are runs in it, none of which finished"
        return f"{folder} is no results folder: it has no {MANIFEST_FILE}{hint}"
    known = [file.parent.as_posix() for file in RESULTS.glob(f"*/*/{MANIFEST_FILE}")]
    near = nearest(folder.as_posix(), known)
    return f"there is no folder {folder}" + (f"; did you mean {near}?" if near else "")


def load_analyses(folder: str | Path) -> list[xr.Dataset]:
    """Read the arrays of every analysis in a folder into memory, sorted by name; none if it holds a run.

    Raises:  ResultsError if a file cannot be read, or is not what was written
    """
    folder = Path(folder)
    hashes = load_manifest(folder).files if (folder / MANIFEST_FILE).is_file() else {}
    found = []
    for file in sorted(folder.glob("*.nc")):
        if file.name != ARRAYS_FILE and not file.name.startswith("."):
            verify_file(file, hashes)
            found.append(read_arrays(file))
    return [one for one in found if "method" in one.attrs]
