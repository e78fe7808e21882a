"""A case judged against dated forecasts, from end to end; `sim score` and Python alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sim.ensemble.ask import Ask
from sim.foundations import InputError
from sim.jobs.own_forecasts import FORECASTS_FILE, own_forecasts
from sim.jobs.steps import Steps, silent
from sim.runs import run
from sim.scoring import CaseScore, DatedForecasts, read_dated_forecasts, score


def score_case(asked: Ask, against: Path | None = None, *, steps: Steps = silent) -> CaseScore:
    """Play what is asked and judge it against a file of dated forecasts; round 0 is the day they were asked.

    Args:
        against: the file; by default ``forecasts.toml`` in the folder of the case
    Raises:  InputError for a file that is not there or wrong
    Example:
        >>> from sim.ensemble.ask import ask
        >>> from sim.scenario import read_case
        >>> score_case(ask(read_case("scenarios/ceasefire"), draws=20)).expected  # doctest: +SKIP
        True
    """
    dated = _read(asked, against)
    results = run(asked.scenario, asked.draws, central=asked.central, judge=asked.base, progress=steps("playing"))
    consistent = np.asarray(results["consistent"].values, bool)
    observed = bool(asked.scenario.observations) or asked.base is not None
    kept = observed and bool(consistent.any())
    return score(
        results,
        consistent if kept else np.ones_like(consistent),
        dated,
        case=asked.case.name,
        overlay=asked.overlay,
        group="consistent" if kept else "all",
        article=asked.case.article,
    )


def _read(asked: Ask, against: Path | None) -> DatedForecasts:
    if against is not None:
        return read_dated_forecasts(against)
    own = own_forecasts(asked)
    if own is None:
        raise InputError(f"{asked.case.name} brings no {FORECASTS_FILE}; name a file of dated forecasts with --against")
    return read_dated_forecasts(own)
