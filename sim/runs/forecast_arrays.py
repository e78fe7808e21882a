"""Forecasts of the field beside what was played, in the same worlds."""

from __future__ import annotations

import numpy as np
import xarray as xr

from sim.ensemble.forecasts_beside import ends_of, forecast_names, forecasts_beside, ordered_issues
from sim.ensemble.named_outcomes import outcome
from sim.forecasts import COURSES
from sim.foundations import Dice, Floats
from sim.scenario import Draws, Scenario
from sim.words import level_title


def add_forecasts(results: xr.Dataset, scenario: Scenario) -> None:
    """Add forecasts to results, in place; nothing where the case has no ordered issue.

    ``forecast`` and ``forecast_course`` (draw, forecast_name), of the numbers of each world as they were played;
    ``forecast_talks`` (draw, forecast_issue): where the first signed deal stands on each ordered issue;
    ``forecast_end`` and ``forecast_end_name`` (forecast_issue, end): ends of the scales.
    """
    names = forecast_names(scenario)
    if not names or "number" not in results:
        return
    numbers = results["number"].values
    paths = [str(path) for path in results["path"].values]
    drawn = Draws(
        {path: numbers[:, n].astype(float) for n, path in enumerate(paths)},
        Dice(scenario.seed, results["draw"].values.astype(np.int64)),
    )
    found = forecasts_beside(scenario, drawn)
    said = "what a model of collective choice expects on an issue, on the issue's own numbers; nan for nothing"
    course = {
        "long_name": "how the turns of the model end",
        "flag_values": np.arange(-1, len(COURSES), dtype=np.int8),
        "flag_meanings": "|".join(["none", *COURSES]),
    }
    results["forecast"] = (("draw", "forecast_name"), found.decision, {"long_name": said})
    results["forecast_course"] = (("draw", "forecast_name"), found.course.astype(np.int8), course)
    issues = ordered_issues(scenario)
    signed = np.stack([_signed(results, scenario, issue) for issue in issues], axis=1)
    ends = np.array([ends_of(scenario.issues[issue]) for issue in issues])
    titles = [[level_title(scenario, issue, key) for key in _end_keys(scenario, issue)] for issue in issues]
    place = "where the first signed deal stands on the issue, on its own numbers; nan without a deal"
    results["forecast_talks"] = (("draw", "forecast_issue"), signed, {"long_name": place})
    results["forecast_end"] = (("forecast_issue", "end"), ends, {"long_name": "ends of the issue's own numbers"})
    results["forecast_end_name"] = (
        ("forecast_issue", "end"),
        np.array(titles, dtype=str),
        {"long_name": "their names"},
    )
    results.coords["forecast_name"] = np.array(names, dtype=str)
    results.coords["forecast_issue"] = np.array(issues, dtype=str)
    results.coords["end"] = np.array(["low", "high"])


def _end_keys(scenario: Scenario, issue: str) -> tuple[str, str]:
    keys = scenario.issues[issue].keys
    return keys[0], keys[-1]


def _signed(results: xr.Dataset, scenario: Scenario, issue: str) -> Floats:
    """(B,) where the first signed deal stands on an ordered issue, in its own numbers; nan without a deal."""
    column = outcome(results, f"terms.{issue}")
    if not column.names:
        return column.values
    one = scenario.issues[issue]
    low, high = ends_of(one)
    places = np.array([low + (high - low) * one.place(name) for name in column.names])
    known = np.isfinite(column.values)
    return np.where(known, places[np.where(known, column.values, 0).astype(np.int64)], np.nan)
