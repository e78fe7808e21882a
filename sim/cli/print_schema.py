"""`sim schema`: the JSON Schema of scenario files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from sim.cli.options import json_option
from sim.foundations import InputError, Problem
from sim.scenario import scenario_schema


@click.command(epilog="Example: sim schema --out scenarios/scenario.schema.json")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file.")
@click.option("--overlay", is_flag=True, help="The schema of overlays, where nothing but `extends` is required.")
@json_option
def schema(out: Path | None, *, overlay: bool, as_json: bool) -> None:
    """Print the JSON Schema of scenario files, so that editors complete and check keys.

    A scenario names it in its first line: #:schema ../scenario.schema.json
    """
    text = json.dumps(scenario_schema(overlay=overlay), indent=2, ensure_ascii=False) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(Problem(f"cannot be written: {error.strerror}", file=str(out))) from None
    if as_json:
        click.echo(json.dumps({"written": str(out)}))
    else:
        click.echo(f"wrote {out}", err=True)
