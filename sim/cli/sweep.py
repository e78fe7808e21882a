"""`sim sweep`: where in the space of parameters each ending lies."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.interrupt import INTERRUPTED, stopping
from sim.cli.options import (
    ARGV,
    FiniteRange,
    Remembering,
    json_option,
    no_spread_option,
    print_json,
    workers_option,
)
from sim.cli.progress import progress, sweep_progress
from sim.cli.sweep_request import asked_options, read_sweep

if TYPE_CHECKING:
    from sim.jobs.sweep_case import CaseSweep
    from sim.sweeps.home import Home
    from sim.sweeps.playing import SweepResult
    from sim.sweeps.sweep_ask import SweepAsk

#: Exit code of a sweep that finished although some points could not be played.
SOME_FAILED = 3


@click.command(
    cls=Remembering,
    epilog="Example: sim sweep scenarios/ceasefire --over russia.patience=0.6:0.97:9 --draws 200",
)
@click.argument("case", required=False)
@asked_options
@workers_option
@click.option("--cluster", metavar="ADDRESS", help="Play on a dask.distributed cluster, e.g. tcp://host:8786.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="The results folder itself.")
@click.option("--resume", type=click.Path(path_type=Path), metavar="DIR", help="Continue the sweep in this folder.")
@click.option("--retry-failed", is_flag=True, help="Play again what failed before.")
@click.option("--timeout", type=FiniteRange(min=0, min_open=True), help="Seconds a cell may take; default 600.")
@click.option("--chunk", type=click.IntRange(min=1), help="Negotiations in a chunk; changes no result.")
@click.option("--no-figures", is_flag=True, help="Draw no figures.")
@no_spread_option
@json_option
@click.pass_context
def sweep(
    ctx: click.Context,
    /,
    case: str | None,
    workers: int | None,
    cluster: str | None,
    out: Path | None,
    resume: Path | None,
    timeout: float | None,
    chunk: int | None,
    *,
    retry_failed: bool,
    no_figures: bool,
    no_spread: bool,
    as_json: bool,
    **what: Any,
) -> None:
    """Play a scenario at many points and map its endings; the same bits whatever plays it.

    CASE is a folder with a scenario.toml, a .toml file, or the name of a folder in scenarios/; with --resume it
    may be left out. Chunks are written as they are done: after Ctrl-C, or worse, the same command, or
    sim sweep --resume DIR, goes on where it was. A case that has changed since is refused, naming what differs.

    What it takes: time grows with the number of negotiations and falls with that of workers; sim plan measures it. A
    thousand million negotiations of the budget case, 0.05 ms each, are 14 hours of one core; on a cluster each chunk of
    4,096 of them (0.2 s) costs this program 3 ms besides. Workers that join late are given work, one that dies loses
    nothing, and where the scheduler dies the same command goes on.

    Exit codes: 0 done · 2 bad input · 3 done, but some points failed (failures.csv) · 130 stopped, can be resumed.
    """
    from sim.cli.removed_files import told_if_removed
    from sim.ensemble.chunk_runner import TIMEOUT
    from sim.ensemble.room import Work
    from sim.ensemble.workers import cores, make_workers
    from sim.jobs.sweep_case import finish_sweep
    from sim.sweeps.home import open_home
    from sim.sweeps.playing import forget_failed, play_sweep

    asked = _asked(case, resume, what)
    count = cores() if workers is None else workers
    work = Work.of(asked.scenario, asked.draws, points=len(asked.points.played), workers=max(count, 1))
    if work.large and work.fits:  # what does not fit is refused in these words
        click.echo(f"This takes {work.told}; `sim plan` measures it.", err=True)
    home = open_home(asked, out=resume or out, workers=count, rows=chunk, argv=tuple(ctx.meta[ARGV]))
    if retry_failed:
        forget_failed(home)
    hired = make_workers(count, cluster)
    try:
        with (
            sweep_progress(silent=as_json) as told,
            stopping(lambda: _say_stopping(as_json)) as stop,
            told_if_removed(home.folder),
        ):
            done = play_sweep(asked, home, hired, timeout=timeout or TIMEOUT, stop=stop, told=told)
    except KeyboardInterrupt:
        _say_interrupted(home, None, asked, as_json)
        sys.exit(INTERRUPTED)
    finally:
        hired.close()
    if not done.finished:
        _say_interrupted(home, done, asked, as_json)
        sys.exit(INTERRUPTED)
    with progress() as steps:
        found = finish_sweep(asked, done, split=not no_spread, figures=not no_figures, steps=steps)
    _say_unfit(found)
    if as_json:
        more = {"finished": True, "figures": list(found.figures), "spread": found.spread}
        print_json({**_as_dict(asked, done), **more})
    else:
        _tell(asked, found)
    if done.failed:
        sys.exit(SOME_FAILED)


def _tell(asked: SweepAsk, found: CaseSweep) -> None:
    from sim.report.sweep_report import SweepReport
    from sim.report.sweep_story import sweep_story
    from sim.report.terminal_renderer import render_terminal

    done = found.done
    if done.results is None:
        return
    report = SweepReport(
        done.results,
        asked.scenario,
        asked.ask.case.article,
        spread=found.spread,
        widened=asked.widen,
        folder=str(done.folder),
    )
    render_terminal(sweep_story(report))
    if done.played and done.seconds:
        click.echo(f"  {done.played / done.seconds:,.0f} negotiations per second")


def _asked(case: str | None, resume: Path | None, what: dict[str, Any]) -> SweepAsk:
    """What is asked; with --resume, what was asked then, of the case as it is now, or of its copies if it is gone."""
    if resume is None:
        if case is None:
            raise click.UsageError("Name a case, for example: sim sweep scenarios/ceasefire --study NAME")
        return read_sweep(case, **what)
    _refuse_other_widening(resume, what["given"].widen)
    given = [f"--{name}" for name in ("over", "study", "design", "points", "keep") if what[name]]
    given += [option for option in what["given"].given if option != "--widen"]
    if given:
        raise click.UsageError(f"--resume goes on with what was asked then; leave out {given[0]}.")
    from sim.sweeps.sweep_again import ask_sweep_again, place_of

    place = place_of(case, resume)
    if place is None:  # it cannot be seen whether the case has changed since
        click.echo(f"the case is not where it was; going on with the inputs kept in {resume}", err=True)
    return ask_sweep_again(resume, place)


def _refuse_other_widening(folder: Path, widen: float | None) -> None:
    from sim.foundations import InputError, Problem
    from sim.scenario import widening_words
    from sim.store import load_manifest

    before = load_manifest(folder).widen
    if widen is not None and widen != before:
        ways = f"ranges were {widening_words(before)}, are {widening_words(widen)}"
        told = f"{folder} was asked something else, so it cannot be continued: widen: {ways}"
        raise InputError(Problem(told, allowed="leave out --widen, or begin a new sweep with another --out"))


def _say_unfit(found: CaseSweep) -> None:
    if found.unfit and found.done.results is not None:
        from sim.plots import fitting

        named = ", ".join(f'"{name}"' for name in found.unfit)
        fit = ", ".join(fitting(found.done.results)) or "none"
        click.echo(
            f"figures of the study that do not fit its results are left out: {named}; these fit: {fit}", err=True
        )


def _as_dict(asked: SweepAsk, done: SweepResult) -> dict[str, Any]:
    return {
        "results": str(done.folder),
        "study": asked.study,
        "design": asked.points.design,
        "axes": [axis.name for axis in asked.points.axes],
        "points": len(asked.points),
        "draws": asked.draws,
        "widened": None if asked.widen == 1 else asked.widen,
        "negotiations": done.rows,
        "played": done.played,
        "failed": done.failed,
        "elapsed_s": round(done.seconds, 3),
        "digest": done.digest,
    }


def _say_stopping(as_json: bool) -> None:
    if not as_json:
        click.echo("\nstopping when the running chunks are done; Ctrl-C again stops at once", err=True)


def _say_interrupted(home: Home, done: SweepResult | None, asked: SweepAsk, as_json: bool) -> None:
    from sim.sweeps.home import resume_command

    command = resume_command(home.folder)
    if as_json:
        found = {"results": str(home.folder)} if done is None else _as_dict(asked, done)
        print_json({**found, "finished": False, "resume": command})
    click.echo(f"stopped; what was played is kept. Go on with: {command}", err=True)
