"""Reading a case for a command, saying how its files were taken where that is not plain."""

from __future__ import annotations

from pathlib import Path

import click

from sim.engine.registered import names_are_registered
from sim.scenario import Case, read_case


def read(case: str | Path, overlay: str | Path | None = None) -> Case:
    """Read a case with the rules on registered names; what is to be known of its files goes to standard error.

    Raises:  InputError with everything that is wrong in the files
    """
    found = read_case(case, overlay=overlay, extra_rules=(names_are_registered,))
    tell_note(found)
    return found


def tell_note(case: Case) -> None:
    """Say in one line, beside the answer, how the files were taken; nothing where that is plain."""
    if case.note:
        click.echo(f"Note: {case.note}", err=True)
