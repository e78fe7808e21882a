"""`sim export`: a case as files of the field's other programs."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.case_arguments import read
from sim.cli.import_case import tell_unheld
from sim.cli.new_files import write_all
from sim.cli.options import (
    json_option,
    overlay_option,
    print_json,
)
from sim.formats import FORMATS, exported
from sim.foundations import InputError, Problem


@click.command("export", epilog="Example: sim export buyer_seller --to negolog-json -o buyer_seller_profiles")
@click.argument("case")
@click.option("--to", "format_name", required=True, metavar="FORMAT", help="The format, as `sim models` lists it.")
@overlay_option
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="File, or folder of several files.")
@json_option
def export_case(case: str, format_name: str, overlay: str | None, out: Path, *, as_json: bool) -> None:
    """Write a case for another program, at its central values; what its format does not hold is listed.

    Formats of utilities (GENIUS, GeniusWeb, NegMAS, NegoLog) make a folder with a file per side; formats of
    positions (KTAB, Decide, plain tables) make one file.
    """
    texts, notes = exported(read(case, overlay).scenario, format_name)
    single = list(texts) == [""]
    files = {out: texts[""]} if single else {out / name: text for name, text in texts.items()}
    if single and out.exists():
        raise InputError(Problem(f"{out} is there already; nothing was written", allowed="another name"))
    write_all(out.parent if single else out, files, fresh=not single)
    if as_json:
        print_json({"format": format_name, "written": [path.as_posix() for path in files], "not_held": notes})
        return
    for path in files:
        click.echo(f"wrote {path}")
    tell_unheld(notes, f"Not held by {FORMATS.entry(format_name).name}")
