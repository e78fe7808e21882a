"""Saying that files to hand over, which told of earlier results in the same folder, are gone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from sim.store.folder import handed_over
from sim.words import enumerated


@contextmanager
def told_if_removed(folder: Path | None) -> Iterator[None]:
    """Say on standard error which pages, briefs and tables were removed while something was played into a folder."""
    before = handed_over(folder) if folder is not None else ()
    yield
    if folder is None:
        return
    after = handed_over(folder)
    if gone := [name for name in before if name not in after]:
        click.echo(
            f"Removed from {folder}: {enumerated(gone)}, which told of the earlier results; `sim report {folder}` "
            "writes them of these.",
            err=True,
        )
