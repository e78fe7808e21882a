"""Labelled arrays on disk: written whole or not at all, read with a reason where they cannot be."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Final

import xarray as xr

from sim.foundations import ResultsError
from sim.store.digest import SEAL, seal
from sim.store.folder import cannot_write, write_atomically
from sim.store.netcdf_file import read_netcdf, write_netcdf

#: What the readers of netCDF and HDF5 raise on files that are damaged, or are something else.
DAMAGED: Final = (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RuntimeError, OverflowError)
#: Bytes that a file takes beside its arrays, about.
_BESIDES: Final = 2**20


def write_arrays(file: Path, results: xr.Dataset) -> None:
    """Write a dataset as netCDF, so that the file is either as it was or whole.

    HDF5 does not survive a disk that fills up under it, so it writes into memory, and what it wrote goes to the disk
    as plain bytes.

    Raises:  ResultsError if it cannot be written, or the disk is too full
    """
    spaced = [name for name in results.coords if name not in results.dims and " " in str(name)]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        free, needed = shutil.disk_usage(file.parent).free, _BESIDES + 2 * results.nbytes
        if free < needed:
            raise ResultsError(
                f"{file} takes about {needed / 1e6:,.0f} MB and the disk has {free / 1e6:,.0f} MB free; "
                "make room, or choose another folder with --out"
            )
    except OSError as error:
        raise cannot_write(file, error) from None
    stream = io.BytesIO()
    marked = results.reset_coords(spaced).assign_attrs({SEAL: seal(results)})
    write_netcdf(stream, marked)  # coordinates are listed by spaces
    write_atomically(file, stream.getbuffer())


def read_arrays(file: Path) -> xr.Dataset:
    """Read a dataset into memory.

    Raises:  ResultsError if the file is damaged, holds no arrays, or other ones than were written
    """
    try:
        return _read(file)
    except DAMAGED as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
    raise ResultsError(f"{file} cannot be read: {reason}")


def _read(file: Path) -> xr.Dataset:
    results = read_netcdf(file)
    marked = results.attrs.pop(SEAL, None)  # none in files of earlier versions
    if marked is not None and marked != seal(results):
        raise ResultsError(f"{file} is not what was written: its arrays or their names have changed; run it again")
    return results
