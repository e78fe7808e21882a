"""A sweep from end to end: played into a folder, its spread split, its figures drawn; `sim sweep` and Python alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xarray as xr

from sim.engine import talk_rules
from sim.ensemble.workers import make_workers
from sim.foundations import InputError, ResultsError
from sim.jobs.splitting import split_sweep
from sim.jobs.steps import Steps, silent
from sim.plots import PLOTS, fitting, plot_all
from sim.scenario import Case, read_case
from sim.store import FIGURES_FOLDER
from sim.store.spread_file import load_spread, save_spread
from sim.sweeps.asking import ask_sweep
from sim.sweeps.home import open_home
from sim.sweeps.playing import SweepResult, Told, forget_failed, play_sweep, sweep_in_memory
from sim.sweeps.sweep_again import ask_sweep_again, place_of
from sim.sweeps.sweep_ask import SweepAsk


@dataclass(frozen=True)
class CaseSweep:
    """What came of a sweep.

    done:    what was played, and whether it is finished
    figures: files of figures, below the folder
    unfit:   figures that its study names and that do not fit its results
    spread:  what the spread of the answer comes from; ``None`` where that was left out or nothing varies
    """

    done: SweepResult
    figures: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()
    spread: Mapping[str, Any] | None = None


def finish_sweep(
    asked: SweepAsk, done: SweepResult, *, split: bool = True, figures: bool = True, steps: Steps = silent
) -> CaseSweep:
    """Draw the figures of a sweep that was played to its end, and look where its spread comes from.

    Args:
        split:   look where the spread comes from, unless that is kept and nothing was played now
        figures: draw those of the study, or all that fit
        steps:   told how far it is
    """
    if done.results is None:
        return CaseSweep(done)
    files, unfit = _figures(asked, done) if figures else ((), ())
    spread = _spread(asked, done, steps) if split and not done.failed else None
    return CaseSweep(done, files, unfit, spread)


def _figures(asked: SweepAsk, done: SweepResult) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Draw those of the study, else those that fit and show what varies; their files, and the names that do not fit."""
    assert done.results is not None
    fit = fitting(done.results)
    telling = [name for name in fit if PLOTS[name].varies(done.results)] or fit
    only = telling if asked.figures is None else [name for name in asked.figures if name in fit]
    unfit = tuple(name for name in asked.figures or () if name not in fit)
    with suppress(ResultsError):  # the arrays are kept: figures can be drawn elsewhere
        files = plot_all(done.results, done.folder / FIGURES_FOLDER, only=only)
        return tuple(f"{FIGURES_FOLDER}/{path.name}" for path in files), unfit
    return (), unfit


def _spread(asked: SweepAsk, done: SweepResult, steps: Steps) -> Mapping[str, Any] | None:
    """What the spread of the answer comes from; as it was kept where nothing was played now."""
    before = None if done.played else load_spread(done.folder)
    if before is not None:
        return before
    found = split_sweep(asked, steps)
    save_spread(done.folder, found)
    return found


