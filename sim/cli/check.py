"""`sim check`: whether a scenario is sound, and what its numbers rest on."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from rich.console import Console

from sim.cli.case_arguments import read, tell_note
from sim.cli.options import json_option, print_json
from sim.cli.tell_renewals import tell_renewals
from sim.formats.toml_text import toml_key, toml_value
from sim.foundations import InputError, quantity
from sim.scenario import Case, deal_count, lever_numbers
from sim.words import actor_title
from sim.words.concession import speed_sentence

if TYPE_CHECKING:
    from sim.evidence import Verification
    from sim.jobs.check_case import Audit
    from sim.runs.own_values import OwnValues

_SHOWN: Final = 12  # names in a list meant for people
_DOUBTS: Final = 3  # parties whose doubtful numbers are told one by one


@click.command(epilog="Example: sim check scenarios/ceasefire --source article.txt")
@click.argument("case")
@click.option("--overlay", metavar="NAME", help="Check this overlay only; by default the base and all overlays.")
@click.option(
    "--source",
    metavar="FILE",
    multiple=True,
    help="Your own copy of the article: compare its hash and paragraphs with the evidence file. Again for each "
    "further article, NAME=FILE where the hash does not tell which it is.",
)
@click.option("--quick", is_flag=True, help="Play nothing: leave out what moves nothing or is never true.")
@click.option("--expand", is_flag=True, help="Write out every number as it is read: short forms, tables and defaults.")
@click.option(
    "--migrate", is_flag=True, help="Show how a case of an earlier version is written today; nothing is written."
)
@click.option("--in-place", is_flag=True, help="With --migrate: write it; each file as it was stays as FILE.before.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="With --migrate: write it to this folder, or this .toml file."
)
@json_option
def check(
    case: str,
    overlay: str | None,
    source: tuple[str, ...],
    *,
    quick: bool,
    expand: bool,
    migrate: bool,
    in_place: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Check a scenario: every mistake at once, what its numbers rest on, and which of them move nothing.

    CASE is a folder with a scenario.toml, a .toml file, or the name of a folder in scenarios/.

    Exit codes: 0 sound · 1 the copy of the article does not match · 2 mistakes found.
    """
    if (in_place or out is not None) and (not migrate or (in_place and out is not None)):
        raise InputError("--in-place and --out say where --migrate writes: one of them, with --migrate")
    if migrate:
        tell_renewals(case, in_place=in_place, out=out, as_json=as_json)
        return
    if expand:
        _expand(case, overlay, as_json=as_json)
        return
    from sim.jobs.check_case import check as look
    from sim.jobs.check_case import event_notes

    found = look(case, overlay=overlay, source=source or None, quick=quick, noted=tell_note)
    if as_json:
        print_json(found.to_json())
    else:
        _print(found.cases, found.audit, found.verifications, found.idle, found.decorative or ())
        for one in found.against_rates:
            if one.words:
                click.echo(f"Warning    {one.path} ({', '.join(one.rates)}): {one.words}.")
        _print_own_values(found.cases[0], found.own_values)
        _print_defaults(found.defaults)
        for name, told in event_notes(found.cases[0].scenario).items():
            click.echo(textwrap.fill(f"Event      {name} {told}.", 110, subsequent_indent=" " * 11))
        for conflict in found.conflicts:
            click.echo(f"Conflict   {conflict.one} and {conflict.other}: {conflict.words}")
        _warn(found.never_true or ())
    if not all(one.matches for one in found.verifications):
        sys.exit(1)


def _expand(case: str, overlay: str | None, *, as_json: bool) -> None:
    """Every number of a case in its long form, by its path in the file."""
    numbers = read(case, overlay).scenario.numbers.values()
    told = {".".join(map(toml_key, map(str, one.place))): one.quantity.long() for one in numbers}
    if as_json:
        print_json(told)
        return
    for path, long in told.items():
        if ".like." not in path:  # a level of a deal stands in the number that is worth as much
            click.echo(f"{path} = {toml_value(long)}")


def _print_own_values(case: Case, found: Sequence[OwnValues]) -> None:
    """A table of what each party's own numbers say, and what of them is in doubt."""
    if not found:
        return
    names = [actor_title(case.scenario, one.actor) for one in found]
    width = max(map(len, names))
    money = any(one.money for one in found)
    click.echo("Own values (0 worst, 1 best; central numbers)")
    click.echo(f"  {'':{width}}   as it is  no deal  best deal  worst deal{'  0 to 1 is' if money else ''}")
    for name, one in zip(names, found, strict=True):
        row = f"  {name:{width}}   {one.status_quo:8.2f} {one.no_deal:8.2f} {one.best:10.2f} {one.worst:11.2f}"
        click.echo(f"{row}  {quantity(one.money, one.coin)}" if one.money else row)
    doubts = [one.doubt for one in found if one.doubt]
    for doubt in doubts[:_DOUBTS]:
        click.echo(f"Warning    {doubt}")
    if len(doubts) > _DOUBTS:
        click.echo(f"           Numbers of {len(doubts) - _DOUBTS} more are in doubt; `--json` says which.")


