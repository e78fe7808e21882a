"""`sim view`: play with a case in the browser, on this machine only."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from sim.cli.ask_options import AskOptions, ask_options
from sim.cli.options import json_option, print_json

if TYPE_CHECKING:
    from sim.view import ViewedCase


@click.command(epilog="Example: sim view scenarios/ceasefire")
@click.argument("place", metavar="[CASE|DIR]", default="scenarios/ceasefire")
@ask_options(draws="The full number of worlds; default: the scenario's.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port; default: any that is free.")
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@json_option
def view(place: str, host: str, port: int, *, given: AskOptions, no_open: bool, as_json: bool) -> None:
    """Open a page to play with a case: sliders, endings, reasons, a map of outcomes.

    CASE is a folder with a scenario.toml, a .toml file, or the name of a folder in scenarios/; DIR is the
    results folder of a run.

    The page is served to this machine only, at an address with a random token, until Ctrl-C. Nothing is sent
    anywhere. Needs the extra "view".
    """
    # Many small products: threads of the linear algebra only wait for each other, and dragging would lag.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    from sim.foundations import InputError, Problem

    missing = [name for name in ("nicegui", "tomlkit") if find_spec(name) is None]
    if missing:
        raise InputError(
            Problem(
                f"the viewer needs the package {missing[0]}, which is not installed here",
                allowed="pip install 'negotiation-sim[view]'; in a clone: pip install -e '.[view]'",
            )
        )
    from sim.view import LOOPBACK, is_run, open_run, serve

    if is_run(place):
        if others := [option for option in given.given if option != "--draws"]:
            raise click.UsageError(f"{others[0]} goes with a case; a results folder is opened as its run was asked.")
        opened = open_run(place, draws=given.draws)
    else:
        opened = _case(place, given)
    if host not in LOOPBACK:
        click.echo(f"Warning: {host} can be reached by other machines; who has the address can use the page.", err=True)

    def told(address: str) -> None:
        if as_json:
            print_json({"url": address, "case": opened.name, "draws": opened.draws})
        else:
            click.echo(address)
            click.echo("Open this address in a browser on this machine; Ctrl-C ends the viewer.", err=True)

    serve(opened, host=host, port=port, show=not no_open, told=told, warned=partial(click.echo, err=True))
    click.echo("The viewer has ended.", err=True)


def _case(place: str, given: AskOptions) -> ViewedCase:
    """Open a case; where there is none, say that a results folder would do too."""
    from sim.foundations import InputError
    from sim.view import ViewedCase

    try:
        return ViewedCase(given.ask(place))
    except InputError as error:
        if len(error.problems) == 1 and error.problems[0].file is None and not given.given:
            allowed = f"{error.problems[0].allowed}; or the results folder of a run, as `sim run` named it"
            raise InputError(replace(error.problems[0], allowed=allowed)) from None
        raise
