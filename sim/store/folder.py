"""Folders of results: where a run goes, and whether it can be written there before it is played."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from sim.foundations import ResultsError
from sim.store.manifest import Manifest

RESULTS: Final = Path("results")
MANIFEST_FILE: Final = "manifest.json"
ARRAYS_FILE: Final = "results.nc"
TABLE_FILE: Final = "results.csv"
ANSWER_FILE: Final = "answer.json"
SPREAD_FILE: Final = "spread.json"
INPUTS_FOLDER: Final = "inputs"
FIGURES_FOLDER: Final = "figures"
#: Kind of a file about the results to hand over -> its name in their folder.
HANDED_FILES: Final = {
    "report": "report.html",
    "brief": "brief.html",
    "docx": "brief.docx",
    "xlsx": "tables.xlsx",
}

#: Bytes on disk: for every draw and number (arrays and table), and for figures and the rest.
_BYTES_PER_NUMBER: Final = 40
_BYTES_BESIDES: Final = 30 * 2**20


def run_folder(case: str, draws: int, fingerprint: str, started: dt.datetime, *, root: Path = RESULTS) -> Path:
    """Name the folder of a run: a name that sorts by time, for people; what changes the numbers, as a hash.

    Example:
        >>> when = dt.datetime(2025, 11, 23, 7, 15, tzinfo=dt.UTC)
        >>> run_folder("pie", 200, "3fa2c1d09e", when).as_posix()
        'results/pie/20251123T071500Z-run-200-3fa2c1d0'
    """
    return root / case / f"{started:%Y%m%dT%H%M%SZ}-run-{draws}-{fingerprint[:8]}"


def prepare_folder(folder: Path, case: str, *, draws: int, numbers: int, kind: str = "run") -> None:
    """Make the folder and try to write in it, so that nothing is played that could not be kept.

    An empty folder, or one with earlier results of the same kind of the same case (which are replaced), is taken.

    Args:
        kind: what is to be kept there: run, sweep, bridge or analysis
    Raises:  ResultsError if it holds something else, cannot be written, or the disk is too full
    """
    if folder.exists() and not folder.is_dir():
        raise ResultsError(f"{folder} is a file; --out needs the name of a folder")
    if folder.is_dir() and any(folder.iterdir()):
        _refuse_others(folder, case, kind)
    probe = folder / ".probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"0" * 4096)
        probe.unlink()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
        raise cannot_write(folder, error) from None
    needed = _BYTES_BESIDES + draws * numbers * _BYTES_PER_NUMBER
    if free < needed:
        raise ResultsError(
            f"{folder} needs about {needed / 1e6:,.0f} MB and the disk has {free / 1e6:,.0f} MB free; "
            "choose another folder with --out, or fewer --draws"
        )


def _refuse_others(folder: Path, case: str, kind: str) -> None:
    file = folder / MANIFEST_FILE
    if not file.is_file():
        raise ResultsError(f"{folder} holds something else than results; choose an empty or a new folder")
    found = Manifest.from_json(file.read_text(encoding="utf-8"), str(file))
    if found.case != case:
        raise ResultsError(f'{folder} holds a run of "{found.case}"; choose another folder for "{case}"')
    if found.status != "started" and found.kind != kind:
        raise ResultsError(f"{folder} holds results of another kind ({found.kind}); choose another folder with --out")


def clear_told(folder: Path) -> None:
    """Remove figures and files to hand over that tell of earlier results in the same folder, not of those to come."""
    for old in (folder / FIGURES_FOLDER).glob("*"):
        if old.suffix in {".png", ".svg", ".pdf"}:
            old.unlink(missing_ok=True)
    for name in HANDED_FILES.values():
        (folder / name).unlink(missing_ok=True)


def handed_over(folder: Path) -> tuple[str, ...]:
    """Names of the files to hand over that a folder holds."""
    return tuple(name for name in HANDED_FILES.values() if (folder / name).is_file())


def write_atomically(file: Path, content: str | bytes | memoryview | Iterable[str]) -> None:
    """Write a file so that it is either as it was or whole, even if the program is stopped.

    Args:
        content: all of it, or text in pieces
    Raises:  ResultsError if it cannot be written
    """
    partial = file.with_name(f".{file.name}.partial")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as stream:
            for piece in (content,) if isinstance(content, str | bytes | memoryview) else content:
                stream.write(piece.encode() if isinstance(piece, str) else piece)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(file)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise cannot_write(file, error) from None


def cannot_write(path: Path, error: OSError) -> ResultsError:
    """The error for a place that cannot be written, with the reason the system gives."""
    reason = error.strerror or str(error)
    return ResultsError(f"{path} cannot be written: {reason}; choose another folder with --out")
