"""What is agreed at the points of a sweep: means of numeric terms and of the time until a deal, along each axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from sim.foundations import Floats
from sim.report.case_words import ToldCase
from sim.report.outcome_values import value_words
from sim.report.outcome_words import outcome_title
from sim.report.pieces import Cell, Row, Section, Sentence, Table
from sim.report.sweep_report import SweepReport
from sim.sweeps.swept_axes import SweptAxis
from sim.words import clear

#: Rows of an axis at most; of more values, groups of points are told.
_MOST: Final = 6


@dataclass(frozen=True)
class TermsAlong:
    """A quantity of the first signed deals along an axis.

    of:     dotted name of the outcome
    axis:   what was varied
    names:  (M,) the value of the axis, or from where to where
    values: (M,) mean over the points of the group and their worlds with a deal, in the outcome's own unit; nan of none
    errors: (M,) its standard error, if worlds at different points are the same ones
    """

    of: str
    axis: SweptAxis
    names: tuple[str, ...]
    values: Floats
    errors: Floats

    @property
    def moves(self) -> bool:
        """Whether the highest and the lowest mean differ by more than chance in the worlds may do."""
        if not np.isfinite(self.values).any():
            return False
        low, high = int(np.nanargmin(self.values)), int(np.nanargmax(self.values))
        return clear(float(self.values[high] - self.values[low]), float(np.hypot(self.errors[low], self.errors[high])))


def terms_along(sweep: SweepReport) -> list[TermsAlong]:
    """Every quantity of signed deals along every axis, those of the headline first."""
    found = sweep.points.known
    rows = np.flatnonzero(sweep.points.counted > 0)
    told: list[TermsAlong] = []
    for of, mean, error in _quantities(sweep):
        for d, axis in enumerate(found.axes):
            groups = sweep.means(d, _MOST)
            with np.errstate(invalid="ignore"):
                values = np.array([_mean(mean[rows[part]]) for part in groups.rows])
                errors = np.array([_mean(error[rows[part]]) for part in groups.rows])
            told.append(TermsAlong(of, axis, tuple(name.strip("“”") for name in groups.names), values, errors))
    return told


def terms_section(sweep: SweepReport) -> Section:
    """A table for each axis: its values, and what is agreed there on the numeric issues."""
    case, told = ToldCase(sweep.scenario), terms_along(sweep)
    told = [one for one in told if np.isfinite(one.values).any()]
    tables: list[Table | Sentence] = []
    for d, axis in enumerate(sweep.points.known.axes):
        own = [one for one in told if one.axis.name == axis.name]
        heads = ("value", *(outcome_title(case, one.of) for one in own))
        rows: list[Row] = [
            [name, *(Cell(value_words(case, one.of, _short(one.values[n])), float(one.values[n])) for one in own)]
            for n, name in enumerate(own[0].names if own else ())
        ]
        tables.append(Table(f"terms-table-{d + 1}", axis.title, heads, rows, range(1, len(heads))))
    if not told:
        return Section("terms", "What is agreed", ())
    note = "Means over the worlds with a deal, at all points with the value."
    return Section("terms", "What is agreed, along each axis", (*tables, Sentence(note, "note")))


def terms_moved(sweep: SweepReport) -> str:
    """In a sentence, which quantity an axis moves most by the size of its own range; empty where none moves."""
    case = ToldCase(sweep.scenario)
    moved = [one for one in terms_along(sweep) if one.of.startswith("terms.") and one.moves]
    if not moved:
        return ""
    first = max(moved, key=lambda one: float(np.ptp(one.values[np.isfinite(one.values)])) / _range(sweep, one.of))
    low, high = int(np.nanargmin(first.values)), int(np.nanargmax(first.values))
    at = [f"{value_words(case, first.of, _short(first.values[n]))} at {first.names[n]}" for n in sorted((low, high))]
    return f"“{first.axis.title}” moves “{outcome_title(case, first.of)}” most, from {at[0]} to {at[1]} on average"


def _quantities(sweep: SweepReport) -> list[tuple[str, Floats, Floats]]:
    """Dotted name, mean and standard error (N,) of each, in the order of the points."""
    results = sweep.results
    one = results.sel(group=sweep.points.group)
    kept = {str(name) for name in one["issue"].values} if "terms_mean" in one else set()
    numeric = [name for name, issue in sweep.scenario.issues.items() if issue.kind == "numeric" and name in kept]
    found = [(f"terms.{name}", *_flat(results, one.sel(issue=name), "terms")) for name in numeric]
    if "time_mean" in one and np.nanmax(one["time_mean"].values, initial=0.0) > 0:
        found.append(("time", *_flat(results, one, "time")))
    return found


def _flat(results: xr.Dataset, one: xr.Dataset, name: str) -> tuple[Floats, Floats]:
    """Mean and standard error (N,), in the order of the points."""
    dims = results["failed"].dims
    mean, error = (np.asarray(one[f"{name}_{kind}"].transpose(*dims), float).ravel() for kind in ("mean", "error"))
    return mean, error


def _mean(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")


def _short(value: float) -> float:
    """A mean to three digits: more would be said than is known."""
    return float(f"{value:.3g}")


def _range(sweep: SweepReport, of: str) -> float:
    values = sweep.scenario.issues[of.partition(".")[2]].values
    return max(float(np.ptp(np.asarray(values, dtype=float))), 1e-300)
