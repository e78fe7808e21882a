"""`sim import`: a case from files of the field's other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from sim.cli.new_files import NAME, cases_folder, schema_texts, write_all
from sim.cli.options import json_option, print_json
from sim.formats import imported
from sim.foundations import InputError, Problem


@click.command("import", epilog="Example: sim import party1.xml party2.xml -o scenarios/camera")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Folder of the new case; default: scenarios/NAME.")
@click.option("--format", "format_name", metavar="FORMAT", help="The format; by default the one that the files show.")
@json_option
def import_case(files: tuple[Path, ...], out: Path | None, format_name: str | None, *, as_json: bool) -> None:
    """Make a case of files of another program: KTAB, Decide, GENIUS, GeniusWeb, NegMAS, NegoLog, or a plain table.

    FILES are one table of positions, or the profiles of all sides with the domain where it has a file of its own.
    `sim models --kind "file format"` lists the formats. What a case cannot hold is listed, and in the README.
    """
    make_from_files(files, out, format_name, as_json=as_json)


def make_from_files(files: Sequence[Path], out: Path | None, format_name: str | None, *, as_json: bool) -> None:
    """Write a case from foreign files, and say what was written and what is not held.

    Raises:  InputError for files that cannot be read, and where the case is there already
    """
    folder = out if out is not None else cases_folder() / _name_from(files[0])
    name = folder.resolve().name
    if not NAME.fullmatch(name):
        raise InputError(Problem(f'"{name}" is no name for a folder', allowed="letters, digits, _ and -"))
    made = imported(files, name, format_name)
    texts = {folder / "scenario.toml": made.scenario, folder / "README.md": made.readme, **schema_texts(folder.parent)}
    write_all(folder, texts)
    if as_json:
        written = [path.as_posix() for path in texts]
        print_json({"folder": folder.as_posix(), "format": made.format, "written": written, "not_held": made.notes})
        return
    click.echo(f"read {len(files)} file{'' if len(files) == 1 else 's'} as {made.format}")
    for path in texts:
        click.echo(f"wrote {path}")
    tell_unheld(made.notes, "Not in the files, or not held")
    click.echo(f"Next: sim check {folder.as_posix()}, then sim run {folder.as_posix()}")


def tell_unheld(notes: Sequence[str], title: str) -> None:
    """List what is lost on the way."""
    if notes:
        click.echo(f"{title}:")
    for note in notes:
        click.echo(f"  - {note}")


def _name_from(file: Path) -> str:
    """A folder's name made of a file's."""
    kept = "".join(letter if (letter.isascii() and letter.isalnum()) or letter in "_-" else "_" for letter in file.stem)
    return kept.strip("_-").lower() or "imported"
