"""A fingerprint of results: equal bits, equal digest."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Mapping
from typing import Any, Final

import numpy as np
import xarray as xr

#: Variables worked out from the draws afterwards, which later versions may refine, and words for people; who
#: prevailed, what the first deal is worth and the like follow from the other columns, but were kept only later.
_DERIVED = (
    "importance", "number_title", "number_claims", "number_ground", "prevailed", "level_value", "final_state",
    "signed_gain", "signed_by", "time", "any_deal", "distance_to_frontier", "distance_to_nash", "would_sign",
    "could_be_signed", "cost_of_waiting", "fails_in_play",
    "package_deal", "package", "package_title",
)  # fmt: skip

#: Attribute of a file of arrays that says what it held when it was written.
SEAL: Final = "seal"
#: Begins the names of lines that theory draws over a sweep: no draw went into them, so they change no digest.
BOUNDARY = "boundary_"


def digest(results: xr.Dataset) -> str:
    """Hash every array of a run, with its name, dimensions and shape.

    It does not change when results are written and read again, nor with the block size, the number of
    workers or the hash seed of the process.

    Returns:
        SHA-256 as 64 hexadecimal digits
    Example:
        >>> one = xr.Dataset({"x": (("draw",), np.array([1, 2], np.int32))})
        >>> two = xr.Dataset({"x": (("draw",), np.array([1, 2], np.int64))})
        >>> digest(one) == digest(two), digest(one) == digest(two + 1)
        (True, False)
    """
    found = hashlib.sha256()
    for name in sorted(str(name) for name in results.variables):
        if name in _DERIVED or name.startswith(BOUNDARY):
            continue
        variable = results.variables[name]
        found.update(f"{name}{variable.dims}{variable.shape}".encode())
        found.update(_bytes(np.asarray(variable.values)))
    return found.hexdigest()


def seal(results: xr.Dataset) -> str:
    """Hash everything that a file of arrays holds, words included: what it is marked with when it is written.

    Example:
        >>> one = xr.Dataset({"x": ("draw", [1], {"unit": "years"})})
        >>> seal(one) == seal(one.copy(deep=True)), seal(one) == seal(one.drop_vars("x"))
        (True, False)
    """
    found = hashlib.sha256(_words(results.attrs))
    for name in sorted(map(str, results.variables)):
        variable = results.variables[name]
        values = np.asarray(variable.values)
        found.update(f"{name}{variable.dims}{variable.shape}{values.dtype.kind in 'biuf'}".encode())
        found.update(_words(variable.attrs))
        found.update(_bytes(values))
    return found.hexdigest()


def _words(attrs: Mapping[Hashable, Any]) -> bytes:
    """Attributes as they are after a way through a file, where a list of one is that one."""
    found = {str(name): np.ravel(np.asarray(value)).tolist() for name, value in attrs.items() if name != SEAL}
    return repr(sorted((name, list(map(str, values))) for name, values in found.items())).encode()


def _bytes(values: np.ndarray) -> bytes:
    """Bytes of an array that do not depend on how many bits its numbers are stored in."""
    if values.dtype.kind in "biu":
        return np.ascontiguousarray(values, dtype="<i8").tobytes()
    if values.dtype.kind == "f":
        return np.ascontiguousarray(values, dtype="<f8").tobytes()
    return "\x1f".join(str(value) for value in values.ravel()).encode()
