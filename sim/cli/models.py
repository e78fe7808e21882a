"""`sim models`: everything registered, with its grade and source."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from typing import Any, Final

import click
from rich.console import Console
from rich.table import Table

from sim.cli.member_grades import member_grade
from sim.cli.options import json_option, print_json
from sim.engine.registered import REGISTRIES
from sim.formats import FORMATS
from sim.foundations import Entry, Registry
from sim.plots import PLOTS

#: Kind as people call it -> the registry of its members; those that a scenario names, figures and file formats.
MEMBERS: Final[dict[str, Registry[Any]]] = {**REGISTRIES, "figure": PLOTS, "file format": FORMATS}


def every_member() -> Iterator[tuple[str, Entry[Any]]]:
    """Every registered member with its kind."""
    for kind, members in MEMBERS.items():
        for entry in members:
            yield kind, entry


@click.command(epilog="Example: sim models --kind protocol")
@click.option("--kind", type=click.Choice(list(MEMBERS)), help="Only members of this kind.")
@json_option
def models(kind: str | None, *, as_json: bool) -> None:
    """List protocols, strategies, solutions, equilibria, figures and file formats, with a grade and a source each.

    Grades: verified against published numbers (printed ones, or those of another program) · verified against theory ·
    ours (own tests only). `sim explain NAME` names the test that says so.
    """
    rows = [(group, entry) for group, entry in every_member() if kind in {None, group}]
    if as_json:
        keys = ("name", "status", "source", "summary")
        print_json(
            {
                "models": [
                    {
                        "kind": group,
                        **{key: getattr(entry, key) for key in keys},
                        **dataclasses.asdict(member_grade(group, entry.name)),
                    }
                    for group, entry in rows
                ]
            }
        )
        return
    table = Table(box=None, pad_edge=False, header_style="bold", show_header=True)
    for title in ("name", "what it does", "grade", "source"):
        table.add_column(title, overflow="fold", no_wrap=title == "name")
    previous = ""
    for group, entry in rows:
        if group != previous:
            table.add_row(f"[bold]{group}[/bold]", "", "", "")
            previous = group
        table.add_row(f"  {entry.name}", entry.summary, _graded(group, entry), entry.source)
    # a pipe has no width; a wide one keeps each member on one or two lines
    width = None if sys.stdout.isatty() else 100
    Console(file=sys.stdout, highlight=False, width=width).print(table)


def _graded(kind: str, entry: Entry[Any]) -> str:
    """The grade of a member; a known problem is told instead."""
    if entry.status == "known problem":
        return entry.status
    return member_grade(kind, entry.name).grade
