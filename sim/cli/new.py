"""`sim new`: a commented scenario that already runs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

import click

from sim.cli.options import json_option, print_json
from sim.cli.template import README, SCENARIO
from sim.foundations import InputError, Problem
from sim.scenario import scenario_schema

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


@click.command(epilog="Example: sim new border-talks")
@click.argument("name")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("scenarios"),
    show_default=True,
    help="Folder in which the case's folder is made.",
)
@json_option
def new(name: str, into: Path, *, as_json: bool) -> None:
    """Write a small scenario to start from: two parties, two issues, a truce or a settlement.

    It passes `sim check` and runs as it is; every line says what may be changed.
    """
    if not _NAME.fullmatch(name):
        raise InputError(Problem(f'"{name}" is no name for a folder', allowed="letters, digits, _ and -"))
    folder = into / name
    if folder.exists():
        raise InputError(Problem(f"{folder} is there already; nothing was written", allowed="another name"))
    title = name.replace("-", " ").replace("_", " ").capitalize()
    written = []
    try:
        folder.mkdir(parents=True)
        for file, template in (("scenario.toml", SCENARIO), ("README.md", README)):
            text = template.replace("{title}", title).replace("{name}", name)
            (folder / file).write_text(text.replace("{folder}", folder.as_posix()), encoding="utf-8")
            written.append(folder / file)
        schema = into / "scenario.schema.json"
        if not schema.exists():
            schema.write_text(json.dumps(scenario_schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            written.append(schema)
    except OSError as error:
        raise InputError(Problem(f"cannot be written: {error.strerror}", file=str(folder))) from None
    if as_json:
        print_json({"folder": folder.as_posix(), "written": [path.as_posix() for path in written]})
        return
    for path in written:
        click.echo(f"wrote {path}")
    click.echo(f"Next: sim check {folder.as_posix()}, then sim run {folder.as_posix()}")
