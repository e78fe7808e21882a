"""Copies of everything that was read, so that a run can be played again from its own folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from sim.evidence import TomlFile
from sim.foundations import InputError, Problem
from sim.scenario import Case
from sim.scenario.case_files import OVERLAY_FOLDER
from sim.store.folder import INPUTS_FOLDER, write_atomically


def read_inputs(cases: Sequence[Case]) -> dict[Path, bytes]:
    """Bytes of every file that was read, by resolved path.

    Raises:  InputError if one is not what was validated
    """
    found: dict[Path, bytes] = {}
    for case, file in [(one, file) for one in cases for file in one.files]:
        content = file.path.read_bytes()
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise InputError(Problem("changed while it was being read; run again", file=str(file.path)))
        found[_place(case, file)] = content
    return found


def _place(case: Case, file: TomlFile) -> Path:
    """Where a file lies; an overlay from elsewhere is kept where it would be found again beside its scenario."""
    path = file.path.resolve()
    folder = case.folder.resolve()
    if case.note and "extends" in file.raw and not path.is_relative_to(folder):
        return folder / OVERLAY_FOLDER / path.name
    return path


def copy_inputs(folder: Path, contents: dict[Path, bytes]) -> tuple[dict[str, str], ...]:
    """Write the files below ``folder/inputs``, byte for byte, as they lie beside each other.

    Returns:
        for each file its name, its copy below the folder, and its SHA-256
    """
    if not contents:
        return ()
    top = Path(os.path.commonpath([path.parent for path in contents]))
    inputs = []
    for path, content in contents.items():
        name = path.relative_to(top).as_posix()
        write_atomically(folder / INPUTS_FOLDER / name, content)
        sha256 = hashlib.sha256(content).hexdigest()
        inputs.append({"file": name, "copy": f"{INPUTS_FOLDER}/{name}", "sha256": sha256})
    return tuple(inputs)
