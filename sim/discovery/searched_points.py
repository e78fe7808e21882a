"""Any results as a table of points: what was varied, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import xarray as xr

from sim.ensemble.condition import Column
from sim.ensemble.named_outcomes import outcomes_of
from sim.foundations import Bools, Floats, ResultsError

#: Share of the worlds of a point above which something holds there.
_HALF: Final = 0.5


@dataclass(frozen=True)
class SearchedPoints:
    """Points of a run (its draws) or of a sweep.

    names:   what was varied
    inputs:  (N, P) values; codes of options for unordered inputs
    options: place among the inputs -> names of its options, for unordered inputs
    columns: outcomes that conditions may ask about; nan where a point failed
    kept:    (N,) points consistent with the observations; all of a sweep's, whose shares are of the group chosen
    """

    names: tuple[str, ...]
    inputs: Floats
    options: Mapping[int, tuple[str, ...]]
    columns: Mapping[str, Column]
    kept: Bools

    def select(self, where: Bools) -> SearchedPoints:
        """Some of the points."""
        columns = {name: replace(column, values=column.values[where]) for name, column in self.columns.items()}
        return SearchedPoints(self.names, self.inputs[where], self.options, columns, self.kept[where])


def points_of(results: xr.Dataset, group: str = "all") -> SearchedPoints:
    """Read the points of a run, or of a sweep with the shares among ``group`` of its draws.

    In a sweep ``ending`` means the most frequent ending of the point, ``terms.ISSUE``, ``held`` and other quantities
    their means there, ``signed`` that most worlds have a deal, and a point with failed draws is a gap.

    Raises:  ResultsError where the results are neither
    """
    if "axes" in results.attrs:
        return _of_sweep(results, group)
    if "number" not in results:
        raise ResultsError("these results hold neither the draws of a run nor the points of a sweep")
    columns = outcomes_of(results)
    names = tuple(str(path) for path in results["path"].values)
    inputs = np.asarray(results["number"].values, float)
    if "utility" in results:
        broken = ~np.isfinite(results["utility"].values).all(axis=1)
        columns = {name: replace(c, values=np.where(broken, np.nan, c.values)) for name, c in columns.items()}
    return SearchedPoints(names, inputs, {}, columns, results["consistent"].values.astype(bool))


def _of_sweep(results: xr.Dataset, group: str) -> SearchedPoints:
    axes = [axis["name"] for axis in json.loads(results.attrs["axes"])]
    found = results.sel(group=group)
    if int(results.attrs["grid"]):
        found = found.drop_vars("point", errors="ignore").stack(point=axes, create_index=False)
        found = found.assign_coords(point=np.arange(found.sizes["point"]))
    inputs, options = [], {}
    for n, name in enumerate(axes):
        values = np.asarray(found[name].values)
        if values.dtype.kind in "biuf":
            inputs.append(values.astype(float))
        else:
            kinds, codes = np.unique(values.astype(str), return_inverse=True)
            options[n] = tuple(str(kind) for kind in kinds)
            inputs.append(codes.astype(float))
    columns = {name: c for name, c in outcomes_of(found, "point").items() if name not in axes}
    if "modal_ending" in columns:
        columns["ending"] = columns["modal_ending"]
    for name in list(columns):  # a mean over the worlds of a point goes by the name of the outcome itself
        head, dot, member = name.partition(".")
        if head.endswith("_mean"):
            columns.setdefault(f"{head.removesuffix('_mean')}{dot}{member}", columns[name])
    if "declared_share.none" in columns:
        columns.setdefault("signed", Column((columns["declared_share.none"].values < _HALF).astype(float)))
    gaps = found["failed"].values > 0 if "failed" in found else np.zeros(found.sizes["point"], bool)
    columns = {name: replace(c, values=np.where(gaps, np.nan, c.values)) for name, c in columns.items()}
    return SearchedPoints(tuple(axes), np.stack(inputs, axis=1), options, columns, ~gaps)
