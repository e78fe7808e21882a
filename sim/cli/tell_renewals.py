"""`sim check --migrate`: a case of an earlier version, in the form of this one."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import print_json
from sim.foundations import InputError
from sim.jobs.renew_case import renewals, write_in_place, write_to
from sim.scenario import read_case
from sim.scenario.older_forms import RenewedFile


def tell_renewals(case: str, *, in_place: bool, out: Path | None, as_json: bool) -> None:
    """Show what a case of an earlier version looks like today, and write it where that was asked for.

    Raises:  InputError where a file cannot be read or written, or would be written over
    """
    files = renewals(case)
    changes = [file for file in files if file.renewals]
    before = _scenario(case) if in_place and changes else None
    kept = write_in_place(files) if in_place else {}
    written = tuple(kept) if out is None else write_to(files, out)
    if as_json:
        print_json(_plain(files, written, kept))
        return
    if not changes:
        click.echo(f"Nothing to rewrite: {_files(len(files))} in the present form.")
    for file in changes:
        click.echo(file.diff())
        for one in file.renewals:
            click.echo(f"  {'' if one.exact else 'Look at this: '}{one.why}")
    for path in written:
        click.echo(f"wrote {path}{f'; as it was: {kept[path]}' if path in kept else ''}")
    if changes and not written:
        click.echo("Nothing was written: --in-place writes it over the files, --out PATH elsewhere.")
    if in_place and changes:
        _compare(case, before)


def _scenario(case: str) -> object:
    """The scenario of a case; ``None`` where it is not sound."""
    try:
        return read_case(case).scenario
    except InputError:
        return None


def _compare(case: str, before: object) -> None:
    """Say whether the case is the one that it was."""
    after = _scenario(case)
    if after is None:
        click.echo(f"Something is wrong with it still: sim check {case}")
    elif before is None:
        click.echo("It is sound now, and was not before.")
    else:
        click.echo("It is the same case, number for number." if after == before else "It is sound, as it was before.")


def _files(count: int) -> str:
    return "the file is" if count == 1 else f"all {count} files are"


def _plain(files: tuple[RenewedFile, ...], written: tuple[Path, ...], kept: dict[Path, Path]) -> dict[str, object]:
    return {
        "files": [
            {
                "path": file.path.as_posix(),
                "diff": file.diff(),
                "changes": [{"path": list(one.place), "why": one.why, "exact": one.exact} for one in file.renewals],
            }
            for file in files
        ],
        "written": [path.as_posix() for path in written],
        "before": {path.as_posix(): old.as_posix() for path, old in kept.items()},
    }
