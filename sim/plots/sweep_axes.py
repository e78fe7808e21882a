"""Axes of a sweep as figures need them: titles, ticks, edges, where the base case stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from sim.foundations import Floats
from sim.plots.labels import wrapped

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

    def ticks(self, letters: int) -> tuple[Floats, list[str]] | None:
        """Ticks and labels, unless the usual numeric ones do."""
        if self.numeric and len(self.values) > _MOST_TICKS:
            return None
        labels = [
            f"{value:g}" if isinstance(value, int | float) else wrapped(str(value), letters) for value in self.values
        ]
        return self.places, labels


def swept_axes(results: xr.Dataset) -> list[SweptAxis]:
    """Axes of a sweep on a grid with more than one value; none if this is no such sweep."""
    if "axes" not in results.attrs or not int(results.attrs.get("grid", 0)):
        return []
    found = []
    for axis in json.loads(str(results.attrs["axes"])):
        values = tuple(
            value.item() if isinstance(value, np.generic) else value for value in results[axis["name"]].values
        )
        if len(values) > 1:
            base = axis["base"]
            found.append(SweptAxis(axis["name"], axis["title"], values, bool(axis["choice"]), base))
    return found


def on_axes(results: xr.Dataset, axes: list[SweptAxis]) -> xr.Dataset:
    """The sweep with these axes first, and axes of a single value taken away."""
    names = [axis.name for axis in axes]
    single = [
        axis["name"]
        for axis in json.loads(str(results.attrs["axes"]))
        if axis["name"] not in names and axis["name"] in results.dims
    ]
    return results.isel(dict.fromkeys(single, 0)).transpose(*names, ...)


def sweep_group(results: xr.Dataset) -> str:
    """The draws that headlines speak of: consistent ones where every point has some, else all."""
    if not int(results.attrs.get("observations", 0)):
        return "all"
    return "consistent" if bool((results["draws_played"].sel(group="consistent").values > 0).all()) else "all"


def sweep_note(results: xr.Dataset, group: str) -> str:
    """How many draws each point rests on."""
    draws = int(results.attrs["draws"])
    same = ", the same at every point" if int(results.attrs.get("common", 1)) else ""
    text = f"{draws:,} draws at each point{same}"
    if group == "consistent":
        kept = results["draws_played"].sel(group="consistent").values
        span = f"{kept.min():,}" if kept.min() == kept.max() else f"{kept.min():,} to {kept.max():,}"
        text += f"; shown are the {span} consistent with the observations"
    failed = int(results["failed"].values.sum())
    return text + (f". {failed:,} negotiations could not be played" if failed else "") + "."


def study_title(results: xr.Dataset) -> str:
    """What the study is called, with a full stop; empty if it is none."""
    found = str(results.attrs.get("study_title", ""))
    return f"{found.rstrip('.')}. " if found and not found.endswith("?") else f"{found} " if found else ""
