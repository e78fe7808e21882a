"""`sim bridge`: the smallest change of levers that makes an ending as likely as asked, or that none does."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sim.cli.ask_options import AskOptions, ask_options
from sim.cli.options import (
    ARGV,
    FiniteRange,
    Remembering,
    folder_option,
    json_option,
    no_spread_option,
    print_json,
    workers_option,
)
from sim.cli.progress import progress


@click.command(cls=Remembering, epilog="Example: sim bridge scenarios/ceasefire --want settlement --at-least 0.5")
@click.argument("case")
@click.option(
    "--want",
    help="A kind of deal of the case, any-deal, or a condition on outcomes: 'terms.price > 3.3e6 and signed'; "
    "default: settlement, or any-deal where the case has no root causes to settle.",
)
@click.option(
    "--at-least",
    type=FiniteRange(0, 1, min_open=True),
    default=0.5,
    show_default=True,
    help="How likely it shall be.",
)
@click.option(
    "--measure",
    type=click.Choice(["ending", "declared", "acceptable"]),
    default="ending",
    show_default=True,
    help="In force at the end, signed first, or acceptable to all who must agree.",
)
@click.option("--levers", metavar="A,B", help="Levers that may be used; default: all in the scenario.")
@ask_options()
@click.option("--no-conventions", is_flag=True, help="Do not replay the answer under other conventions.")
@folder_option
@workers_option
@click.option("--no-figures", is_flag=True, help="Draw no figure.")
@no_spread_option
@json_option
@click.pass_context
def bridge(
    ctx: click.Context,
    case: str,
    want: str | None,
    at_least: float,
    measure: str,
    levers: str | None,
    workers: int | None,
    out: Path | None,
    *,
    given: AskOptions,
    no_conventions: bool,
    no_figures: bool,
    no_spread: bool,
    as_json: bool,
) -> None:
    """Find the smallest change that makes an ending as likely as asked, among what somebody really can do.

    CASE is a folder with a scenario.toml, a .toml file, or the name of a folder in scenarios/. The levers stand in
    the scenario ([levers.NAME]) with holder, range, cost and reason.

    Exit codes: 0 found, and fresh draws agree · 1 no combination does, or fresh draws disagree · 2 bad input.
    """
    from sim.bridges import Goal, usual_want
    from sim.cli.case_arguments import names
    from sim.cli.removed_files import told_if_removed
    from sim.jobs.bridge_case import run_bridge
    from sim.report.bridge_report import BridgeReport
    from sim.report.bridge_story import bridge_story
    from sim.report.terminal_renderer import render_terminal

    asked = given.ask(case)
    goal = Goal(usual_want(asked.scenario) if want is None else want, measure, at_least)
    with progress() as told, told_if_removed(out):
        done = run_bridge(
            asked,
            goal,
            None if levers is None else names(levers),
            out,
            argv=ctx.meta[ARGV],
            conventions=not no_conventions,
            split=not no_spread,
            figures=not no_figures,
            workers=workers,
            steps=told,
        )
    found, spread = done.bridge, done.spread
    if as_json:
        from sim.foundations.plain_data import plain_data

        widened = None if asked.widen == 1 else asked.widen
        head = {"case": asked.case.name, "folder": done.folder.as_posix(), "widened": widened}
        print_json(plain_data({**head, **found.to_json(), "spread": spread}))
    else:
        folder = done.folder.as_posix()
        report = BridgeReport(found, asked.scenario, asked.case.article, spread, asked.widen, folder)
        render_terminal(bridge_story(report))
    if not found.stands:
        sys.exit(1)
