"""`sim report`: one page about results of any kind, to send to a colleague; a brief; files for Word and Excel."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import json_option, print_json


@click.command(epilog="Example: sim report results/pie/one --open")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--brief", is_flag=True, help="Write DIR/brief.html instead: the answer on one page of A4.")
@click.option("--docx", is_flag=True, help="Write DIR/brief.docx instead: the same page for Word.")
@click.option("--xlsx", is_flag=True, help="Write DIR/tables.xlsx instead: every table as a sheet, numbers as numbers.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The file to write; default: report.html in DIR.",
)
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
@json_option
def report(folder: Path, out: Path | None, *, brief: bool, docx: bool, xlsx: bool, show: bool, as_json: bool) -> None:
    """Write DIR/report.html: one file with the answer, figures, tables, every number and where it comes from.

    DIR is a folder of `sim run`, `sim sweep`, `sim bridge` or `sim analyse --out`. The page needs nothing else and
    loads nothing from anywhere: it can be sent, printed, read without network.

    --brief, --docx and --xlsx may be given together; the last two need packages:
    pip install 'negotiation-sim[office]'.

    An unfinished sweep is not reported (exit code 2); what is played and how to go on is said instead.
    """
    from sim.report.hand_over import WHOLE, Handed, hand_over  # not in sim.report, which must not need matplotlib

    asked: dict[Handed, bool] = {"brief": brief, "docx": docx, "xlsx": xlsx}
    files = hand_over(folder, [kind for kind, wanted in asked.items() if wanted] or WHOLE, out)
    sizes = {kind: file.stat().st_size for kind, file in files.items()}
    if as_json:
        print_json({kind: file.as_posix() for kind, file in files.items()} | {"bytes": sum(sizes.values())})
    else:
        for kind, file in files.items():
            size = sizes[kind]
            shown = f"{size / 1e6:.1f} MB" if size > 1e5 else f"{size / 1e3:.0f} kB"
            click.echo(f"{file.as_posix()} ({shown})")
    if show:
        for file in files.values():
            click.launch(file.resolve().as_uri())
