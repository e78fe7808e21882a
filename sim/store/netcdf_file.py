"""Datasets as netCDF-4 files, which are HDF5 files of a certain form; written and read in one pass over their arrays.

xarray writes and reads the same form by way of h5netcdf, which looks every array and every dimension up again for each
of them: with a hundred arrays that takes ten times as long. Whoever has either reads what is written here.

Source: netCDF-4 as a form of HDF5, https://docs.unidata.ucar.edu/netcdf-c/current/file_format_specifications.html
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import h5py
import numpy as np
import xarray as xr
from xarray.conventions import cf_encoder, encode_dataset_coordinates

_SCALE: Final = b"DIMENSION_SCALE"
#: What the name of a scale begins with that is a dimension alone.
_NO_VARIABLE: Final = "This is a netCDF dimension but not a netCDF variable."
#: Attributes that hold the form together and are none of the arrays.
_FORM: Final = {
    "CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST", "_Netcdf4Dimid", "_Netcdf4Coordinates", "_NCProperties",
}  # fmt: skip


def write_netcdf(stream: BytesIO, results: xr.Dataset) -> None:
    """Write a dataset into memory as a netCDF-4 file.

    Raises:  ValueError for an array that is called like a dimension which is not its only one
    """
    variables, attrs = cf_encoder(*encode_dataset_coordinates(results))
    sizes = {str(name): int(size) for name, size in results.sizes.items()}
    with h5py.File(stream, "w", track_order=True) as file:
        scales: dict[str, h5py.Dataset] = {}
        for name, size in sizes.items():
            if name not in variables:
                scales[name] = file.create_dataset(name, (size,), ">f4", **_growing([size]))
                scales[name].make_scale(f"{_NO_VARIABLE}{size:10d}")
        found = {str(name): _written(file, str(name), variable) for name, variable in variables.items()}
        for name in sizes.keys() & found.keys():
            if variables[name].dims != (name,):
                raise ValueError(f'the array "{name}" is called like a dimension that is not its only one')
            found[name].make_scale(name)
            scales[name] = found[name]
        for place, name in enumerate(sizes):
            scales[name].attrs["_Netcdf4Dimid"] = np.int32(place)
        for name, array in found.items():
            if name not in sizes:
                for axis, dim in enumerate(variables[name].dims):
                    array.dims[axis].attach_scale(scales[str(dim)])
        _describe(file, attrs)


def _growing(shape: list[int]) -> dict[str, Any]:
    """A dimension of no size is one that may grow, since there is no other of that size."""
    return {} if all(shape) else {"maxshape": tuple(size or None for size in shape), "chunks": True}


def _written(file: h5py.File, name: str, variable: xr.Variable) -> h5py.Dataset:
    attrs = dict(variable.attrs)
    values, more = np.asarray(variable.values), _growing(list(variable.shape)) if variable.shape else {}
    if values.dtype.kind in "UO":
        values, more = values.astype(object), {**more, "dtype": h5py.string_dtype()}
    fill = attrs.pop("_FillValue", None)
    found = file.create_dataset(name, data=values, fillvalue=fill, **more)
    _describe(found, attrs)
    if fill is not None:
        found.attrs["_FillValue"] = np.asarray([fill], values.dtype)
    return found


def _describe(place: h5py.Dataset | h5py.File, attrs: Mapping[Hashable, Any]) -> None:
    for name, value in attrs.items():
        plain = np.isscalar(value) and np.asarray(value).dtype.kind not in "US"
        place.attrs[str(name)] = np.atleast_1d(value) if plain else value  # numbers are lists of one


def read_netcdf(file: Path) -> xr.Dataset:
    """Read a netCDF-4 file without groups into memory.

    Raises:  OSError, ValueError, KeyError, TypeError or RuntimeError where it is damaged, or is something else
    """
    with h5py.File(file, "r") as stored:
        names = {found.id: name for name, found in stored.items()}
        arrays = {name: _read(stored, found, names) for name, found in stored.items() if _is_array(found)}
        raw = xr.Dataset(arrays, attrs=_described(stored))
    return xr.decode_cf(raw)


def _is_array(found: h5py.Dataset) -> bool:
    if not isinstance(found, h5py.Dataset):
        raise ValueError(f'"{found.name}" is no array')  # noqa: TRY004 - the file is wrong, no argument is
    name = found.attrs.get("NAME", b"") if _is_scale(found) else b""
    return not (name if isinstance(name, bytes) else str(name).encode()).startswith(_NO_VARIABLE.encode())


def _is_scale(found: h5py.Dataset) -> bool:
    attrs = found.attrs
    return "CLASS" in attrs and attrs["CLASS"] == _SCALE  # asked first: what is not there is looked for in vain, slowly


def _read(stored: h5py.File, found: h5py.Dataset, names: Mapping[Any, str]) -> xr.Variable:
    own = found.name.lstrip("/")
    if _is_scale(found):
        dims = [own]
    else:
        lists = found.attrs["DIMENSION_LIST"] if found.shape else ()
        dims = [names[h5py.h5r.dereference(scales[0], stored.id)] for scales in lists]
    if h5py.check_string_dtype(found.dtype) is None:
        return xr.Variable(dims, found[()], _described(found))
    words = np.asarray(found.asstr()[()], object)
    return xr.Variable(dims, np.array(words.tolist()) if words.size else words.astype("<U1"), _described(found))


def _described(place: h5py.Dataset | h5py.File) -> dict[str, Any]:
    """Attributes, where a list of one is that one."""
    found: dict[str, Any] = {}
    attrs = place.attrs
    for name in attrs:
        if name in _FORM:  # lists of references among them, which take longest to read
            continue
        value = attrs[name]
        if isinstance(value, h5py.Empty):
            found[name] = np.array([], value.dtype)
        elif isinstance(value, np.ndarray):
            several = value.tolist() if value.dtype.kind in "OSU" else value
            found[name] = several[0] if len(several) == 1 else several
        else:
            found[name] = value
    return found
