"""A case of an earlier version written anew: what would change, and the files with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from sim.foundations import InputError, Problem
from sim.scenario.case_files import case_files
from sim.scenario.older_forms import RenewedFile, renewed_case

#: What the file as it was is called beside the one that takes its name.
BEFORE: Final = ".before"


def renewals(case: str | Path) -> tuple[RenewedFile, ...]:
    """Every scenario file of a case in its present form: the base, its overlays, its news.

    Args:
        case: folder, file, or name of a folder in ``scenarios/``
    Raises:  InputError where a file cannot be read, or is no TOML
    Example:
        >>> [len(file.renewals) for file in renewals("scenarios/pie")]
        [0]
    """
    return renewed_case(case_files(case))


def write_in_place(files: Sequence[RenewedFile]) -> dict[Path, Path]:
    """Write what changes over the files; each one as it was stays beside it under another name.

    Returns:
        file -> where it is as it was
    Raises:  InputError, before anything is written, if one of these is there already; or if it cannot be written
    """
    changed = [file for file in files if file.renewals]
    kept = {file.path: file.path.with_name(file.path.name + BEFORE) for file in changed}
    _not_there(kept.values())
    for file in changed:
        _write(kept[file.path], file.old)
        _write(file.path, file.new)
    return kept


def write_to(files: Sequence[RenewedFile], out: Path) -> tuple[Path, ...]:
    """Write the files elsewhere: the base as the file named, or all of them into a folder, changed or not.

    Raises:  InputError, before anything is written, if one of them is there already; or if it cannot be written
    """
    base = files[0].path.parent
    if out.suffix == ".toml":
        places = {out: files[0].new}
    else:
        places = {out / file.path.relative_to(base): file.new for file in files}
    _not_there(places)
    for path, text in places.items():
        _write(path, text)
    return tuple(places)


def _not_there(paths: Iterable[Path]) -> None:
    there = [path for path in paths if path.exists()]
    if there:
        raise InputError(Problem(f"{there[0]} is there already; nothing was written", allowed="move it away first"))


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(Problem(f"cannot be written: {error.strerror}", file=str(path))) from None
