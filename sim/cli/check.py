"""`sim check`: whether a scenario is sound, and what its numbers rest on."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import click
from rich.console import Console

from sim.cli.options import json_option, print_json
from sim.cli.reading import read
from sim.engine import talk_rules
from sim.evidence import Verification, verify_source
from sim.foundations import InputError, Problem
from sim.scenario import Case, deal_count, lever_numbers

_SHOWN: Final = 12  # names in a list meant for people


@dataclass(frozen=True)
class Audit:
    """What the numbers of a case rest on.

    with_claims:   numbers that name claims
    of_which_also_assumed: those that also say what about them is assumed
    assumed:       numbers with a reason only
    by_default:    numbers that rest on the scenario's ``default_assumed``
    mirrored:      numbers that follow another one
    without_range: paths of numbers that every draw has alike
    unused_claims: claims that neither a number nor an observation rests on, overlays included
    """

    with_claims: int
    of_which_also_assumed: int
    assumed: int
    by_default: int
    mirrored: int
    without_range: tuple[str, ...]
    unused_claims: tuple[str, ...]


@click.command(epilog="Example: sim check scenarios/ceasefire --source article.txt")
@click.argument("case")
@click.option("--overlay", metavar="NAME", help="Check this overlay only; by default the base and all overlays.")
@click.option(
    "--source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own copy of the article: compare its hash and paragraphs with the evidence file.",
)
@click.option("--quick", is_flag=True, help="Play nothing: leave out what moves nothing or is never true.")
@json_option
def check(case: str, overlay: str | None, source: Path | None, *, quick: bool, as_json: bool) -> None:
    """Check a scenario: every mistake at once, what its numbers rest on, and which of them move nothing.

    CASE is a folder with a scenario.toml, a .toml file, or the name of a folder in scenarios/.

    Exit codes: 0 sound · 1 the copy of the article does not match · 2 mistakes found.
    """
    cases = _read_all(case, overlay)
    base = cases[0]
    verification = None
    if source is not None:
        if base.article is None:
            raise InputError(Problem("the scenario names no evidence file to compare with", allowed='evidence = "…"'))
        verification = verify_source(base.article, source)
    found = audit(cases)
    idle = None if quick else _idle(base)
    never = () if quick else _never_true(base)
    if as_json:
        looked = {"numbers_that_move_nothing": idle, "observations_never_true": None if quick else list(never)}
        print_json(_as_dict(cases, found, verification) | looked)
    else:
        _print(cases, found, verification, idle)
        _warn(never)
    if verification is not None and not verification.matches:
        sys.exit(1)


def audit(cases: Sequence[Case]) -> Audit:
    """Count what the numbers of the first case rest on; claims may be used by any of the cases."""
    base = cases[0]
    numbers = base.scenario.numbers
    own = {path: number.quantity for path, number in numbers.items()}
    used: set[str] = set()
    for case in cases:
        used.update(claim for number in case.scenario.numbers.values() for claim in number.quantity.claims)
        used.update(claim for seen in case.scenario.observations.values() for claim in seen.claims)
    claims = base.article.claims if base.article is not None else {}
    return Audit(
        with_claims=sum(bool(q.claims) for q in own.values()),
        of_which_also_assumed=sum(bool(q.claims and q.assumed) for q in own.values()),
        assumed=sum(bool(q.assumed and not q.claims) for q in own.values()),
        by_default=sum(not q.assumed and not q.claims for q in own.values()),
        mirrored=sum(q.mirrors is not None for q in own.values()),
        without_range=tuple(path for path, q in own.items() if not q.spread and not q.mirrors),
        unused_claims=tuple(name for name in claims if name not in used),
    )


def _idle(case: Case) -> list[str]:
    """Paths of the numbers that change nothing between the ends of their range."""
    from sim.experiments.dead_numbers import dead_numbers

    return list(dead_numbers(case.scenario))


def _never_true(case: Case) -> tuple[str, ...]:
    """Observations that hold in no drawn world; under an overlay the base's worlds count, so nothing is said."""
    from sim.experiments.never_true import never_true

    return never_true(case.scenario) if case.overlay is None else ()


