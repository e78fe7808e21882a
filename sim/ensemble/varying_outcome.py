"""What an analysis is of where nobody says and no ending varies: the first outcome of the headline that does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from sim.ensemble.columns import FULL
from sim.ensemble.condition import Columns, parse
from sim.ensemble.design import Design
from sim.ensemble.headline_outcomes import needs_of
from sim.ensemble.measures import measured, measures, usual_measures
from sim.ensemble.named_outcomes import outcomes_of
from sim.ensemble.play_design import play
from sim.ensemble.quantity_conditions import spelled_out
from sim.scenario import Scenario

#: Worlds in which it is seen whether an ending varies, and in which the other outcomes are tried.
_FEW: Final = 50
_WORLDS: Final = 200
#: An outcome varies if it holds in this share of the points at least, and fails in as many.
LEAST_SHARE: Final = 0.01


def varying_outcome(scenario: Scenario) -> str:
    """Name the outcome that an analysis takes instead of the endings; empty where these vary.

    Returns:
        the first of the headline that varies, as it is written there, else the first of the terms, who signs and when;
        empty too where nothing varies at all
    Example:
        >>> from sim.scenario import read_scenario
        >>> varying_outcome(read_scenario("scenarios/labour"))
        'time'
    """
    usual = usual_measures(scenario)
    for worlds in (_FEW, _WORLDS):
        kept = {*FULL, *(need for found in scenario.headline.outcomes for need in needs_of(found.of))}
        columns = outcomes_of(play(Design.of_draws(scenario, worlds), columns=kept))
        if any_varies(usual, columns):
            return ""
    return first_varying(scenario, columns)


def first_varying(scenario: Scenario | None, columns: Columns) -> str:
    """Name the first outcome that varies over points that are there; empty where none does.

    Args:
        scenario: whose headline comes first; ``None``: only the columns are known
    """
    for text in _candidates(scenario, columns):
        if any_varies(spelled_out([text], columns), columns):
            return text
    return ""


def any_varies(texts: Iterable[str], columns: Columns) -> bool:
    """Whether one of some conditions holds at some points and fails at others, each at more than a few of them.

    Example:
        >>> from sim.ensemble.condition import Column
        >>> weeks = Column(np.arange(100.0))
        >>> any_varies(["time > 50"], {"time": weeks}), any_varies(["time >= 0"], {"time": weeks})
        (True, False)
    """
    return any(_varies(values) for values in measured(columns, measures(tuple(texts))).T)


def _varies(values: np.ndarray) -> bool:
    known = values[np.isfinite(values)]
    share = float(known.mean()) if len(known) else 0.0
    return LEAST_SHARE <= share <= 1 - LEAST_SHARE


def _candidates(scenario: Scenario | None, columns: Columns) -> Iterator[str]:
    """What the headline names, the terms (numbers first), who signs, when; never a number that is drawn."""
    drawn: frozenset[str] = frozenset()
    if scenario is not None:
        drawn = frozenset(scenario.numbers)
        yield from _there([found.of for found in scenario.headline.outcomes], columns, drawn)
    terms = [name for name in columns if name.startswith("terms.")]
    yield from _there(sorted(terms, key=lambda name: bool(columns[name].names)), columns, drawn)
    yield from _there(("signers", "round"), columns, drawn)


def _there(texts: Sequence[str], columns: Columns, drawn: frozenset[str]) -> Iterator[str]:
    for text in texts:
        names = parse(text).names
        if all(name in columns and name not in drawn for name in names):
            yield text
