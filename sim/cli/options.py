"""Options that several commands share."""

from __future__ import annotations

import json
from typing import Any

import click


def _remember(ctx: click.Context, _param: click.Parameter, value: bool) -> bool:
    ctx.meta["sim.json"] = value  # read where errors are told, which may be outside of the command
    return value


#: ``--json``, passed as ``as_json``; with it, standard output holds one JSON object, errors included.
json_option = click.option(
    "--json", "as_json", is_flag=True, callback=_remember, help="Print one JSON object, for machines."
)


def print_json(found: Any) -> None:
    """Print one JSON object on standard output."""
    click.echo(json.dumps(found, indent=2, ensure_ascii=False, default=str))
