"""Analyses on disk: labelled arrays with the titles that figures write."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import xarray as xr

from sim.report.analysis_words import box_words, condition_words, input_spoken, input_title, inputs_by, limit_words
from sim.scenario import Scenario
from sim.store.arrays_file import write_arrays


def keep(found: xr.Dataset, scenario: Scenario | None, folder: Path) -> tuple[xr.Dataset, Path]:
    """Write an analysis to ``folder/METHOD.nc``, with words for its inputs, measures and boxes.

    Returns:
        the analysis as it was written, and the file
    Raises:  ResultsError if it cannot be written
    """
    stored = with_words(found, scenario)
    file = folder / f"{found.attrs['method']}.nc"
    write_arrays(file, stored)
    return stored, file


def with_words(found: xr.Dataset, scenario: Scenario | None) -> xr.Dataset:
    """Add titles of inputs and measures, and boxes in words; truth values become 0 and 1 (netCDF has no others)."""
    stored = found.copy()
    for dim in ("input", "path"):
        if dim in stored.dims:
            names = [str(name) for name in stored[dim].values]
            titles = [input_title(scenario, name, inputs_by(found)) for name in names]
            spoken = [input_spoken(scenario, name, inputs_by(found)) for name in names]
            stored["input_title"] = ((dim,), np.array(titles, dtype=str))
            stored["input_spoken"] = ((dim,), np.array(spoken, dtype=str))
    if "measure" in stored.dims:
        words = [condition_words(str(name), scenario) for name in stored["measure"].values]
        stored["measure_words"] = (("measure",), np.array(words, dtype=str))
    if found.attrs["method"] == "prim":
        boxes = [found.isel(box=b) for b in range(found.sizes["box"])]
        stored["box_words"] = (("box",), np.array([box_words(box, scenario) for box in boxes], dtype=str))
        limits = [
            [limit_words(box, p, scenario) if box["limited"].values[p] else "" for p in range(found.sizes["input"])]
            for box in boxes
        ]
        shape = (len(boxes), found.sizes["input"])
        stored["limit_words"] = (("box", "input"), np.array(limits, dtype=str).reshape(shape))
        stored.attrs["condition_words"] = condition_words(str(found.attrs["condition"]), scenario)
    if found.attrs.get("of"):
        stored.attrs["of_words"] = condition_words(str(found.attrs["of"]), scenario)
    for name, variable in stored.data_vars.items():
        if variable.dtype == bool:
            stored[name] = variable.astype(np.int8)
    stored.attrs = {
        key: "\n".join(map(str, value)) if isinstance(value, list) else value for key, value in stored.attrs.items()
    }
    return stored
