"""`sim agree`: how far people who coded the same source agree, and what they say together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import click

from sim.cli.new_files import write_all
from sim.cli.options import json_option, print_json
from sim.formats.toml_text import toml_key, toml_number, toml_string, toml_strings
from sim.foundations import InputError, Problem

if TYPE_CHECKING:
    from sim.jobs.agree_cases import CoderComparison

_SHOWN: Final = 12


@click.command(epilog="Example: sim agree anna.toml ben.toml --pool scenarios/dam/overlays/both.toml")
@click.argument("codings", nargs=-1, required=True, metavar="A.toml B.toml …")
@click.option("--pool", "out", type=click.Path(path_type=Path), help="Write an overlay of A with the numbers pooled.")
@click.option(
    "--pooling",
    type=click.Choice(["mixture", "quantiles"]),
    default="mixture",
    help="mixture: drawn from one coder or another (default); quantiles: ends and values are the coders' means.",
)
@json_option
def agree(
    codings: tuple[str, ...], out: Path | None, pooling: Literal["mixture", "quantiles"], *, as_json: bool
) -> None:
    """Compare scenarios, or evidence files, that several people made of the same source.

    Krippendorff's alpha for each kind of code: 1 is full agreement, 0 what guessing would reach; it is customary to
    rely on codes from .8 on, and to draw tentative conclusions from .667 on. Then what they see differently.
    """
    from sim.jobs.agree_cases import agree as compared

    found = compared(codings)
    pooled = {} if out is None else found.pooled(pooling)
    if out is not None:
        if out.exists():
            raise InputError(Problem(f"{out} is there already; nothing was written", allowed="another name"))
        write_all(out.parent, {out: pooled_overlay_text(found, pooled, out)}, fresh=False)
    if as_json:
        written = {} if out is None else {"pool": out.as_posix(), "pooled": pooled}
        print_json({**found.to_json(), **written})
        return
    _print(found)
    if out is not None:
        click.echo(f"\nwrote {out}: {len(pooled)} numbers pooled ({pooling})")


def pooled_overlay_text(found: CoderComparison, pooled: dict[str, dict[str, Any]], out: Path) -> str:
    """An overlay of the first coding in which numbers are what all coders say together."""
    numbers = found.cases[0].scenario.numbers
    lines = [
        f"# What {' and '.join(found.coders)} made of the same source, pooled by `sim agree`.",
        f"extends = {toml_string(found.pool_place(out))}",
        "",
    ]
    for path, table in pooled.items():
        place = ".".join(toml_key(str(key)) for key in numbers[path].place)
        lines.append(f"{place} = {_table(table)}")
    return "\n".join(lines) + "\n"


def _table(found: dict[str, Any]) -> str:
    parts = []
    for key, value in found.items():
        if isinstance(value, dict):
            told = _table(value)
        elif isinstance(value, list):
            told = toml_strings(value)
        else:
            told = toml_number(value) if isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)
        parts.append(f"{toml_key(key)} = {told}")
    return f"{{ {', '.join(parts)} }}"


def _print(found: CoderComparison) -> None:
    click.echo(f"{len(found.coders)} codings of {found.of}: {', '.join(found.coders)}.")
    click.echo("\n  what is coded         things  alpha")
    for one in found.agreement:
        alpha = "   –" if one.alpha != one.alpha else f"{one.alpha:5.2f}"
        click.echo(f"  {one.of:<20}  {one.units:>6}  {alpha}  {one.words} ({one.measurement})")
    differing = [one for one in found.apart if one.apart >= 0]
    lacking = [one for one in found.apart if one.apart < 0]
    if differing:
        click.echo("\nSeen differently, the widest apart first:")
    for apart in differing[:_SHOWN]:
        click.echo(f"  {apart.path}: {' / '.join(apart.codes)}")
    if len(differing) > _SHOWN:
        click.echo(f"  and {len(differing) - _SHOWN} more (--json lists all)")
    if lacking:
        more = ", …" if len(lacking) > _SHOWN else ""
        click.echo(f"\nNot coded by all: {', '.join(one.path for one in lacking[:_SHOWN])}{more}")
