"""`sim new`: a commented scenario that already runs."""

from __future__ import annotations

import os
from pathlib import Path

import click

from sim.cli.new_files import NAME, cases_folder, schema_texts, write_all
from sim.cli.options import json_option, print_json
from sim.cli.template import KINDS, template_texts
from sim.foundations import InputError, Problem
from sim.scenario.reading import CASES_FOLDER


@click.command(epilog="Example: sim new machine --like purchase")
@click.argument("name")
@click.option(
    "--like",
    "kind",
    type=click.Choice(list(KINDS)),
    help="What it is like: "
    + "; ".join(f"{kind} ({words})" for kind, words in KINDS.items())
    + ". Default: ceasefire.",
)
@click.option(
    "--from",
    "source",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Make it of a file of another program, as `sim import` does; again for each further file.",
)
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder in which the case's folder is made; default: scenarios, or this folder if it is called so.",
)
@json_option
def new(name: str, kind: str | None, source: tuple[Path, ...], into: Path | None, *, as_json: bool) -> None:
    """Write a small scenario to start from, in the words of its trade.

    It passes `sim check` and runs as it is; its lines say what may be changed, and what else can be said stands at
    its end. With a ceasefire an evidence file (in seeds/, beside the folder of the cases), an overlay and a study come
    along.
    """
    into = cases_folder() if into is None else into
    if not NAME.fullmatch(name):
        raise InputError(Problem(f'"{name}" is no name for a folder', allowed="letters, digits, _ and -"))
    folder = into / name
    if source:
        if kind is not None:
            raise InputError(Problem("--like and --from both say what the case is", allowed="one of them"))
        from sim.cli.import_case import make_from_files

        make_from_files(source, folder, None, as_json=as_json)
        return
    evidence = Path(os.path.relpath(into.absolute().resolve().parent / "seeds" / f"{name}.toml"))
    # commands in the texts are typed at the root of the clone
    typed = folder if into.name not in {"", os.pardir} else Path(CASES_FOLDER) / name
    texts = template_texts(kind or "ceasefire", name, folder, typed, evidence)
    if evidence in texts and evidence.exists():
        raise InputError(Problem(f"{evidence} is there already; nothing was written", allowed="another name"))
    texts |= schema_texts(into)
    write_all(folder, texts)
    if as_json:
        print_json({"folder": folder.as_posix(), "written": [path.as_posix() for path in texts]})
        return
    for path in texts:
        click.echo(f"wrote {path}")
    click.echo(f"Next: sim check {folder.as_posix()}, then sim run {folder.as_posix()}")
