"""Reading analyses back: the arrays that `sim analyse --out` kept."""

from __future__ import annotations

from pathlib import Path

import xarray as xr

from sim.foundations import ResultsError
from sim.store.folder import ARRAYS_FILE


def load_analyses(folder: str | Path) -> list[xr.Dataset]:
    """Read the arrays of every analysis in a folder into memory, sorted by name; none if it holds a run.

    Raises:  ResultsError if a file cannot be read
    """
    found = []
    for file in sorted(Path(folder).glob("*.nc")):
        if file.name == ARRAYS_FILE or file.name.startswith("."):
            continue
        try:
            with xr.open_dataset(file, engine="h5netcdf") as stored:
                found.append(stored.load())
        except (OSError, ValueError, KeyError) as error:
            raise ResultsError(f"{file} cannot be read: {error}") from None
    return [one for one in found if "method" in one.attrs]
