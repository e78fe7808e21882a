"""Outcomes of one play beside those of another: terms, times, who signs, whatever the case asks for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import xarray as xr
from pydantic import SerializerFunctionWrapHandler, model_serializer
from scipy.special import ndtri

from sim.ensemble.condition import Column
from sim.ensemble.headline_outcomes import is_condition, values_of
from sim.ensemble.play_settings import PlayedSetting
from sim.foundations import Bools, Floats, InputError
from sim.foundations.plain_data import Real, without_empty
from sim.runs.outcome_summary import OutcomeSummary

#: Chance that what does not change at all is said to.
_ERROR = 0.05


@dataclass(frozen=True)
class OutcomeChange:
    """One outcome in two plays.

    of:     its name, or the condition
    before, after: what it is in each
    change: mean of the second less that of the first, of numbers and conditions; nan for names
    error:  standard error of that; of what both plays have in the same draws it is that of pairs
    moved:  how far it moves: of names half the sum of absolute changes of shares; of conditions the change of the
            share; of numbers the change of the median, relative to it
    shares: name -> change of its share, the largest first; empty for numbers and conditions
    errors: name -> standard error of that, likewise of pairs

    JSON leaves out what an outcome of its kind does not have.
    """

    of: str
    before: OutcomeSummary
    after: OutcomeSummary
    change: Real = math.nan
    error: Real = math.nan
    moved: Real = math.nan
    shares: Mapping[str, Real] = field(default_factory=dict)
    errors: Mapping[str, Real] = field(default_factory=dict)

    @model_serializer(mode="wrap")
    def _of_its_kind(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return without_empty(serialise(self))

    def seen(self, tried: int = 1) -> bool:
        """Whether it changes by more than chance may do, be it only that one of the plays has it and the other not.

        Args:
            tried: how many changes were looked at to find this one
        Source: bound of Bonferroni for all names and all that was tried, 5 % together
        """
        if not self.before.draws or not self.after.draws:
            return self.before.draws != self.after.draws
        if math.isfinite(self.change):
            return bool(self.change) and abs(self.change) > _bound(tried) * self.error
        if not self.shares:
            return self.moved > 0
        return bool(self.proven(tried))

    def proven(self, tried: int = 1) -> tuple[str, ...]:
        """Names whose shares change by more than chance may do, all of them and all that was tried together.

        Args:
            tried: how many changes were looked at to find this one
        """
        z = _bound(tried * len(self.shares))
        return tuple(name for name, change in self.shares.items() if change and abs(change) > z * self.errors[name])


@dataclass(frozen=True)
class CountedOutcomes:
    """Outcomes of a play of which only some draws count.

    columns: outcome -> its column, (B,) values, nan where a draw does not count
    where:   (B,) draws that count
    """

    columns: Mapping[str, Column]
    where: Bools

    @classmethod
    def of(cls, names: Iterable[str], results: xr.Dataset, where: Bools) -> CountedOutcomes:
        """Read them off results, of which the first B draws are asked about."""
        found = {name: _column(results, name) for name in names}
        return cls({name: _first(column, len(where)) for name, column in found.items()}, where)

    @classmethod
    def of_setting(cls, names: Iterable[str], played: PlayedSetting) -> CountedOutcomes:
        """Read them off draws 0 to B - 1 under a setting, of which those that do not count were not played."""
        where = np.zeros(len(played.counts), bool)
        where[played.results["draw"].values] = True
        columns = {}
        for name in names:
            found = _column(played.results, name)
            values = np.full(len(where), np.nan)
            values[where] = found.values
            columns[name] = Column(values, found.names, found.parts)
        return cls(columns, where)

    def summaries(self) -> tuple[OutcomeSummary, ...]:
        """Each of them in a few numbers."""
        return tuple(OutcomeSummary.of_column(of, column, self.where) for of, column in self.columns.items())


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
    asked = tuple(names)
    one, two = CountedOutcomes.of(asked, before, where_before), CountedOutcomes.of(asked, after, where_after)
    return changes_between(one, two, paired=paired)


def changes_between(
    before: CountedOutcomes, after: CountedOutcomes, *, paired: bool = True
) -> tuple[OutcomeChange, ...]:
    """Compare the same outcomes of two plays; those that no draw has in either are left out.

    Args:
        paired: whether both have the same draws
    """
    found = []
    for one, two in zip(before.summaries(), after.summaries(), strict=True):
        if not one.draws and not two.draws:
            continue
        change, error = math.nan, math.nan
        moved = {}
        first, second = before.columns[one.of], after.columns[one.of]
        if one.draws and two.draws:
            if first.names and second.names:
                moved = {
                    name: _mean_change(_is(first, name), _is(second, name), before.where, after.where, paired=paired)
                    for name in dict.fromkeys([*one.shares, *two.shares])
                }
            elif not first.names and not second.names:
                values = [column.values.astype(float) for column in (first, second)]
                change, error = _mean_change(values[0], values[1], before.where, after.where, paired=paired)
        order = sorted(moved, key=lambda name: -abs(moved[name][0]))
        shares, errors = ({name: moved[name][place] for name in order} for place in (0, 1))
        far = moved_by(one, two) if one.draws and two.draws else 1.0
        found.append(OutcomeChange(one.of, one, two, change, error, far, shares, errors))
    return tuple(found)


def moved_by(before: OutcomeSummary, after: OutcomeSummary) -> float:
    """How far an outcome moves, see ``OutcomeChange``; 0 where one of them occurs in no draw.

    Example:
        >>> from sim.runs.outcome_summary import NumberSpan
        >>> price = [OutcomeSummary("terms.price", 9, NumberSpan(at, at, at), at, {}) for at in (100.0, 110.0)]
        >>> round(moved_by(*price), 3)
        0.1
    """
    if not before.draws or not after.draws:
        return 0.0
    if before.shares:
        names = dict.fromkeys([*before.shares, *after.shares])  # in an order, so that sums are the same bits
        return sum(abs(after.shares.get(name, 0.0) - before.shares.get(name, 0.0)) for name in names) / 2
    if is_condition(before.of):
        return abs(after.mean - before.mean)
    change, size = abs(after.span.median - before.span.median), abs(before.span.median)
    return change / size if size > 0 else float(change > 0)


def _bound(together: int) -> float:
    """How many standard errors hold for so many changes at once."""
    return float(ndtri(1 - _ERROR / (2 * max(together, 1))))


def _column(results: xr.Dataset, of: str) -> Column:
    """An outcome; nan everywhere where it is not on the table, or not kept."""
    try:
        return values_of(results, of)
    except (InputError, KeyError):
        return Column(np.full(results.sizes["draw"], np.nan))


def _first(column: Column, size: int) -> Column:
    return Column(column.values[:size], column.names, column.parts)


def _is(column: Column, name: str) -> Floats:
    """Whether a draw has the name, nan where it has none of them."""
    code = column.names.index(name) if name in column.names else -1
    return np.where(np.isfinite(column.values), (column.values == code).astype(float), np.nan)


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
