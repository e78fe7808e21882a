"""`sim report`: one page about results of any kind, to send to a colleague."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import json_option, print_json


@click.command(epilog="Example: sim report results/pie/one --open")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The file to write; default: report.html in DIR.",
)
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
@json_option
def report(folder: Path, out: Path | None, *, show: bool, as_json: bool) -> None:
    """Write DIR/report.html: one file with the answer, figures, tables, every number and where it comes from.

    DIR is a folder of `sim run`, `sim sweep`, `sim bridge` or `sim analyse --out`. The page needs nothing else and
    loads nothing from anywhere: it can be sent, printed, read without network.

    An unfinished sweep is not reported (exit code 2); what is played and how to go on is said instead.
    """
    from sim.report.page.write import write_page  # not in sim.report, which must not need matplotlib

    file = write_page(folder, out)
    size = file.stat().st_size
    if as_json:
        print_json({"report": file.as_posix(), "bytes": size})
    else:
        click.echo(f"{file.as_posix()} ({size / 1e6:.1f} MB)")
    if show:
        click.launch(file.resolve().as_uri())
