"""Axes of a sweep as figures need them: titles, ticks, edges, where the base case stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from sim.foundations import Floats, short_number
from sim.plots.frame.labels import wrapped
from sim.store import BOUNDARY

#: Numeric choices up to which each has its own tick.
_MOST_TICKS = 9


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

    def say(self, place: float) -> str:
        """A place on the axis in words: the number, or the choice in quotation marks."""
        return self.written(place) if self.numeric else f"“{self.values[round(place)]}”"

    def written(self, value: float | str) -> str:
        """A value as it stands at a tick: three digits, more where values would look alike; choices as they are."""
        if isinstance(value, str):
            return value
        return short_number(value, self.values if self.numeric else ()).replace("-", "\N{MINUS SIGN}")

    def ticks(self, letters: int) -> tuple[Floats, list[str]] | None:
        """Ticks and labels, unless the usual numeric ones do."""
        if self.numeric and len(self.values) > _MOST_TICKS:
            return None
        return self.places, [wrapped(self.written(value), letters) for value in self.values]


def swept_axes(results: xr.Dataset) -> list[SweptAxis]:
    """Axes of a sweep on a grid with more than one value; none if this is no such sweep."""
    return varied_axes(results) if int(results.attrs.get("grid", 0)) else []


def varied_axes(results: xr.Dataset) -> list[SweptAxis]:
    """Axes of a sweep over any design with more than one value, in their order; none if this is no sweep.

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
        if len(values) > 1:
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


def sweep_group(results: xr.Dataset) -> str:
    """The draws that headlines speak of: consistent ones where every point that could be played has some, else all."""
    if not int(results.attrs.get("observations", 0)):
        return "all"
    counted = results["draws_played"]
    played, kept = counted.sel(group="all").values > 0, counted.sel(group="consistent").values > 0
    return "consistent" if kept.any() and bool(kept[played].all()) else "all"


def sweep_note(results: xr.Dataset, group: str) -> str:
    """How many draws each point rests on."""
    draws = int(results.attrs["draws"])
    same = ", the same at every point" if int(results.attrs.get("common", 1)) else ""
    text = f"{draws:,} draws at each point{same}"
    if group == "consistent":
        counted = results["draws_played"].transpose("group", ...)
        kept = counted.sel(group="consistent").values[counted.sel(group="all").values > 0]
        span = f"{kept.min():,}" if kept.min() == kept.max() else f"{kept.min():,} to {kept.max():,}"
        text += f"; shown are the {span} consistent with the observations"
    failed = int(results["failed"].values.sum())
    return text + (f". {failed:,} negotiations could not be played" if failed else "") + "."


def study_title(results: xr.Dataset) -> str:
    """What the study is called, with a full stop; empty if it is none."""
    found = str(results.attrs.get("study_title", ""))
    return f"{found.rstrip('.')}. " if found and not found.endswith("?") else f"{found} " if found else ""
