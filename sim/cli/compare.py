"""`sim compare`: two runs side by side."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import json_option, print_json


@click.command(epilog="Example: sim compare results/pie/one results/pie/two")
@click.argument("first", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("second", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a page about it too, one HTML file to send, with a figure of what differs.",
)
@json_option
def compare(first: Path, second: Path, *, page: Path | None, as_json: bool) -> None:
    """Compare two results folders: endings, terms, differences with their error, what was set differently.

    DIR is a folder of `sim run` or of `sim sweep`, whose points then count alike; folders of `sim bridge` and
    `sim analyse` are read by `sim report`.

    Worlds that both runs have, by the same seed, are compared one by one, which makes the error small.
    """
    from sim.report import compare as compared
    from sim.report.comparison import comparison_story
    from sim.report.terminal_renderer import render_terminal

    found = compared(first, second)
    story = comparison_story(found)
    if page is not None:
        from sim.report.comparison import comparison_shown
        from sim.report.page.pictures import changes_picture, pieces_of
        from sim.report.page.write import write_story

        drawn = changes_picture(comparison_shown(found))
        write_story(comparison_story(found, pieces_of(drawn)), page, drawn=drawn)
    if as_json:
        print_json(found.to_json() | ({"page": page.as_posix()} if page is not None else {}))
    else:
        render_terminal(story)
        if page is not None:
            click.echo(f"Page: {page.as_posix()}")
