"""Reading analyses back: the arrays that `sim analyse --out` kept."""

from __future__ import annotations

from pathlib import Path

import xarray as xr

from sim.store.arrays_file import read_arrays
from sim.store.folder import ARRAYS_FILE, MANIFEST_FILE
from sim.store.integrity import verify_file
from sim.store.load import load_manifest


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
