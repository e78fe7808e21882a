"""`sim update`: what another article changes in an answer, which claim changes it, what to watch."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.ask_options import AskOptions, ask_options
from sim.cli.options import json_option, print_json
from sim.cli.progress import progress


@click.command(epilog="Example: sim update scenarios/ceasefire --with istanbul-memoranda --draws 300")
@click.argument("case")
@click.option(
    "--with",
    "overlay",
    required=True,
    metavar="OVERLAY.toml",
    help="An overlay whose `evidence` names the other article: its file, or its name in news/ or overlays/.",
)
@ask_options(leave_out=("overlay", "central"), settings="Change both alike; may be repeated.")
@click.option(
    "--page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a page about it too, one HTML file to send, with a figure of what changes.",
)
@json_option
def update(case: str, overlay: str, page: Path | None, *, given: AskOptions, as_json: bool) -> None:
    """Say what the news changes: play a case as it stands and with the evidence that an overlay brings.

    The overlay holds what the other article says: numbers and red lines with its claims, new observations, or those
    of the base that no longer count. Both are played in the same worlds. Each claim is taken alone and left out of the
    rest, so that it is seen which of them moves the answer; then statements and early events are ranked by how much
    they would move it again.

    Unlike `sim run --overlay`, which asks what if the world were changed, the observations of the overlay select the
    worlds anew.
    """
    from sim.cli.case_arguments import read
    from sim.jobs.update_case import update_case
    from sim.report.terminal_renderer import render_terminal

    with progress() as told:
        found = update_case(
            read(case),
            overlay,
            given.draws,
            changes=given.changes,
            seed=given.seed,
            protocol=given.protocol,
            widen=given.widen,
            steps=told,
        )
    if page is not None:
        from sim.report.page.write import write_story

        drawn = found.pictures()
        write_story(found.story_with(drawn), page, found.told.words, drawn)
    if as_json:
        print_json(found.to_json() | ({"page": page.as_posix()} if page is not None else {}))
    else:
        render_terminal(found.story)
        if page is not None:
            click.echo(f"Page: {page.as_posix()}")
