"""`sim score`: a case judged against dated forecasts."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.ask_options import AskOptions, ask_options
from sim.cli.options import json_option, print_json
from sim.cli.progress import progress


@click.command(epilog="Example: sim score scenarios/ceasefire --against forecasts.toml")
@click.argument("case")
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Dated forecasts; default: forecasts.toml in the folder of the case.",
)
@ask_options()
@json_option
def score(case: str, against: Path | None, *, given: AskOptions, as_json: bool) -> None:
    r"""Judge a case against dated forecasts: how likely it calls what they ask, and how good that is.

    CASE is a folder with a scenario.toml, a .toml file, or the name of a folder in scenarios/.

    \b
    [source]       title, date
    [[forecast]]   by, asked (a date: round 0 of the case), and shares in
                   percent of bins:
                   takes_effect = { "2025-04..2025-06" = 9, … ,
                                    "not before 2026" = 72 }
                   held_days = { "<30" = 58, ">=91" = 17 }
    [outcome]      takes_effect, held_days: the bin that came true
    [base_rates]   takes_effect, held_days: name of a rate of the case;
                   without it, the rate that says `answers = …`

    With an outcome there are Brier and log scores, and CRPS over the bins (of cumulated shares at their edges). Without
    one, scores are those expected under each forecaster's distribution, and say so. Nothing is fitted to any of it.
    """
    from sim.jobs.score_case import score_case
    from sim.report.score_story import score_story
    from sim.report.terminal_renderer import render_terminal

    with progress() as told:
        found = score_case(given.ask(case), against, steps=told)
    if as_json:
        print_json(found.to_json())
    else:
        render_terminal(score_story(found))
