"""Axes of a sweep as its results tell of them: titles, values, where they are drawn, where the base case stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from sim.foundations import Floats, short_number
from sim.store import BOUNDARY


@dataclass(frozen=True)
class SweptAxis:
    """One axis of a sweep.

    name:   dimension or coordinate
    title:  in words
    values: coordinates
    choice: whether they are choices rather than a range
    base:   where the scenario stands, if on the axis
    """

    name: str
    title: str
    values: tuple[Any, ...]
    choice: bool
    base: float | str | None

    @property
    def numeric(self) -> bool:
        """Whether the values are numbers, to be drawn to scale."""
        return all(isinstance(value, int | float) for value in self.values)

    @property
    def places(self) -> Floats:
        """Where the values are drawn."""
        return np.array(self.values, float) if self.numeric else np.arange(len(self.values), dtype=float)

    @property
    def edges(self) -> Floats:
        """Borders of the cells around the values."""
        places = self.places
        if len(places) == 1:
            return np.array([places[0] - 0.5, places[0] + 0.5])
        middle = (places[1:] + places[:-1]) / 2
        return np.concatenate([[2 * places[0] - middle[0]], middle, [2 * places[-1] - middle[-1]]])

    @property
    def base_place(self) -> float | None:
        """Where the base case is drawn, if it lies within the edges."""
        if self.base is None:
            return None
        if not self.numeric:
            return float(self.values.index(self.base)) if self.base in self.values else None
        if isinstance(self.base, str):
            return None
        edges = np.sort(self.edges)
        return float(self.base) if edges[0] <= self.base <= edges[-1] else None

    def places_of(self, values: np.ndarray) -> Floats:
        """(N,) where values of points are drawn."""
        if self.numeric:
            return values.astype(float)
        order = {str(value): float(n) for n, value in enumerate(self.values)}
        return np.array([order[str(value)] for value in values])

    def values_at(self, places: Floats) -> np.ndarray:
        """(N,) values of points at these places."""
        return places if self.numeric else np.array(self.values)[places.astype(int)]

    def say(self, place: float) -> str:
        """A place on the axis in words: the number, or the choice in quotation marks."""
        return self.written(place) if self.numeric else f"“{self.values[round(place)]}”"

    def written(self, value: float | str) -> str:
        """A value as it stands at a tick: three digits, more where values would look alike; choices as they are."""
        if isinstance(value, str):
            return value
        return short_number(value, self.values if self.numeric else ()).replace("-", "\N{MINUS SIGN}")


def swept_axes(results: xr.Dataset) -> list[SweptAxis]:
    """Axes of a sweep on a grid with more than one value; none if this is no such sweep."""
    grid = int(results.attrs.get("grid", 0))
    return [axis for axis in every_axis(results) if len(axis.values) > 1] if grid else []


def every_axis(results: xr.Dataset) -> list[SweptAxis]:
    """Axes of a sweep over any design, in their order; none if this is no sweep.

    On a grid the values are its settings, elsewhere all that some point has; numbers rise, words keep the order they
    were given in.
    """
    found = []
    for axis in described_axes(results):
        values = tuple(results[axis["name"]].values.tolist())
        if axis["name"] in results.dims:
            values = tuple(rising(results[axis["name"]]).values.tolist())
        else:
            known = {str(value): value for value in sorted(set(values))}
            order = map(str, axis["values"]) if axis["choice"] else known
            values = tuple(known[value] for value in order if value in known)
        found.append(SweptAxis(axis["name"], axis["title"], values, bool(axis["choice"]), axis["base"]))
    return found


def described_axes(results: xr.Dataset) -> list[dict[str, Any]]:
    """What the results say of every axis, varied or not: name, title, base, choice; none if this is no sweep."""
    return list(json.loads(str(results.attrs.get("axes", "[]"))))


def on_axes(results: xr.Dataset, axes: list[SweptAxis]) -> xr.Dataset:
    """The sweep with these axes first, and axes of a single value taken away."""
    names = [axis.name for axis in axes]
    single = [
        axis["name"] for axis in described_axes(results) if axis["name"] not in names and axis["name"] in results.dims
    ]
    return in_order(results).isel(dict.fromkeys(single, 0)).transpose(*names, ...)


def in_order(results: xr.Dataset) -> xr.Dataset:
    """The sweep on a grid with the values of every axis of numbers rising, however they were given."""
    for axis in described_axes(results):
        for dim in (axis["name"], f"{BOUNDARY}{axis['name']}"):
            if dim in results.dims and not (np.diff(places := _places(results[dim])) > 0).all():
                results = results.isel({dim: np.argsort(places, kind="stable")})
    return results


def rising(values: xr.DataArray) -> xr.DataArray:
    """Values along an axis, numbers rising."""
    return values[np.argsort(_places(values), kind="stable")]


def _places(values: xr.DataArray) -> np.ndarray:
    """What values are put in order by: numbers by themselves, words by their order."""
    found = np.asarray(values.values)
    return found if found.dtype.kind in "fiu" else np.arange(len(found))
