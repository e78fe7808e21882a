"""`sim plan`: what a sweep would take; nothing is run."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.options import (
    json_option,
    print_json,
    workers_option,
)
from sim.cli.sweep_request import asked_options, read_sweep


@click.command(epilog="Example: sim plan scenarios/ceasefire --over russia.patience=0.6:0.97:21 --draws 500")
@click.argument("case")
@asked_options
@workers_option
@json_option
def plan(case: str, workers: int | None, *, as_json: bool, **what: Any) -> None:
    """Say what a sweep would take: points, draws, time from a timed sample, disk. Nothing is kept.

    CASE is a folder with a scenario.toml, a .toml file, or the name of a folder in scenarios/.
    """
    from dataclasses import asdict

    from sim.ensemble.workers import cores
    from sim.foundations import short_number
    from sim.scenario import widening_words
    from sim.sweeps import forecast

    asked = read_sweep(case, **what)
    found = forecast(asked, cores() if workers is None else workers)
    if as_json:
        axes = [{"name": axis.name, "title": axis.title, "values": axis.values} for axis in asked.points.axes]
        print_json({**asdict(found), "design": asked.points.design, "axes": axes, "keep_draws": asked.keep,
                    "widened": None if asked.widen == 1 else asked.widen})  # fmt: skip
        return
    click.echo(f"Design        {asked.points.design}")
    for axis in asked.points.axes:
        among = [value for value in axis.values if not isinstance(value, str)]
        shown = (
            ", ".join(value if isinstance(value, str) else short_number(value, among) for value in axis.values)
            if axis.choice
            else f"{short_number(axis.low)} to {short_number(axis.high)}"
            + (f" in {axis.count}" if asked.points.design == "grid" else "")
        )
        click.echo(f"  {axis.name:<38} {shown}")
    twice = f", {found.duplicates:,} of them duplicates that are played once" if found.duplicates else ""
    click.echo(f"Points        {found.points:,}{twice}")
    if asked.points.design == "sobol" and found.points & (found.points - 1):
        click.echo("              a power of two is better balanced, and can be doubled without losing anything")
    same = "the same at every point" if asked.common else "others at every point"
    click.echo(f"Draws         {found.draws:,} at each, {same}")
    if asked.widen != 1:
        click.echo(f"Ranges        half-widths {widening_words(asked.widen)}")
    click.echo(f"Negotiations  {found.negotiations:,}")
    click.echo(f"Time          about {_span(found.seconds)} with {found.workers} workers")
    click.echo(f"              (measured: {found.microseconds:,.0f} µs each, on {found.sample:,} of them)")
    click.echo(f"Disk          about {found.disk_bytes / 1e6:,.1f} MB{'' if asked.keep else ', without single draws'}")
    if found.failed:
        click.echo(f"Beware        some of the sample failed: {found.failed}", err=True)


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
