"""`sim run`: play a scenario and say what happens, how sure that is, and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from sim.cli.ask_options import AskOptions, ask_options
from sim.cli.options import ARGV, Remembering, folder_option, json_option, print_json
from sim.cli.progress import progress

if TYPE_CHECKING:
    import xarray as xr

    from sim.ensemble.ask import Ask
    from sim.report.pieces import Section


@click.command(cls=Remembering, epilog="Example: sim run scenarios/ceasefire --draws 500 --seed 7")
@click.argument("case")
@click.option("--overlays", metavar="all|A,B", help="Compare overlays with the base: all, or these.")
@ask_options(
    leave_out=(),
    protocols="NAME|all",
    protocol="Rules of the talks (`sim models` lists them); all: one table of every way out.",
    central="Every number at its central value; with --draws 1, one story.",
)
@click.option("--conventions", is_flag=True, help="Replay under other conventions, one by one and combined.")
@folder_option
@click.option(
    "--figures",
    type=click.Choice(["news", "all", "none"]),
    default="news",
    show_default=True,
    help="Draw those that carry news in this case, all that fit, or none.",
)
@click.option("--no-figures", is_flag=True, help="As --figures none.")
@click.option(
    "--no-flips", is_flag=True, help="Leave out what would flip the headline and where the spread comes from; quicker."
)
@json_option
@click.pass_context
def run(
    ctx: click.Context,
    case: str,
    overlays: str | None,
    out: Path | None,
    *,
    given: AskOptions,
    conventions: bool,
    figures: Literal["news", "all", "none"],
    no_figures: bool,
    no_flips: bool,
    as_json: bool,
) -> None:
    """Play a scenario: draw plausible worlds, let the actors bargain, tell what comes of it.

    CASE is a folder with a scenario.toml, a .toml file, or the name of a folder in scenarios/.

    Writes arrays (netCDF), a table (CSV), figures, inputs and a manifest to the results folder. That there is
    no deal is an answer: the exit code is 0.
    """
    if given.overlay is not None and overlays is not None:
        raise click.UsageError("--overlay plays one overlay, --overlays compares several: give one of them.")
    every_way = given.protocol == "all"
    if every_way and (overlays is not None or conventions or out is not None):
        raise click.UsageError(
            "--protocol all compares ways out and keeps nothing: leave out --overlays, --conventions, --out."
        )
    from sim.cli.case_arguments import names
    from sim.cli.removed_files import told_if_removed
    from sim.ensemble.room import Work
    from sim.ensemble.told_deals import tells_of_all
    from sim.jobs.run_case import run_case
    from sim.report.run_report import RunReport
    from sim.report.run_story import run_story
    from sim.report.terminal_renderer import render_terminal

    asked = (replace(given, protocol=None) if every_way else given).ask(
        case, overlays=() if overlays is None else names(overlays)
    )
    if every_way:
        _every_way(asked, as_json=as_json)
        return
    work = Work.of(asked.scenario, asked.draws)
    if work.large and work.fits:  # what does not fit is refused in these words
        click.echo(f"This takes {work.told}.", err=True)
        if not tells_of_all(work.deals) and not no_flips:
            click.echo("What would flip it is left out, as every replay takes as long.", err=True)
    with progress() as told, told_if_removed(out):
        done = run_case(
            asked,
            out,
            argv=ctx.meta[ARGV],
            conventions=conventions,
            flip=not no_flips,
            split=not no_flips,
            figures="none" if no_figures else figures,
            steps=told,
        )
    if done.failure is None and as_json:
        print_json(done.answer.to_json())
    elif not as_json:  # told even if it could not be kept
        talks = _talks(done.results, asked) if asked.draws == 1 else ()
        render_terminal(run_story(RunReport(done.answer, asked.scenario, asked.case.article), talks=talks))
        if figures == "news" and not no_figures:
            _tell_left_out(done.results)
    if done.failure is not None:
        raise done.failure


def _talks(results: xr.Dataset, asked: Ask) -> tuple[Section, ...]:
    """The story of the one world that was drawn."""
    from sim.report.transcript import talk_sections

    return talk_sections(results, asked.scenario)


def _tell_left_out(results: xr.Dataset) -> None:
    """Say which figures carry no news and are not drawn."""
    from sim.plots import figure_choice

    if left_out := figure_choice(results).left_out:
        click.echo(click.wrap_text(f"Figures not drawn: {left_out}.", 80))


def _every_way(asked: Ask, *, as_json: bool) -> None:
    """Play the case under every protocol and print one table; nothing is kept."""
    from sim.foundations.plain_data import plain_data
    from sim.report.every_way_story import every_way_story
    from sim.report.terminal_renderer import render_terminal
    from sim.report.theory_story import without_other_disputes
    from sim.runs.every_way import every_way

    with progress() as told:
        found = every_way(
            asked.scenario, asked.draws, central=asked.central, judge=asked.base, progress=told("playing")
        )
    if as_json:
        kept, left_out = without_other_disputes(found.theory, asked.scenario)
        head = {"case": asked.case.name, "overlay": asked.overlay, "seed": asked.seed}
        told_all = plain_data(replace(found, theory=kept))
        print_json({**head, **told_all, "other_disputes": left_out})
    else:
        render_terminal(every_way_story(found, asked.scenario))
