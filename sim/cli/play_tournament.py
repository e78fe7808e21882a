"""`sim tournament`: the game over strategies of a case."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.ask_options import AskOptions, ask_options
from sim.cli.options import json_option, print_json
from sim.cli.progress import progress


@click.command(epilog="Example: sim tournament scenarios/buyer_seller --strategies own,hold-out,conceder,micro")
@click.argument("case")
@ask_options(leave_out=(), draws="How many worlds; default: the scenario's, at most 200.")
@click.option(
    "--strategies",
    metavar="A,B,…",
    help="What each party may choose: own, hold-out, boulware, linear, conceder, or NAME:SETTING=NUMBER.",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write figure and JSON to this folder.")
@json_option
def tournament(
    case: str,
    strategies: str | None,
    out: Path | None,
    *,
    given: AskOptions,
    as_json: bool,
) -> None:
    """Play every combination of strategies on the same worlds, and say who should do what.

    CASE is a folder with a scenario.toml, a .toml file, or the name of a folder in scenarios/.

    Equilibria of the game over strategies, regrets with intervals, replicator dynamics, quantal responses and
    fictitious play. Beyond two parties mixed equilibria are not listed.
    """
    import json

    from sim.cli.case_arguments import names
    from sim.foundations.plain_data import plain_data
    from sim.plots.frame.save_figure import save
    from sim.plots.game import tournament_map
    from sim.report.terminal_renderer import render_terminal
    from sim.report.tournament_story import tournament_story
    from sim.runs.strategy_pool import USUAL
    from sim.runs.tournament import tournament as play_tournament

    asked = given.ask(case)
    count = asked.draws if given.draws is not None else min(asked.draws, 200)
    with progress() as told:
        found = play_tournament(
            asked.scenario,
            count,
            USUAL if strategies is None else names(strategies),
            central=asked.central,
            judge=asked.base,
            progress=told("playing"),
        )
    plain = {"case": asked.case.name, "overlay": asked.overlay, "seed": asked.seed, **plain_data(found)}
    if out is not None:
        written = save(tournament_map(found), out, "tournament")
        (out / "tournament.json").write_text(json.dumps(plain, indent=2, ensure_ascii=False), encoding="utf-8")
    if as_json:
        print_json(plain)
        return
    render_terminal(tournament_story(found, asked.scenario))
    if out is not None:
        click.echo(f"Figure: {written[0]}")