def _print_defaults(found: Mapping[str, str]) -> None:
    """What holds because no file says otherwise."""
    if found:
        alike: dict[str, list[str]] = {}
        for path, words in found.items():
            field = path.partition(".")[2] if not path.startswith(("talks.", "conventions.")) else path
            alike.setdefault(f"{field} = {words}", []).append(path)
        told = ", ".join(
            f"{len(paths)} × {what}" if len(paths) > 1 else f"{paths[0]} = {what.partition(' = ')[2]}"
            for what, paths in alike.items()
        )
        head = "Defaults   "
        click.echo(textwrap.fill(told, 110, initial_indent=head, subsequent_indent=" " * len(head)))


def _warn(never: Sequence[str]) -> None:
    """Say what stands in the way of believing the answers, although the file is sound."""
    if never:
        from sim.runs.never_true import sentence_on
    for name in never:
        click.echo(f"Warning    {sentence_on(name)}.")


def _print(
    cases: Sequence[Case],
    found: Audit,
    verifications: Sequence[Verification],
    idle: Sequence[str] | None,
    decorative: Sequence[str],
) -> None:
    base = cases[0]
    console = Console(file=sys.stdout, highlight=False, soft_wrap=True, markup=False)
    scenario = base.scenario
    overlay = f" with {base.overlay}" if base.overlay else ""
    console.print(
        f"{base.name}{overlay} is sound: {_count(len(scenario.actors), 'actor')}, "
        f"{_count(len(scenario.issues), 'issue')}, {_count(deal_count(scenario), 'deal')}, "
        f"{_count(len(scenario.observations), 'observation')}."
    )
    if cases[1:]:
        console.print(f"Overlays   {', '.join(str(case.overlay) for case in cases[1:])}: sound too.")
    default = f" ({found.by_default} by the scenario's default reason)" if found.by_default else ""
    rates = f", {found.rates} on rates" if found.rates else ""
    follow = "follows" if found.mirrored == 1 else "follow"
    rest = "rests" if found.claims == 1 else "rest"
    mirrored = f"; {found.mirrored} of all {follow} another" if found.mirrored else ""
    console.print(
        f"Numbers    {len(scenario.numbers)}: {found.claims} {rest} on claims "
        f"({found.of_which_also_assumed} of these assume something besides){rates}, "
        f"{found.assumed} are assumed{default}{mirrored}."
    )
    if speeds := speed_sentence(scenario):
        console.print(f"Speeds     {speeds}")
    if scenario.levers:
        own = [number.quantity for number in lever_numbers(scenario)]
        claims = sum(quantity.grounded for quantity in own)
        console.print(
            f"Levers     {len(scenario.levers)}: {', '.join(scenario.levers)}. Of their {len(own)} numbers "
            f"{claims} rest on claims, {len(own) - claims} are assumed (`sim explain levers.NAME`)."
        )
    if scenario.idle_issues:
        _list(console, "Unweighed ", scenario.idle_issues, "", "nobody has a stake, so these stay as they are: ")
    for tied in scenario.correlations.values():
        console.print(f"Together   {tied.words}.")
    _list(console, "No range  ", found.without_range, "every number has a range")
    if idle is not None:
        _list(console, "Idle      ", idle, "every number with a range moves something", f"{len(idle)} move nothing: ")
    if decorative:
        head = f"{len(decorative)} move no deal, and nothing for anybody but their own actor: "
        _list(console, "Decoration", decorative, "", head)
    if base.article is not None:
        total = len(base.article.claims)
        nothing = f"each of {total} is used"
        head = f"{len(found.unused_claims)} of {total} have nothing resting on them: "
        _list(console, "Claims    ", found.unused_claims, nothing, head)
    for one in verifications:
        _print_source(console, one)


def _list(console: Console, title: str, names: Sequence[str], nothing: str, head: str | None = None) -> None:
    more = f" and {len(names) - _SHOWN} more (--json lists all)" if len(names) > _SHOWN else ""
    shown = f"{f'{len(names)}: ' if head is None else head}{', '.join(names[:_SHOWN])}{more}"
    console.print(f"{title} {shown if names else nothing}")


def _print_source(console: Console, verification: Verification) -> None:
    if verification.expected == verification.found:
        text = "the same text, byte for byte"
    elif verification.line_ends:
        text = "the same text, apart from line ends"
    else:
        text = f"another text: its SHA-256 is {verification.found}, the evidence file has {verification.expected}"
    of = f"{verification.text}: " if verification.text else ""
    console.print(f"Source     {of}{text}; {_count(verification.paragraphs, 'paragraph')}.")
    if verification.beyond:
        console.print(f"           No such paragraph: claims {', '.join(verification.beyond)}")


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
