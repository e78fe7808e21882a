"""Where in the space of a sweep the points lie, by published designs; every prefix is balanced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from sim.foundations import Floats, InputError, Ints, Problem, Registry
from sim.foundations.dice import stream_key
from sim.sweeps.axes import Axis

#: Makes the point table (N, D) of some axes: values of ranges, indices of choices.
DesignFunction = Callable[[Sequence[Axis], int | None, str], Floats]

DESIGNS: Registry[DesignFunction] = Registry("design")
#: Points of designs that need to be told how many, where nobody tells.
DEFAULT_POINTS: Final = 64
_MOST_POINTS: Final = 10_000_000
_BITS: Final = 30
#: More axes than this are refused by the Sobol numbers of scipy.
_MOST_AXES: Final = 21_201


@DESIGNS.register("grid", source="full factorial; order: Sobol 1967, USSR Comput Math Math Phys 7:86-112")
def grid(axes: Sequence[Axis], points: int | None, seed: str) -> Floats:
    """Combines every setting of every axis; points come in the order in which a Sobol sequence meets them.

    So the run may be stopped at any time and what there is covers the whole space, as a coarser grid would.
    ``points`` must be left out.
    """
    if points is not None:
        raise InputError(Problem("a grid has as many points as its axes give it; leave out --points"))
    sizes = [axis.size for axis in axes]
    count = int(np.prod(sizes, dtype=float))
    if count > _MOST_POINTS:
        raise InputError(
            Problem(f"{count:,} points are too many", allowed=f"up to {_MOST_POINTS:,}; try --design sobol")
        )
    reach = 1 << int(np.ceil(np.log2(max(4 * count, 2))))
    cells = np.floor(_sobol(axes, min(reach, 1 << 22), seed) * sizes).astype(np.int64)
    visited = np.ravel_multi_index(tuple(cells.T), sizes) if axes else np.zeros(1, np.int64)
    _, first = np.unique(visited, return_index=True)
    order = visited[np.sort(first)]
    left = np.setdiff1d(np.arange(count), order)
    order = np.concatenate([order, left[_shuffled(len(left), seed, "rest of the grid")]])
    indices = np.unravel_index(order, sizes)
    return np.column_stack([axis.grid[index] for axis, index in zip(axes, indices, strict=True)])


@DESIGNS.register("sobol", source="Sobol 1967; digital shift: L'Ecuyer & Lemieux 2002")
def sobol_design(axes: Sequence[Axis], points: int | None, seed: str) -> Floats:
    """Fills the space evenly; twice as many points extend the same sequence, powers of two are best balanced."""
    unit = _sobol(axes, points or DEFAULT_POINTS, seed)
    return _placed(axes, unit)


@DESIGNS.register("lhs", source="McKay, Beckman & Conover 1979, Technometrics 21:239-245")
def latin_hypercube(axes: Sequence[Axis], points: int | None, seed: str) -> Floats:
    """Puts one point into each of N slices of every axis, in the order of a Sobol sequence."""
    count = points or DEFAULT_POINTS
    unit = _sobol(axes, count, seed)
    ranks = np.argsort(np.argsort(unit, axis=0, kind="stable"), axis=0)
    jitter = np.column_stack([_uniforms(count, seed, "place in the slice", axis.name) for axis in axes])
    return _placed(axes, (ranks + jitter) / count)


@DESIGNS.register("random", source="Monte Carlo (Metropolis & Ulam 1949)")
def random(axes: Sequence[Axis], points: int | None, seed: str) -> Floats:
    """Draws every point independently and uniformly; more points extend the same sequence."""
    count = points or DEFAULT_POINTS
    return _placed(axes, np.column_stack([_uniforms(count, seed, "random", axis.name) for axis in axes]))


@DESIGNS.register("one-at-a-time", source="Saltelli et al. 2008, ch. 2")
def one_at_a_time(axes: Sequence[Axis], points: int | None, seed: str) -> Floats:
    """Moves one axis at a time away from the base case, all axes in turn, the far ends first."""
    del seed
    if points is not None:
        raise InputError(Problem("one-at-a-time has one point for each setting of each axis; leave out --points"))
    base = np.array([_centre(axis) for axis in axes])
    rows = [base]
    ways = [axis.grid[np.argsort(-np.abs(axis.grid - b), kind="stable")] for axis, b in zip(axes, base, strict=True)]
    for step in range(max(len(way) for way in ways)):
        for index, way in enumerate(ways):
            if step < len(way) and way[step] != base[index]:
                row = base.copy()
                row[index] = way[step]
                rows.append(row)
    return np.array(rows)


def _centre(axis: Axis) -> float:
    found = axis.base_entry
    if found is not None:
        return found
    return 0.0 if axis.choice else (axis.low + axis.high) / 2


def _placed(axes: Sequence[Axis], unit: Floats) -> Floats:
    return np.column_stack([axis.at(unit[:, index]) for index, axis in enumerate(axes)])


def _sobol(axes: Sequence[Axis], count: int, seed: str) -> Floats:
    """(count, D) Sobol points, each axis shifted by random bits of its own."""
    from scipy.stats import qmc

    if count < 1 or count > _MOST_POINTS or len(axes) > _MOST_AXES:
        raise InputError(Problem(f"{count:,} points of {len(axes)} axes", allowed=f"1 to {_MOST_POINTS:,} points"))
    sequence = qmc.Sobol(d=len(axes), scramble=False, bits=_BITS)
    power = int(np.ceil(np.log2(count)))
    found = np.round(sequence.random_base2(power)[:count] * 2.0**_BITS).astype(np.int64)
    shift = np.array([stream_key(seed, "design", axis.name)[0] & ((1 << _BITS) - 1) for axis in axes])
    return np.asarray(((found ^ shift) + 0.5) * 2.0**-_BITS)


def _uniforms(count: int, seed: str, *words: object) -> Floats:
    from sim.foundations import uniforms

    return uniforms(np.arange(count), seed, "design", *words)


def _shuffled(count: int, seed: str, *words: object) -> Ints:
    return np.argsort(_uniforms(count, seed, *words), kind="stable")