def sweep_case(
    case: Case,
    *,
    study: str | None = None,
    over: Mapping[str, str | Sequence[Any]] | None = None,
    design: str | None = None,
    points: int | None = None,
    draws: int | None = None,
    changes: Mapping[str, Any] | None = None,
    seed: str | None = None,
    protocol: str | None = None,
    independent: bool = False,
    keep: str | None = None,
    forecasts: bool = False,
    widen: float | None = None,
    workers: int = 0,
    cluster: str | None = None,
    out: str | Path | None = None,
    spread: bool = False,
    figures: bool = False,
    progress: Told | None = None,
) -> xr.Dataset:
    """Play a case, overlay and all, at many points: a named study of it, or what is varied here.

    In a folder that holds the same sweep, what was played before is not played again; so after an interruption
    the same call goes on where it was. A folder that was asked something else is refused, naming what differs.

    Args:
        study:       name of a study in the case's ``studies.toml``; what is given besides wins over it
        over:        path -> values, ``[0.6, 0.8]``, or text as on the command line, ``"0.6:0.97:5"``; the path
                     ``overlay`` lays overlays of the case over it
        design:      grid, lhs, sobol, random or one-at-a-time
        points:      how many points lhs, sobol and random have
        draws:       worlds at each point; those of the study, else 200
        changes:     dotted path -> new value, for base and overlays alike
        seed:        root of all random numbers
        protocol:    rules of the talks
        independent: other worlds at each point instead of the same ones
        keep:        single draws too: auto (up to 200,000 negotiations), draws or summaries
        forecasts:   ask models of collective choice at every point too: ``forecast_mean`` by ``forecast_name``
        widen:       half-widths of stated ranges times this
        workers:     processes; 0: this one. Where a script starts some, its own work stands below
                     ``if __name__ == "__main__":``
        cluster:     address of a dask.distributed cluster instead
        out:         results folder, which `sim report`, `sim plot`, `sim show` and `sim view` then open
        spread:      keep in the folder too what the spread of the answer comes from; `sim sweep` does so by default
        figures:     and every figure that fits; `sim sweep` does so by default
        progress:    told how many are done, how many failed, how many there are
    Returns:
        dataset with one dimension per axis on a grid, else ``point``, as ``sweep`` gives; the digest is that of
        `sim sweep`
    Raises:  InputError for a study, path, value or design that does not exist; ResultsError if the folder cannot
             be used
    Example:
        >>> from sim import read_case, sweep_case
        >>> found = sweep_case(read_case("scenarios/pie"), over={"first.patience": "0.7:0.9:3"}, draws=2)
        >>> dict(found["ending_share"].sizes)["first.patience"]
        3
    """

    def read(overlay: str | None) -> Case:
        return case if overlay in {None, case.overlay} else read_case(case.files[0].path, overlay=overlay)

    asked = ask_sweep(
        read,
        over=over or {},
        study=study,
        design=design,
        points=points,
        draws=draws,
        overlay=case.overlay,
        changes=changes,
        seed=seed,
        protocol=protocol,
        independent=independent,
        keep=keep,
        widen=widen,
        known_figures=lambda: PLOTS.names,
        forecasts=forecasts,
    )
    if problems := talk_rules(asked.scenario):
        raise InputError(problems)
    if out is None and (spread or figures):
        raise InputError("spread and figures are kept beside the results, so name a folder with out=")
    hired = make_workers(workers, cluster)
    try:
        if out is None:
            return sweep_in_memory(asked, hired, told=progress)
        home = open_home(asked, out=Path(out), workers=hired.slots)
        return _whole(asked, play_sweep(asked, home, hired, told=progress), split=spread, figures=figures)
    finally:
        hired.close()


def resume_sweep(
    folder: str | Path,
    *,
    case: str | Path | None = None,
    workers: int = 0,
    cluster: str | None = None,
    retry_failed: bool = False,
    spread: bool = False,
    figures: bool = False,
    progress: Told | None = None,
) -> xr.Dataset:
    """Go on with the sweep in a folder, asked as it was then; one that is finished is put together again.

    Args:
        case:         where the case is now; by default where it was, or the copies of its files if it is gone
        workers:      processes; 0: this one
        cluster:      address of a dask.distributed cluster instead
        retry_failed: play again what failed before
        spread:       keep too what the spread of the answer comes from
        figures:      and every figure that fits
        progress:     told how many are done, how many failed, how many there are
    Returns:
        what ``sweep_case`` gives
    Raises:  ResultsError if the folder holds no sweep; InputError if the case has changed since
    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from sim import read_case, resume_sweep, sweep_case
        >>> with TemporaryDirectory() as top:
        ...     pie, folder = read_case("scenarios/pie"), f"{top}/patience"
        ...     found = sweep_case(pie, over={"first.patience": [0.7, 0.9]}, draws=2, out=folder)
        ...     found.equals(resume_sweep(folder))
        True
    """
    place = Path(folder)
    asked = ask_sweep_again(place, place_of(None if case is None else str(case), place))
    hired = make_workers(workers, cluster)
    try:
        home = open_home(asked, out=place, workers=hired.slots)
        if retry_failed:
            forget_failed(home)
        return _whole(asked, play_sweep(asked, home, hired, told=progress), split=spread, figures=figures)
    finally:
        hired.close()


def _whole(asked: SweepAsk, done: SweepResult, *, split: bool, figures: bool) -> xr.Dataset:
    if done.results is None:  # only somebody who stops it on purpose leaves it unfinished
        raise KeyboardInterrupt
    finish_sweep(asked, done, split=split, figures=figures)
    return done.results
