"""`sim new`: a commented scenario that already runs, or a member of one's own with its test."""

from __future__ import annotations

import os
from pathlib import Path

import click

from sim.cli.new_files import NAME, cases_folder, schema_texts, write_all
from sim.cli.options import json_option, print_json
from sim.cli.template import KINDS, template_texts
from sim.foundations import InputError, Problem, nearest
from sim.scenario.case_files import CASES_FOLDER


@click.command(epilog="Example: sim new machine --like purchase")
@click.argument("words", nargs=-1, required=True, metavar="[KIND] NAME")
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
def new(
    words: tuple[str, ...], kind: str | None, source: tuple[Path, ...], into: Path | None, *, as_json: bool
) -> None:
    """Write a small scenario to start from, in the words of its trade; or a member of your own, with its test.

    A scenario passes `sim check` and runs as it is; its lines say what may be changed, and what else can be said stands
    at its end. With a ceasefire an evidence file (in seeds/, beside the folder of the cases), an overlay and a study
    come along.

    `sim new protocol NAME` (or strategy, solution, forecast, figure) writes a package that plugs in, with a test of
    what every member promises; at the top of a clone of sim, a module, its test and its line in the list of members.
    """
    from sim.cli.new_member import KINDS_OF_MEMBERS

    if words[0] in KINDS_OF_MEMBERS:
        _new_member(words, plain=kind is None and not source, into=into, as_json=as_json)
        return
    if len(words) > 1:
        raise InputError(Problem(f'"{words[0]}" is no kind of member', allowed=", ".join(KINDS_OF_MEMBERS),
                                 nearest=nearest(words[0], KINDS_OF_MEMBERS)))  # fmt: skip
    name = words[0]
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


def _new_member(words: tuple[str, ...], *, plain: bool, into: Path | None, as_json: bool) -> None:
    """Write a member: `sim new KIND NAME`."""
    from sim.cli.new_member import KINDS_OF_MEMBERS, is_clone, member_texts

    kind = words[0]
    if len(words) != 2 or not plain:
        raise InputError(Problem(f"a {kind} is begun with its name alone", allowed=f"sim new {kind} NAME [--into DIR]"))
    place = into or Path()
    texts = member_texts(kind, words[1], place)
    fresh = [path for path in texts if path.name != "__init__.py"]
    for path in fresh:
        if path.exists():
            raise InputError(Problem(f"{path} is there already; nothing was written", allowed="another name"))
    write_all(place, texts, fresh=False)
    if as_json:
        print_json({"folder": place.as_posix(), "written": [path.as_posix() for path in texts]})
        return
    for path in texts:
        click.echo(f"{'wrote' if path in fresh else 'added a line to'} {path}")
    test = next(path for path in fresh if path.name.startswith("test_"))
    first = "" if is_clone(place) else f"pip install -e {fresh[0].parent}, then "
    click.echo(f"Next: {first}python -m pytest {test}")
    click.echo(f"To use it: {KINDS_OF_MEMBERS[kind].use.format(name=words[1])}")
