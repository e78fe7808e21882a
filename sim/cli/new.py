"""`sim new`: a commented scenario that already runs."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

import click

from sim.cli.options import json_option, print_json
from sim.foundations import InputError, Problem
from sim.scenario import scenario_schema
from sim.scenario.reading import CASES_FOLDER

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


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
    into = _cases_folder() if into is None else into
    if not _NAME.fullmatch(name):
        raise InputError(Problem(f'"{name}" is no name for a folder', allowed="letters, digits, _ and -"))
    folder = into / name
    if folder.exists():
        raise InputError(Problem(f"{folder} is there already; nothing was written", allowed="another name"))
    evidence = Path(os.path.relpath(into.absolute().resolve().parent / "seeds" / f"{name}.toml"))
    if evidence.exists():
        raise InputError(Problem(f"{evidence} is there already; nothing was written", allowed="another name"))
    texts = _texts(name, into, evidence)
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(Problem(f"cannot be written: {error.strerror}", file=str(folder))) from None
    if as_json:
        print_json({"folder": folder.as_posix(), "written": [path.as_posix() for path in texts]})
        return
    for path in texts:
        click.echo(f"wrote {path}")
    click.echo(f"Next: sim check {folder.as_posix()}, then sim run {folder.as_posix()}")


def _cases_folder() -> Path:
    """Where cases are: scenarios/ below this folder, or the folder of that name that this one is, or lies in."""
    here = Path.cwd()
    if here.name == CASES_FOLDER:
        return Path()
    return Path(os.pardir) if here.parent.name == CASES_FOLDER else Path(CASES_FOLDER)


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
    for schema, overlay in ((into / "scenario.schema.json", False), (into / "overlay.schema.json", True)):
        if not schema.exists():
            texts[schema] = json.dumps(scenario_schema(overlay=overlay), indent=2, ensure_ascii=False) + "\n"
    return texts


def _filled(text: str, words: Mapping[str, str]) -> str:
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text
