"""`sim backtest`: every model on decisions that were taken."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from sim.cli.options import FiniteRange, json_option, print_json
from sim.cli.progress import progress


@click.command(epilog="Example: sim backtest deu3.tsv --out results/deu3")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--only", multiple=True, metavar="MODEL", help="Judge this model; may be repeated. Default: all.")
@click.option(
    "--least",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="Actors with a position and a salience that an issue needs; 1 keeps every issue with an outcome.",
)
@click.option(
    "--capability",
    type=click.Choice(["equal", "file"]),
    help="Whose capabilities count; default: equal for DEU, the file's for a table.",
)
@click.option(
    "--noise",
    "sizes",
    multiple=True,
    type=FiniteRange(min=0, max=100, min_open=True),
    metavar="PERCENT",
    help="Errors in positions and saliences of up to ± so much; may be repeated. Default: 5 and 20.",
)
@click.option(
    "--noise-draws",
    type=click.IntRange(min=0),
    default=3,
    show_default=True,
    help="Draws for each size of errors; 0 leaves errors out.",
)
@click.option("--resamples", type=click.IntRange(min=100), default=2000, show_default=True, help="For the intervals.")
@click.option("--folds", type=click.IntRange(min=2), default=10, show_default=True, help="For weights of the mixture.")
@click.option("--seed", default="backtest", show_default=True, metavar="TEXT", help="Root of all random numbers.")
@click.option("--workers", type=click.IntRange(min=0), help="Processes; default: one per core; 0: this process.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Keep page, figure, tables here."
)
@json_option
def backtest(
    file: Path,
    only: tuple[str, ...],
    least: int,
    capability: Literal["equal", "file"] | None,
    sizes: tuple[float, ...],
    noise_draws: int,
    resamples: int,
    folds: int,
    seed: str,
    workers: int | None,
    out: Path | None,
    *,
    as_json: bool,
) -> None:
    r"""Judge forecasts, our own talks and solutions on decisions that were taken, beside the weighted mean.

    FILE is a data set in one of two layouts, known by its first line; lines are separated by tabs, commas or
    semicolons.

    \b
    DEU    One row per issue: prnr (decision), isnr (issue), p… and s… for
           each actor (position and salience, 0 to 100), out (outcome),
           rp (status quo); a row without a decision holds capabilities.
           DEU III is published by Arregui & Perarnaud (CC BY 4.0,
           doi 10.34810/data53); bring your own copy.
    table  One row per actor and issue: issue, actor, position, salience,
           outcome, and if wanted decision, capability, status_quo, low,
           high (ends of the scale); other columns are groups.

    An error is the distance from what was decided, in points of a scale of 100. Intervals are paired with the weighted
    mean and resample whole decisions. Weights of a mixture are fitted on other decisions than they are judged on.
    """
    from sim.formats.decision_files import read_decisions
    from sim.jobs.backtest_file import backtest_file
    from sim.report.backtest_story import backtest_story
    from sim.report.terminal_renderer import render_terminal

    decisions = read_decisions(file, least=least, capability=capability)
    with progress() as told:
        found = backtest_file(
            decisions,
            out,
            only=only,
            noise=[size / 100 for size in sizes] or (0.05, 0.2),
            draws=noise_draws,
            resampled=resamples,
            folds=folds,
            seed=seed,
            workers=workers,
            steps=told,
        )
    if as_json:
        print_json(found.to_json())
    else:
        render_terminal(backtest_story(found, kept="" if out is None else out.as_posix()))
