"""What each axis of a grid is used for where maps are drawn of it: two on every map, a map for each value of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

import numpy as np
import xarray as xr

from sim.plots.sweep.map_frame import oriented
from sim.plots.sweep.panels import rows_and_columns
from sim.sweeps.sweep_points import sweep_group
from sim.sweeps.swept_axes import SweptAxis, on_axes, swept_axes

#: Values of the third axis that have a map where there are three axes; with four, of the third and of the fourth.
MOST_PANELS: Final = 9
MOST_COLUMNS: Final = 4
MOST_ROWS: Final = 4


@dataclass(frozen=True)
class MapAxes:
    """Axes of a grid of two to four.

    across, up: axes of every map
    others: the third axis, with a map for each value; in columns where there is a fourth, a longer one, in rows
    chosen: of each of the others, indices of the values that have a map
    """

    across: SweptAxis
    up: SweptAxis
    others: tuple[SweptAxis, ...]
    chosen: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, results: xr.Dataset) -> MapAxes:
        """Put the two longest axes of numbers on the maps, and one map for each value of the others."""
        axes = swept_axes(results)
        ranked = sorted(range(len(axes)), key=lambda n: (not axes[n].numeric, -len(axes[n].values), n))
        across, up = oriented([axes[n] for n in sorted(ranked[:2])])
        others = sorted((axes[n] for n in ranked[2:]), key=lambda axis: len(axis.values))
        most = (MOST_PANELS,) if len(others) == 1 else (MOST_COLUMNS, MOST_ROWS)
        return cls(across, up, tuple(others), tuple(map(_chosen, others, most)))

    @property
    def layout(self) -> tuple[int, int]:
        """Rows and columns of maps."""
        if len(self.chosen) < 2:
            return rows_and_columns(len(self.chosen[0]) if self.chosen else 1)
        return len(self.chosen[1]), len(self.chosen[0])

    @property
    def places(self) -> list[tuple[int, ...]]:
        """Indices on each of the other axes of every map, row by row."""
        return [place[::-1] for place in product(*self.chosen[::-1])]

    @property
    def heading(self) -> str:
        """What the maps differ in; empty where there is one only."""
        if len(self.others) < 2:
            return f"A map for each: {self.others[0].title}" if self.others else ""
        return f"Columns: {self.others[0].title}. Rows: {self.others[1].title}"

    def at(self, place: Sequence[int]) -> dict[str, Any]:
        """Values of the other axes that a map is for."""
        return {axis.name: axis.values[n] for axis, n in zip(self.others, place, strict=True)}

    def name(self, place: Sequence[int]) -> str:
        """The same as they stand above the map."""
        return " · ".join(axis.written(axis.values[n]) for axis, n in zip(self.others, place, strict=True))

    def base(self, place: Sequence[int]) -> bool:
        """Whether the scenario itself lies on a map."""
        return all(_at_base(axis) == n for axis, n in zip(self.others, place, strict=True))

    def select(self, results: xr.Dataset, place: Sequence[int]) -> xr.Dataset:
        """The grid of one map, rows first, and of the worlds that are shown."""
        one = on_axes(results, [self.up, self.across, *self.others]).sel(group=sweep_group(results))
        return one.isel({axis.name: n for axis, n in zip(self.others, place, strict=True)})

    @property
    def left_out(self) -> str:
        """Which values have no map, in sentences; empty where all have one."""
        return "".join(
            f" Maps of {len(shown)} of the {len(axis.values)} values of “{axis.title}” are shown."
            for axis, shown in zip(self.others, self.chosen, strict=True)
            if len(shown) < len(axis.values)
        )


def _chosen(axis: SweptAxis, most: int) -> tuple[int, ...]:
    """Values that have a map: both ends, the base case, and others between, evenly."""
    count = len(axis.values)
    if count <= most:
        return tuple(range(count))
    chosen = np.unique(np.round(np.linspace(0, count - 1, most)).astype(int))
    base = _at_base(axis)
    if base is not None and base not in chosen:
        chosen[1 + np.abs(chosen[1:-1] - base).argmin()] = base
    return tuple(int(n) for n in np.sort(chosen))


def _at_base(axis: SweptAxis) -> int | None:
    """Index of the value at which the scenario stands, if it is one of them."""
    if axis.base_place is None:
        return None
    near = int(np.abs(axis.places - axis.base_place).argmin())
    return near if np.isclose(axis.places[near], axis.base_place) else None
