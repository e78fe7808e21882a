"""The grid on which boundaries are looked up: finer than the sweep's where an axis is a range of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from sim.foundations import Floats, InputError
from sim.scenario import Scenario
from sim.sweeps.axes import Axis, refuse
from sim.sweeps.design_points import DesignPoints

#: Values that a range has on the finer grid, at most and at least.
FINEST: Final = 61
COARSEST: Final = 7


def fine_values(axis: Axis, scenario: Scenario, most: int) -> Floats:
    """Values of an axis on the finer grid: the sweep's own, others between them, and the borders of the map.

    Cells of a map reach half a step beyond the first and last value; the borders are left out where the
    scenario does not take them, such as a pressure below 0.

    Args:
        most: how many values there should be, about
    Returns:
        (N,) rising values of a range, in the user's unit; indices of choices
    """
    if axis.choice or axis.size == 1:
        return axis.grid
    steps = axis.size - 1
    if axis.size > most:
        own = axis.grid[np.unique(np.linspace(0, steps, max(most, 2)).round().astype(int))]
    else:
        own = np.round(np.linspace(axis.low, axis.high, steps * max(1, (most - 1) // axis.size) + 1), 12)
    half = (axis.high - axis.low) / steps / 2
    beyond = np.linspace(0, half, max(1, (most - 1) // axis.size // 2) + 1)[1:]
    before = axis.low - beyond[::-1] if _taken(scenario, axis, axis.low - half) else beyond[:0]
    after = axis.high + beyond if _taken(scenario, axis, axis.high + half) else beyond[:0]
    return np.concatenate([before, own, after])


def fine_points(axes: Sequence[Axis], scenario: Scenario, budget: int) -> tuple[DesignPoints, list[Floats]] | None:
    """Lay the finer grid; ``None`` where even the coarsest would take more points than the budget.

    Only the two ranges with the most values are made finer, the first ones of equals: these are the axes of maps,
    and there is a map for each of the other axes' own values.

    Args:
        budget: points, about
    Returns:
        the points, last axis fastest, and the values of each axis
    """
    ranges = sorted((axis for axis in axes if not axis.choice and axis.size > 1), key=lambda axis: -axis.size)[:2]
    finer = {axis.name for axis in ranges}
    fixed = int(np.prod([axis.size for axis in axes if axis.name not in finer], dtype=float))
    most = FINEST
    if ranges:
        most = min(FINEST, int((max(budget, 1) / fixed) ** (1 / len(ranges)) + 1e-9))
    if most < COARSEST or (not ranges and fixed > budget):
        return None
    values = [fine_values(axis, scenario, most) if axis.name in finer else axis.grid for axis in axes]
    table = np.column_stack([grid.ravel() for grid in np.meshgrid(*values, indexing="ij")])
    laid = tuple(
        axis if axis.choice else replace(axis, low=float(v[0]), high=float(v[-1]), count=len(v))
        for axis, v in zip(axes, values, strict=True)
    )
    return DesignPoints(laid, "grid", table), values


def _taken(scenario: Scenario, axis: Axis, value: float) -> bool:
    try:
        refuse(scenario, dict.fromkeys(axis.paths, value))
    except InputError:
        return False
    return True
