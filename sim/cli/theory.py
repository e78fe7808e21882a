"""`sim theory`: what theory predicts of a case, beside what its talks come to."""

from __future__ import annotations

import click

from sim.cli.ask_options import AskOptions, ask_options
from sim.cli.options import json_option, print_json
from sim.cli.progress import progress


@click.command(epilog="Example: sim theory scenarios/pie")
@click.argument("case")
@ask_options(leave_out=(), draws="How many worlds; default: the scenario's, at most 500.")
@json_option
def theory(case: str, *, given: AskOptions, as_json: bool) -> None:
    """Say what every equilibrium and solution predicts of a case, on the same worlds as its talks.

    CASE is a folder with a scenario.toml, a .toml file, or the name of a folder in scenarios/.

    Each theory that applies is told with what it takes for granted, its prediction in the terms of the case, and how
    far the talks are from it; each that does not, with the assumption that fails; theories of another kind of dispute
    are counted and not named (--json: other_disputes). Nothing is kept.
    """
    from sim.foundations.plain_data import plain_data
    from sim.report.terminal_renderer import render_terminal
    from sim.report.theory_story import theory_story, without_other_disputes
    from sim.runs.theory_beside import theory_beside

    asked = given.ask(case)
    count = asked.draws if given.draws is not None else min(asked.draws, 500)
    with progress() as told:
        found = theory_beside(asked.scenario, count, central=asked.central, judge=asked.base, progress=told("playing"))
    if as_json:
        kept, left_out = without_other_disputes(found, asked.scenario)
        head = {"case": asked.case.name, "overlay": asked.overlay, "seed": asked.seed}
        print_json({**head, **plain_data(kept), "other_disputes": left_out})
    else:
        render_terminal(theory_story(found, asked.scenario))
