"""`sim reproduce`: whether stored results come out again, bit for bit."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sim.cli.options import json_option, print_json
from sim.cli.progress import progress


@click.command(epilog="Example: sim reproduce results/ceasefire/20251123T071500Z-run-2000-3fa2c1d0")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--chunks",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="Chunks of a sweep to play again; of a run, a hundred times as many draws.",
)
@json_option
def reproduce(folder: Path, chunks: int, *, as_json: bool) -> None:
    """Play a sample of stored results again, from the copies of their inputs, and compare bit for bit.

    Exit codes: 0 the same · 1 something differs · 2 bad input.
    """
    from dataclasses import asdict

    from sim.sweeps.reproduction import reproduce as again

    with progress() as told:
        found = again(folder, chunks, told=told("playing again"))
    if as_json:
        print_json({"results": str(folder), "same": found.same, **asdict(found)})
    else:
        what = "chunks" if found.kind == "sweep" else "draws"
        if found.same:
            click.echo(f"The same bits: {len(found.looked):,} of {found.of:,} {what} played again.")
        else:
            click.echo(
                f"{len(found.differing):,} of {len(found.looked):,} {what} played again differ: "
                + _some(found.differing)
            )
        if not found.inputs:
            click.echo("The program is another version than the one that made these results.", err=True)
        for name, (then, now) in found.versions.items():
            click.echo(f"{name}: {then} then, {now} now", err=True)
    if not found.same:
        sys.exit(1)


def _some(numbers: tuple[int, ...]) -> str:
    return ", ".join(str(number) for number in numbers[:10]) + (" …" if len(numbers) > 10 else "")
