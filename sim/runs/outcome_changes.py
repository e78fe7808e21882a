"""Outcomes of one play beside those of another: terms, times, who signs, whatever the case asks for."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.ensemble.condition import Column
from sim.ensemble.headline_outcomes import values_of
from sim.foundations import Bools, Floats, InputError
from sim.foundations.plain_data import Real
from sim.runs.flips import moved_by
from sim.runs.outcome_summary import OutcomeSummary


@dataclass(frozen=True)
class OutcomeChange:
    """One outcome in two plays.

    of:     its name, or the condition
    before, after: what it is in each
    change: mean of the second less that of the first, of numbers and conditions; nan for names
    error:  standard error of that; of what both plays have in the same draws it is that of pairs
    moved:  how far it moves: of names half the sum of absolute changes of shares; of conditions the change of the
            share; of numbers the change of the median, relative to it
    """

    of: str
    before: OutcomeSummary
    after: OutcomeSummary
    change: Real
    error: Real
    moved: Real


def outcome_changes(
    names: Iterable[str],
    before: xr.Dataset,
    after: xr.Dataset,
    where_before: Bools,
    where_after: Bools,
    *,
    paired: bool = True,
) -> tuple[OutcomeChange, ...]:
    """Compare outcomes of two plays; those that no draw has in either are left out.

    Args:
        where_before, where_after: (B,) draws that count in each, of the first B draws of both
        paired: whether both have the same draws
    """
    found = []
    for of in names:
        columns = [_column(results, of) for results in (before, after)]
        sides = [OutcomeSummary.of_column(of, _first(column, len(where)), where)
                 for column, where in zip(columns, (where_before, where_after), strict=True)]  # fmt: skip
        one, two = sides
        if not one.draws and not two.draws:
            continue
        change, error = math.nan, math.nan
        if not columns[0].names and not columns[1].names and one.draws and two.draws:
            values = [column.values[: len(where_before)].astype(float) for column in columns]
            change, error = _mean_change(values[0], values[1], where_before, where_after, paired=paired)
        moved = moved_by(one, two) if one.draws and two.draws else 1.0
        found.append(OutcomeChange(of, one, two, change, error, moved))
    return tuple(found)


def _column(results: xr.Dataset, of: str) -> Column:
    """An outcome; nan everywhere where it is not on the table, or not kept."""
    try:
        return values_of(results, of)
    except (InputError, KeyError):
        return Column(np.full(results.sizes["draw"], np.nan))


def _first(column: Column, size: int) -> Column:
    return Column(column.values[:size], column.names, column.parts)


def _mean_change(one: Floats, two: Floats, where_one: Bools, where_two: Bools, *, paired: bool) -> tuple[float, float]:
    """Change of a mean with its standard error; draws that have a value in both are compared one by one.

    Source: variance of a ratio by linearisation (Cochran 1977, Sampling Techniques, ch. 6), on common random numbers
    """
    has = [where & np.isfinite(values) for values, where in ((one, where_one), (two, where_two))]
    first, second = one[has[0]], two[has[1]]
    change = float(second.mean() - first.mean())
    if paired:
        adds = np.zeros(len(one))
        adds[has[1]] += (second - second.mean()) / has[1].mean()
        adds[has[0]] -= (first - first.mean()) / has[0].mean()
        return change, float(adds.std() / np.sqrt(len(adds)))
    return change, float(np.sqrt(first.var() / len(first) + second.var() / len(second)))