def _warn(never: Sequence[str]) -> None:
    """Say what stands in the way of believing the answers, although the file is sound."""
    if never:
        from sim.experiments.never_true import sentence_on
    for name in never:
        click.echo(f"Warning    {sentence_on(name)}.")


def _read_all(case: str, overlay: str | None) -> list[Case]:
    """Read the base and every overlay; problems of the base are told once, not for each overlay."""
    if overlay is not None:
        return [_read(case, overlay)]
    cases: list[Case] = []
    problems: list[Problem] = []
    try:
        cases.append(_read(case, None))
    except InputError as error:
        problems += error.problems
    names = cases[0].overlays if cases and cases[0].overlay is None else ()
    for name in names:
        try:
            cases.append(_read(case, name))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(list(dict.fromkeys(problems)))
    return cases


def _read(case: str, overlay: str | None) -> Case:
    """Read one case, and let its talks be set up once; only a sound scenario gets that far."""
    found = read(case, overlay)
    if problems := talk_rules(found.scenario):
        raise InputError([found.locate(problem) for problem in problems])
    return found


def _as_dict(cases: Sequence[Case], found: Audit, verification: Verification | None) -> dict[str, object]:
    base = cases[0]
    return {
        "case": base.name,
        "overlay": base.overlay,
        "overlays": [case.overlay for case in cases[1:]],
        "sound": True,
        "actors": list(base.scenario.actors),
        "issues": list(base.scenario.issues),
        "deals": deal_count(base.scenario),
        "numbers": {"total": len(base.scenario.numbers), **asdict(found)},
        "claims": len(base.article.claims) if base.article else 0,
        "observations": list(base.scenario.observations),
        "levers": list(base.scenario.levers),
        "source": None
        if verification is None
        else {
            "matches": verification.matches,
            "same_text": verification.same_text,
            "sha256": verification.found,
            "expected": verification.expected,
            "paragraphs": verification.paragraphs,
            "claims_beyond": list(verification.beyond),
        },
    }


def _print(cases: Sequence[Case], found: Audit, verification: Verification | None, idle: Sequence[str] | None) -> None:
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
    default = f", {found.by_default} by the scenario's default reason" if found.by_default else ""
    follow = "follows" if found.mirrored == 1 else "follow"
    rest = "rests" if found.with_claims == 1 else "rest"
    mirrored = f"; {found.mirrored} of all {follow} another" if found.mirrored else ""
    console.print(
        f"Numbers    {len(scenario.numbers)}: {found.with_claims} {rest} on claims "
        f"({found.of_which_also_assumed} of these assume something besides), "
        f"{found.assumed} are assumed{default}{mirrored}."
    )
    if scenario.levers:
        own = [number.quantity for number in lever_numbers(scenario)]
        claims = sum(quantity.grounded for quantity in own)
        console.print(
            f"Levers     {len(scenario.levers)}: {', '.join(scenario.levers)}. Of their {len(own)} numbers "
            f"{claims} rest on claims, {len(own) - claims} are assumed (`sim explain levers.NAME`)."
        )
    _list(console, "No range  ", found.without_range, "every number has a range")
    if idle is not None:
        _list(console, "Idle      ", idle, "every number moves something", f"{len(idle)} move nothing: ")
    if base.article is not None:
        total = len(base.article.claims)
        nothing = f"each of {total} is used"
        head = f"{len(found.unused_claims)} of {total} have nothing resting on them: "
        _list(console, "Claims    ", found.unused_claims, nothing, head)
    if verification is not None:
        _print_source(console, verification)


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
    console.print(f"Source     {text}; {_count(verification.paragraphs, 'paragraph')}.")
    if verification.beyond:
        console.print(f"           No such paragraph: claims {', '.join(verification.beyond)}")


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
