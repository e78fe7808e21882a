"""What `sim sweep` and `sim plan` are asked for: a case, what to vary, and over which design."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import click

from sim.cli.ask_options import AskOptions, CommandFunction, ask_options
from sim.cli.case_arguments import read
from sim.sweeps.asking import DRAWS, ask_sweep
from sim.sweeps.sweep_ask import SweepAsk


def asked_options(command: CommandFunction) -> CommandFunction:
    """Add the options that say what to vary."""
    options: tuple[Callable[[CommandFunction], CommandFunction], ...] = (
        click.option(
            "--over",
            multiple=True,
            metavar="PATH=…",
            help="Vary this: PATH=LOW:HIGH:N (11 points where N is left out), PATH=a,b,c, "
            "issues.NAME.available=a|b,a..d, or overlay=a,b; may be repeated.",
        ),
        click.option("--study", metavar="NAME", help="Run a study of the case's studies.toml."),
        click.option("--design", metavar="NAME", help="grid (default), lhs, sobol, random or one-at-a-time."),
        click.option("--points", type=click.IntRange(min=1), help="Points of lhs, sobol and random."),
        ask_options(
            draws=f"Worlds at each point; default {DRAWS}.", overlay="Lay this overlay over the scenario first."
        ),
        click.option("--independent", is_flag=True, help="Other worlds at each point instead of the same ones."),
        click.option(
            "--forecasts",
            is_flag=True,
            help="Ask models of collective choice at every point too: columns forecast.MODEL.ISSUE.",
        ),
        click.option(
            "--keep",
            type=click.Choice(["auto", "draws", "summaries"]),
            help="Keep single draws too; auto: up to 200,000 negotiations.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def read_sweep(
    case: str,
    *,
    over: Sequence[str],
    study: str | None,
    design: str | None,
    points: int | None,
    given: AskOptions,
    independent: bool,
    keep: str | None,
    forecasts: bool = False,
) -> SweepAsk:
    """Read the case, make the axes, lay out the design.

    Raises:  InputError with what is wrong in the files or on the command line
    """
    if study is not None and over:
        raise click.UsageError("--study names what to vary already: leave out --over, or leave out --study.")
    return ask_sweep(
        cache(lambda name: read(case, name)),  # what is to be known of its files is said once
        over=over,
        study=study,
        design=design,
        points=points,
        draws=given.draws,
        overlay=given.overlay,
        changes=given.changes,
        seed=given.seed,
        protocol=given.protocol,
        independent=independent,
        keep=keep,
        widen=given.widen,
        known_figures=known_figures,
        forecasts=forecasts,
    )


def known_figures() -> Sequence[str]:
    """Names of all figures, for those who read studies."""
    from sim.plots import PLOTS

    return PLOTS.names
