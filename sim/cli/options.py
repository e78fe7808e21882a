"""Options that several commands share, and a command that remembers the words it was called with."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import click

from sim.foundations import InputError
from sim.scenario.widening import AS_STATED, OVERCONFIDENCE


def _remember(ctx: click.Context, _param: click.Parameter, value: bool) -> bool:
    ctx.meta["sim.json"] = value  # read where errors are told, which may be outside of the command
    return value


#: ``--json``, passed as ``as_json``; with it, standard output holds one JSON object, errors included.
json_option = click.option(
    "--json", "as_json", is_flag=True, callback=_remember, help="Print one JSON object, for machines."
)


class FiniteRange(click.FloatRange):
    """A number within limits; infinity and what is no number lie outside of all limits."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read the number."""
        found = float(super().convert(value, param, ctx))
        if not math.isfinite(found):
            self.fail(f"{value!r} is no number to compute with; it must be finite.", param, ctx)
        return found


class _Factor(FiniteRange):
    """A number from 1 up; whoever writes the case behind the bare flag is told what to do."""

    name = "factor"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read the factor."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            told = f"--widen takes a factor from 1 up, not {value!r}; write it last to widen by {OVERCONFIDENCE:g}"
            raise InputError(told) from None


#: ``--widen [FACTOR]``, passed as ``widen``: None where it is not given, 1 where it is switched off.
widen_option = click.option(
    "--widen",
    type=_Factor(min=AS_STATED),
    is_flag=False,
    flag_value=f"{OVERCONFIDENCE:g}",
    metavar="[FACTOR]",
    help=f"Widen stated ranges: half-widths times this; {OVERCONFIDENCE:g} (overconfidence of stated 80 % ranges) "
    "if no factor follows, 1: as they are stated.",
)


#: ``--overlay NAME`` where nothing else is asked of a case; see ``ask_options``.
overlay_option = click.option("--overlay", metavar="NAME", help="Lay this overlay over the scenario.")

#: ``--out DIR`` of what is kept in a folder of its own.
folder_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The results folder itself; default: a new one in results/.",
)

#: ``--workers N``.
workers_option = click.option(
    "--workers", type=click.IntRange(min=0), help="Processes; default: one per core; 0: this process."
)

#: ``--no-spread``.
no_spread_option = click.option("--no-spread", is_flag=True, help="Leave out where the spread comes from; quicker.")


def print_json(found: Any) -> None:
    """Print one JSON object on standard output."""
    click.echo(json.dumps(found, indent=2, ensure_ascii=False, default=str))


#: Key of the words among what the context carries.
ARGV = "sim.argv"


class Remembering(click.Command):
    """A command that remembers the words it was called with."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as usual, after writing down what is parsed."""
        ctx.meta[ARGV] = ("sim", str(self.name), *args)
        return super().parse_args(ctx, args)
