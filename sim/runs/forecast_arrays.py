"""Forecasts of the field beside what was played, in the same worlds."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

from sim.ensemble.forecasts_beside import ends_of, forecast_names, forecasts_beside, ordered_issues
from sim.ensemble.named_outcomes import outcome
from sim.ensemble.stakeholder_turns import FOLLOWED, QUANTILES, TURNS, StakeholderTurns
from sim.forecasts import COURSES, RELATIONS
from sim.foundations import Bools, Dice, Floats
from sim.scenario import Draws, Scenario
from sim.words import level_title


def add_forecasts(results: xr.Dataset, scenario: Scenario) -> None:
    """Add forecasts to results, in place; nothing where the case has no ordered issue.

    ``forecast`` and ``forecast_course`` (draw, forecast_name), of the numbers of each world as they were played;
    ``forecast_talks`` (draw, forecast_issue): where the first signed deal stands on each ordered issue;
    ``forecast_end`` and ``forecast_end_name`` (forecast_issue, end): ends of the scales; ``forecast_level_place`` and
    ``forecast_level_issue`` (forecast_level): where levels with names stand, and on which issue; from three parties on
    what stakeholders do turn by turn, see ``_turns``.
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
    turns = None
    if len(scenario.parties) > 2:
        turns = StakeholderTurns(_member(results), len(scenario.parties), len(ordered_issues(scenario)))
    found = forecasts_beside(scenario, drawn, None if turns is None else turns.follow)
    said = "what a model of collective choice expects on an issue, on the issue's own numbers; nan for nothing"
    course = {
        "long_name": "how the turns of the model end",
        "flag_values": np.arange(-1, len(COURSES), dtype=np.int8),
        "flag_meanings": "|".join(["none", *COURSES]),
    }
    issues = ordered_issues(scenario)
    signed = np.stack([_signed(results, scenario, issue) for issue in issues], axis=1)
    ends = np.array([ends_of(scenario.issues[issue]) for issue in issues])
    titles = [[level_title(scenario, issue, key) for key in _end_keys(scenario, issue)] for issue in issues]
    place = "where the first signed deal stands on the issue, on its own numbers; nan without a deal"
    results.update(  # at once: each single assignment would align the whole dataset
        {
            "forecast": (("draw", "forecast_name"), found.decision, {"long_name": said}),
            "forecast_course": (("draw", "forecast_name"), found.course.astype(np.int8), course),
            "forecast_talks": (("draw", "forecast_issue"), signed, {"long_name": place}),
            "forecast_end": (("forecast_issue", "end"), ends, {"long_name": "ends of the issue's own numbers"}),
            "forecast_end_name": (
                ("forecast_issue", "end"),
                np.array(titles, dtype=str),
                {"long_name": "their names"},
            ),
            **_levels(scenario, issues),
            "forecast_name": np.array(names, dtype=str),
            "forecast_issue": np.array(issues, dtype=str),
            "end": np.array(["low", "high"]),
            **({} if turns is None else _turns(results, scenario, turns)),
        }
    )


def _levels(scenario: Scenario, issues: tuple[str, ...]) -> dict[str, Any]:
    """Where each level with a name stands among an issue's own numbers; nothing where no issue has such levels."""
    found = [
        (issue, level_title(scenario, issue, key), low + (high - low) * scenario.issues[issue].place(key))
        for issue in issues
        if scenario.issues[issue].kind != "numeric"
        for low, high in [ends_of(scenario.issues[issue])]
        for key in scenario.issues[issue].keys
    ]
    if not found:
        return {}
    named, titles, places = zip(*found, strict=True)
    level, where = {"long_name": "the issue of a level"}, {"long_name": "where it stands, as forecasts do"}
    return {
        "forecast_level_issue": ("forecast_level", np.array(named, dtype=str), level),
        "forecast_level_place": ("forecast_level", np.array(places, dtype=float), where),
        "forecast_level": np.array(titles, dtype=str),
    }


def _turns(results: xr.Dataset, scenario: Scenario, turns: StakeholderTurns) -> dict[str, Any]:
    """What stakeholders do turn by turn.

    ``turn_decision`` (draw, turn_model, turn, forecast_issue): what would be decided after each turn;
    ``turn_position`` (group, turn_model, turn, stakeholder, forecast_issue, turn_quantile): where each stands;
    ``turn_challenge`` (group, turn_model, turn_played, stakeholder, other_stakeholder, forecast_issue): draws in which
    the first challenges the other in that turn; ``turn_relation`` the same by how the pair stands, ``relation``;
    ``turn_backing`` (group, turn_end, stakeholder, other_stakeholder, forecast_issue): mean share of the other's
    contests in which the first would back it.
    """
    pair = ("stakeholder", "other_stakeholder", "forecast_issue")
    size = np.maximum(_member(results).sum(axis=0), 1)
    said = {
        "turn_decision": (
            ("draw", "turn_model", "turn", "forecast_issue"),
            turns.decision.astype(np.float32),
            "what would be decided after each turn of a model, on the issue's own numbers; turn 0 is before any move",
        ),
        "turn_position": (
            ("group", "turn_model", "turn", "stakeholder", "forecast_issue", "turn_quantile"),
            turns.quantiles().astype(np.float32),
            "where each stands after each turn, on the issue's own numbers: quantiles over draws",
        ),
        "turn_challenge": (
            ("group", "turn_model", "turn_played", *pair),
            turns.challenges.astype(np.int32),
            "draws in which the first expects to gain most, in that turn, by challenging the other",
        ),
        "turn_relation": (
            ("group", "turn_played", *pair, "relation"),
            turns.relations.astype(np.int32),
            "draws in which a pair stands so in the eyes of its first, in the challenge model",
        ),
        "turn_backing": (
            ("group", "turn_end", *pair),
            (turns.backing / size[:, None, None, None, None]).astype(np.float32),
            "share of the other's contests with third parties in which the first would back it, challenge model: mean",
        ),
    }
    parties = np.array(list(scenario.parties), dtype=str)
    return {
        **{name: (dims, values, {"long_name": meaning}) for name, (dims, values, meaning) in said.items()},
        "stakeholder": parties,
        "other_stakeholder": parties,
        "turn_model": np.array(list(FOLLOWED), dtype=str),
        "turn": np.arange(TURNS + 1),
        "turn_played": np.arange(1, TURNS + 1),
        "turn_quantile": np.array(QUANTILES),
        "turn_end": np.array(["first", "last"]),
        "relation": np.array(RELATIONS, dtype=str),
    }


def _member(results: xr.Dataset) -> Bools:
    """(B, 2) all draws, and those that fit the observations, as ``group`` has them."""
    fits = results["consistent"].values.astype(bool)
    return np.stack([np.ones_like(fits), fits], axis=1)


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
