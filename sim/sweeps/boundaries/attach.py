"""Looks boundaries up on a finer grid at the end of a sweep, and stores them beside its results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import xarray as xr

from sim.engine import block_size
from sim.ensemble.structure import Structure
from sim.foundations import Bools, Dice, Floats, Ints
from sim.scenario import draw
from sim.store import BOUNDARY
from sim.sweeps.boundaries.boundary import BOUNDARIES, Boundary
from sim.sweeps.boundaries.fine_grid import fine_points
from sim.sweeps.boundaries.rule_margin import BARRED
from sim.sweeps.design_points import DesignPoints
from sim.sweeps.sweep_ask import SweepAsk
from sim.table import DealSpace, Worlds, build

#: Values of deals to actors that may be computed for the lines: about a second, or a few hundred draws.
BUDGET: Final = 4_800_000
#: What a point costs besides its deals, in values of deals to actors.
_BESIDES: Final = 30
#: Axes that a map or a row of maps has.
_MOST_AXES: Final = 4


class _MiddleDice(Dice):
    """Dice that always fall in the middle: a red line is hard where its firmness is above one half."""

    def uniform(self, *words: object) -> Floats:
        del words
        return np.full(len(self.draws), 0.5)


def with_boundaries(asked: SweepAsk, results: xr.Dataset) -> xr.Dataset:
    """Add the boundaries of a sweep to its results: signed fields over its axes, at central values.

    Every number that is not swept stands at its central value, so lines are the same however many draws there
    are, and nothing is played. Each field is a variable ``boundary_NAME`` over dimensions ``boundary_AXIS``
    with a coordinate each; it is 0 or more on the side that its attribute ``label`` names. The attribute
    ``boundary_signs`` of the dataset says ``everywhere``, ``nowhere`` or ``changes`` for the signing rule.

    Where the model itself raises, at a point outside what it can do, there are no lines and the attribute
    ``boundary_failed`` says why; what was played is worth more than a line.

    Returns:
        the same arrays and these; unchanged where the design is no grid of two to four axes
    """
    try:
        return _with_boundaries(asked, results)
    except Exception as error:  # noqa: BLE001 - whatever a model raises, the sweep itself is done
        return results.assign_attrs(boundary_failed=f"{type(error).__name__}: {error}".strip())


def _with_boundaries(asked: SweepAsk, results: xr.Dataset) -> xr.Dataset:
    axes = [axis for axis in asked.points.axes if axis.size > 1]
    if asked.points.design != "grid" or not 2 <= len(axes) <= _MOST_AXES:
        return results
    spaces = [_space(asked, structure) for structure in asked.points.structures]
    work = max(len(space) * len(space.scenario.actors) for space in spaces)
    laid = fine_points(asked.points.axes, asked.scenario, BUDGET // (work + _BESIDES))
    if laid is None:
        return results
    points, values = laid
    fields = _fields(asked, points)
    keep = [n for n, axis in enumerate(asked.points.axes) if axis.size > 1]
    dims = [f"{BOUNDARY}{asked.points.axes[n].name}" for n in keep]
    shape = [len(values[n]) for n in keep]
    found = results.assign_coords(
        {dim: (dim, _coordinates(asked, n, values[n])) for dim, n in zip(dims, keep, strict=True)}
    )
    anything = fields["any-deal"] >= 0
    for name, field in fields.items():
        one = BOUNDARIES[name]
        if one.role == "signing" and name != "any-deal" and _says_nothing(field, anything):
            continue
        attributes = {
            "long_name": f"{one.label}: 0 or more where it holds, at central values",
            "label": one.label,
            "role": one.role,
            "rank": one.rank,
            "source": one.source,
        }
        found[f"{BOUNDARY}{name.replace('-', '_')}"] = xr.DataArray(field.reshape(shape), dims=dims, attrs=attributes)
    found.attrs["boundary_signs"] = "everywhere" if anything.all() else "changes" if anything.any() else "nowhere"
    found.attrs["boundary_red_lines"] = int(_has_red_lines(spaces))
    return found


def _fields(asked: SweepAsk, points: DesignPoints) -> dict[str, Floats]:
    """Name -> (N,) field of every boundary that fits all points."""
    varied = frozenset(
        path
        for axis in points.axes
        if axis.size > 1
        for path in (*axis.paths, *(path for setting in axis.settings for path in setting.numbers))
    )
    fields: dict[str, Floats] = {entry.name: np.full(len(points.played), np.nan) for entry in BOUNDARIES}
    _, kinds = np.unique(np.column_stack([points.structure, ~np.isnan(points.numbers)]), axis=0, return_inverse=True)
    kinds = np.ravel(kinds)
    for kind in range(int(kinds.max()) + 1):
        where = np.flatnonzero(kinds == kind)
        space = _space(asked, points.structures[int(points.structure[where[0]])])
        size = block_size(space, len(space.scenario.actors))
        for start in range(0, len(where), size):
            rows = where[start : start + size]
            worlds = central_worlds(space, points, rows)
            fitting = {name: BOUNDARIES[name] for name in fields if BOUNDARIES[name].fits(worlds, varied)}
            fields = {name: fields[name] for name in fitting}
            for name, one in fitting.items():
                fields[name][rows] = _field(one, worlds)
    return {name: field[points.inverse] for name, field in fields.items()}


def central_worlds(space: DealSpace, points: DesignPoints, rows: Ints) -> Worlds:
    """Build the core model at some points, everything else at its central value."""
    known = space.scenario.numbers
    fixed = {
        path: points.numbers[rows, p]
        for p, path in enumerate(points.paths)
        if path in known and not np.isnan(points.numbers[rows[0], p])
    }
    return middle_worlds(space, fixed, len(rows))


def middle_worlds(space: DealSpace, fixed: Mapping[str, float | Floats], count: int) -> Worlds:
    """Build the core model so many times with these numbers, everything else at its central value.

    Args:
        fixed: path -> one value, or (count,) values
    """
    drawn = draw(space.scenario, np.zeros(count, np.int64), central=True, fixed=fixed)
    return build(space, replace(drawn, dice=_MiddleDice(drawn.dice.seed, drawn.dice.draws)))


def _field(one: Boundary, worlds: Worlds) -> Floats:
    return np.asarray(one.field(worlds), dtype=float)


def _space(asked: SweepAsk, structure: Structure) -> DealSpace:
    if structure.changes:
        return DealSpace.of(structure.scenario(asked.scenario, asked.ask.overlays))
    return DealSpace.of(asked.scenario if structure.overlay is None else asked.ask.overlays[structure.overlay])


def _says_nothing(field: Floats, anything: Bools) -> bool:
    """Whether deals of a kind are never on offer, or acceptable just where any deal is."""
    return bool((field < BARRED / 2).all()) or np.array_equal(field >= 0, anything)


def _coordinates(asked: SweepAsk, axis: int, values: Floats) -> np.ndarray:
    found = asked.points.axes[axis]
    return np.array([found.coordinate(value) for value in values])


def _has_red_lines(spaces: list[DealSpace]) -> bool:
    """Whether any actor has a red line, so that a figure should say which ones count as hard."""
    return any(actor.red_lines for space in spaces for actor in space.scenario.actors.values())
