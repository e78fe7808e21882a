"""What is counted and added up in every cell of a sweep, and how shares and means follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from sim.ensemble.columns import SWEPT
from sim.ensemble.dataset_labels import AXES
from sim.ensemble.outcome_column import OutcomeColumn, SweptMeasure
from sim.ensemble.played_block import GROUPS
from sim.foundations import Floats, Ints
from sim.scenario import Scenario

#: Every measure that a study may name, and what it is.
MEASURES: Final[Mapping[str, str]] = {
    **{column.swept.name: column.swept.meaning for column in SWEPT if column.swept},
    "acceptance": "share of draws that survive every observation",
    "modal_ending": "most frequent ending",
}
#: Columns whose single draws are kept where these are asked for, besides who fits.
SINGLE: Final = tuple(column for column in SWEPT if column.swept and column.swept.single)


def swept_columns(*, forecasts: bool = True) -> tuple[tuple[OutcomeColumn, SweptMeasure], ...]:
    """Columns that sweeps keep, each with what is kept of it.

    Args:
        forecasts: also those that are kept only where they are asked for
    """
    return tuple((one, one.swept) for one in SWEPT if one.swept is not None and (forecasts or not one.swept.asked))


def totals(scenario: Scenario, arrays: Mapping[str, np.ndarray], starts: Ints) -> dict[str, np.ndarray]:
    """Add up consecutive rows, cell by cell, among all rows and among those that fit the observations.

    Args:
        arrays: name of a column -> its values, row by row; ``consistent`` among them
        starts: (C,) first row of each cell; no cell is empty
    Returns:
        ``draws`` (C, 2); of what is counted ``count NAME`` (C, 2, ...), by code where the column has codes; of what
        is averaged ``size NAME``, ``sum NAME`` and ``square NAME`` (C, 2, ...): rows that have a number, its sum,
        the sum of its squares
    """
    kept = np.asarray(arrays["consistent"], bool)
    groups = np.stack([np.ones_like(kept), kept], axis=1)
    found = {"draws": np.add.reduceat(groups.astype(np.int32), starts, axis=0)}
    for column, swept in swept_columns():
        if column.name not in arrays:
            continue
        values = arrays[column.name]
        if not swept.mean:
            hit = values[:, None] == np.arange(len(column.codes(scenario))) if column.codes else values.astype(bool)
            found[f"count {swept.name}"] = _added(hit, groups, starts).astype(np.int32)
            continue
        numbers = values.astype(float)
        some = np.isfinite(numbers)
        numbers = np.where(some, numbers, 0.0)
        found[f"size {swept.name}"] = _added(some, groups, starts).astype(np.int32)
        found[f"sum {swept.name}"] = _added(numbers, groups, starts)
        found[f"square {swept.name}"] = _added(numbers**2, groups, starts)
    return found


def blank_totals(scenario: Scenario, cells: int, *, forecasts: bool = False) -> dict[str, np.ndarray]:
    """The same of cells in which no row could be played.

    Args:
        forecasts: whether these were asked for
    """
    found: dict[str, np.ndarray] = {"draws": np.zeros((cells, len(GROUPS)), np.int64)}
    for column, swept in swept_columns(forecasts=forecasts):
        sizes = [len(AXES[dim](scenario)) for dim in column.dims[1:]]
        shape = (cells, len(GROUPS), *sizes, *([len(column.codes(scenario))] if column.codes else []))
        for what in ("size", "sum", "square") if swept.mean else ("count",):
            found[f"{what} {swept.name}"] = np.zeros(shape, np.int32 if what in {"size", "count"} else np.float64)
    return found


def _added(values: np.ndarray, groups: np.ndarray, starts: Ints) -> np.ndarray:
    """(C, 2, ...) sums of rows (R, ...) by cell, in each of the groups (R, 2)."""
    member = groups.reshape(*groups.shape, *(1,) * (values.ndim - 1))
    among = np.where(member, values[:, None], np.zeros((), values.dtype))
    return np.asarray(np.add.reduceat(among.astype(np.int32) if among.dtype == bool else among, starts, axis=0))


def single_draws(arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What is kept of single draws, in few bits: codes and whole numbers as they are, the rest in single precision."""
    kept = {column.name: arrays[column.name] for column in SINGLE} | {"consistent": arrays["consistent"]}
    coded = {column.name for column in SINGLE if column.codes is not None}
    return {
        name: values.astype(np.float32 if values.dtype.kind == "f" else np.int8 if name in coded else values.dtype)
        for name, values in kept.items()
    }


def share(counts: np.ndarray, draws: np.ndarray) -> tuple[Floats, Floats]:
    """Shares and their Monte Carlo standard errors; nan where there are no draws.

    Example:
        >>> [float(x) for x in share(np.array(1), np.array(4))]
        [0.25, 0.21650635094610965]
    """
    size = np.where(draws > 0, draws, np.nan)
    found = counts / size
    return found, np.sqrt(found * (1 - found) / size)


def mean(sums: Floats, squares: Floats, draws: np.ndarray) -> tuple[Floats, Floats]:
    """Means and their standard errors; nan where there are too few draws.

    Example:
        >>> [float(x) for x in mean(np.array(4.0), np.array(10.0), np.array(2))]
        [2.0, 1.0]
    """
    size = np.where(draws > 0, draws, np.nan)
    found = sums / size
    spread = np.maximum(squares / size - found**2, 0.0) * size / np.where(draws > 1, draws - 1, np.nan)
    return found, np.sqrt(spread / size)
