"""A backtest from end to end: judge the models, keep page, figure and tables; `sim backtest` and Python alike."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from sim.backtest import Backtest, DecisionSet, backtest
from sim.ensemble.workers import hired
from sim.foundations import ResultsError
from sim.jobs.steps import Steps, silent
from sim.plots import PLOTS, save
from sim.report.backtest_story import backtest_results, backtest_story
from sim.report.page.pictures import pictures, pieces_of
from sim.report.page.renderer import render_page
from sim.store.folder import FIGURES_FOLDER, cannot_write, write_atomically

_JSON: Final = "backtest.json"
_TABLE: Final = "forecasts.csv"
_PAGE: Final = "report.html"
_FIGURE: Final = "backtest-errors"
#: Issues from which on it is worth it to start processes.
_LARGE: Final = 150


def backtest_file(
    decisions: DecisionSet,
    out: Path | None = None,
    *,
    only: Iterable[str] = (),
    noise: Sequence[float] = (0.05, 0.2),
    draws: int = 3,
    resampled: int = 2_000,
    folds: int = 10,
    seed: str = "backtest",
    workers: int | None = None,
    steps: Steps = silent,
) -> Backtest:
    """Judge every model on decisions that were taken, and keep what came of it.

    The folder gets ``backtest.json``, ``forecasts.csv`` (what each model says of each issue, in points of a scale of
    100), ``report.html`` and the figure.

    Args:
        decisions: as a file of them is read
        out:       the folder; ``None``: nothing is kept
        only, noise, draws, resampled, folds, seed: as ``sim.backtest.backtest`` takes them
        workers:   processes; ``None``: one for each core, or none where there is little to do
    Raises:  ResultsError if the folder cannot be used, before anything is judged
    """
    if out is not None:
        _prepare(out)
    small = decisions.issues < _LARGE
    with hired(workers, small=small) as executor:
        found = backtest(
            decisions,
            only=only,
            noise=noise,
            draws=draws,
            resampled=resampled,
            folds=folds,
            seed=seed,
            steps=steps,
            executor=executor,
        )
    if out is not None:
        _keep(found, out)
    return found


def _prepare(out: Path) -> None:
    """Make the folder; one that holds something else than a backtest is refused.

    Raises:  ResultsError if it cannot be written
    """
    try:
        if out.is_dir() and any(out.iterdir()) and not (out / _JSON).is_file():
            raise ResultsError(f"{out} holds something else than a backtest; choose an empty or a new folder")
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(out, error) from None


def _keep(found: Backtest, out: Path) -> None:
    results = backtest_results(found)
    save(PLOTS[_FIGURE].draw(results), out / FIGURES_FOLDER, _FIGURE)
    drawn = pictures(results, [_FIGURE])
    write_atomically(out / _TABLE, _table(found))
    write_atomically(out / _PAGE, render_page(backtest_story(found, pieces_of(drawn)), drawn).encode())
    write_atomically(out / _JSON, json.dumps(found.to_json(), indent=2, ensure_ascii=False))


def _table(found: Backtest) -> str:
    """What each model says of each issue."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["decision", "issue", "outcome", *found.forecasts])
    for n, (decision, issue) in enumerate(found.names):
        said = [values[n] for values in found.forecasts.values()]
        writer.writerow(
            [decision, issue, f"{found.outcome[n]:g}", *("" if math.isnan(one) else f"{one:.4f}" for one in said)]
        )
    return text.getvalue()
