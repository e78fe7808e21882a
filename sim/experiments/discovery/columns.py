"""Columns of stored results that conditions and boxes may speak of."""

from __future__ import annotations

import numpy as np
import xarray as xr

from sim.experiments.discovery.condition import Column


def columns_of(results: xr.Dataset, dim: str = "draw") -> dict[str, Column]:
    """Every variable with one value for each point, and those with one for each point and name.

    ``utility.russia``, ``exists.truce`` and ``kept.NAME`` take one entry of an array along a named dimension;
    drawn numbers go by their path; any table of points (a sweep's) works the same way.

    Args:
        dim: the dimension that counts the points
    Example:
        >>> found = columns_of(xr.Dataset({"held": (("draw",), np.array([3, 5]))}))
        >>> found["held"].values.tolist()
        [3.0, 5.0]
    """
    found: dict[str, Column] = {}
    for name, variable in results.variables.items():
        if dim not in variable.dims or name == dim or variable.dtype.kind not in "biuf":
            continue
        values = np.asarray(variable.values, float)
        others = [other for other in variable.dims if other != dim]
        if not others:
            names = tuple(str(variable.attrs["flag_meanings"]).split("|")) if "flag_meanings" in variable.attrs else ()
            found[str(name)] = Column(values, names)
        elif len(others) == 1 and others[0] in results.coords:
            along = np.moveaxis(values, variable.dims.index(dim), 0)
            for n, label in enumerate(results[others[0]].values):
                path = str(label) if name == "number" else f"{name}.{label}"
                found[path] = Column(along[:, n])
    return found
