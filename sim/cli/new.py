"""`sim new`: a commented scenario that already runs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import click

from sim.cli.new_files import NAME, cases_folder, schema_texts, write_all
from sim.cli.options import json_option, print_json
from sim.foundations import InputError, Problem
from sim.scenario.reading import CASES_FOLDER


@click.command(epilog="Example: sim new border-talks")
@click.argument("name")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder in which the case's folder is made; default: scenarios, or this folder if it is called so.",
)
@json_option
def new(name: str, into: Path | None, *, as_json: bool) -> None:
    """Write a small scenario to start from: two parties, two issues, a truce or a settlement.

    It passes `sim check` and runs as it is; every line says what may be changed. An evidence file (in seeds/, beside
    the folder of the cases), an overlay and a study come along.
    """
    into = cases_folder() if into is None else into
    if not NAME.fullmatch(name):
        raise InputError(Problem(f'"{name}" is no name for a folder', allowed="letters, digits, _ and -"))
    folder = into / name
    evidence = Path(os.path.relpath(into.absolute().resolve().parent / "seeds" / f"{name}.toml"))
    if evidence.exists():
        raise InputError(Problem(f"{evidence} is there already; nothing was written", allowed="another name"))
    texts = _texts(name, into, evidence)
    write_all(folder, texts)
    if as_json:
        print_json({"folder": folder.as_posix(), "written": [path.as_posix() for path in texts]})
        return
    for path in texts:
        click.echo(f"wrote {path}")
    click.echo(f"Next: sim check {folder.as_posix()}, then sim run {folder.as_posix()}")


def _texts(name: str, into: Path, evidence: Path) -> dict[Path, str]:
    """Every file to be written, with its text."""
    folder = into / name
    title = name.replace("-", " ").replace("_", " ").capitalize()
    # commands in the texts are typed at the root of the clone
    typed = folder if into.name not in {"", os.pardir} else Path(CASES_FOLDER) / name
    templates = {
        folder / "scenario.toml": "scenario.toml",
        folder / "README.md": "README.md",
        folder / "overlays" / "patient.toml": "overlay.toml",
        folder / "studies.toml": "studies.toml",
        evidence: "evidence.toml",
    }
    words = {"{title}": title, "{name}": name, "{folder}": typed.as_posix()}
    top = files("sim.cli") / "templates"  # files that hold {title}, {name} and {folder}
    texts = {path: _filled((top / file).read_text(encoding="utf-8"), words) for path, file in templates.items()}
    return {**texts, **schema_texts(into)}


def _filled(text: str, words: Mapping[str, str]) -> str:
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text
