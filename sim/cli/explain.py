"""`sim explain`: where a number comes from, or what a protocol, strategy or solution does."""

from __future__ import annotations

import dataclasses
import inspect
import sys
import textwrap
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from sim.cli.case_arguments import tell_note
from sim.cli.claim_words import claim_line, claim_words
from sim.cli.explain_key import key_told, print_key
from sim.cli.explain_lever import lever_told, print_lever
from sim.cli.explain_rate import posterior_told, print_rate, rate_told
from sim.cli.member_grades import meets, member_grade
from sim.cli.member_uses import uses_of
from sim.cli.models import every_member
from sim.cli.options import (
    json_option,
    overlay_option,
    print_json,
)
from sim.cli.theory_arguments import numbers_of
from sim.cli.trade_words import keys_about
from sim.evidence import Claim, Rate
from sim.foundations import Entry, InputError, Problem, nearest, settings_of
from sim.scenario import Case, Number, find_cases, rate_comparisons, read_case
from sim.scenario.schema_keys import keys_called, schema_keys
from sim.theory import READINGS, find_reading
from sim.words import percent
from sim.words.glossary import known_words, look_up

_DISTRIBUTIONS = {
    "fixed": "the same in every draw",
    "uniform": "every value of the range is equally likely",
    "triangular": "triangular over the range, with its peak at the value",
    "beta": "beta over the range (PERT), with its peak at the value",
    "truncated-normal": "normal around the value, cut off at the ends of the range",
    "pooled": "what one of several sources says, by their weights",
    "lognormal": "lognormal with its median at the value and 95 % of its draws in the range",
    "posterior": "what follows from its rates, cut off at the ends of the range",
    "categorical": "one of the options, by their weights",
}
_POOLS = {"counts": "their counts are added up", "mixture": "each may be the right class, with the same chance"}


@click.command(epilog="Example: sim explain russia.salience.nato --case scenarios/ceasefire")
@click.argument("topic")
@click.option(
    "--case",
    "case_path",
    metavar="CASE",
    help="The scenario; by default the first in scenarios/ that knows the topic.",
)
@overlay_option
@json_option
def explain(topic: str, case_path: str | None, overlay: str | None, *, as_json: bool) -> None:
    """Explain a number of a scenario, a lever, a claim, a rate, a word of reports, or anything that `sim models` lists.

    TOPIC is the dotted path of a number (russia.patience) or of several (ukraine.red_lines.line), a lever
    (levers.guarantees), the name of a claim or rate, a name from `sim models`, a word that reports use (stalemate,
    convention, arms), or a key of scenario files (reservation, sign.quota).
    """
    members = [(kind, entry) for kind, entry in every_member() if entry.name == topic]
    found: list[dict[str, Any]] = [_member(kind, entry) for kind, entry in members]
    word = look_up(topic)
    if word is not None:
        found.append({"kind": "word", "name": word.name, "meaning": word.meaning, "aliases": list(word.aliases)})
    found += [key_told(key) for key in keys_called(topic)]
    keys_alone = "." in topic and all(one["kind"] == "key" for one in found)
    cases = _cases(case_path, overlay) if keys_alone or not found or case_path is not None else []
    for case in cases:
        if told := _in_case(case, topic):
            found += told
            break
    if not found:
        found = [{**key_told(key), "about": topic} for key in keys_about(topic)]
    if not found:
        raise _unknown(topic, cases)
    if as_json:
        # The first stands at the top too: who asked for a key before numbers were told beside it reads on.
        print_json(found[0] if len(found) == 1 else {**found[0], "found": found})
        return
    console = Console(file=sys.stdout, highlight=False, soft_wrap=True, markup=False)
    if "about" in found[0] and found[0]["kind"] == "key":
        console.print(f"No key is called “{topic}”; what it means stands under:")
    for item in found:
        _print(console, item)


def _in_case(case: Case, topic: str) -> list[dict[str, Any]]:
    """What a topic means in a case; nothing where it means nothing there."""
    if topic in case.scenario.numbers:
        return [_number(case, case.scenario.numbers[topic])]
    if (lever := topic.removeprefix("levers.")) != topic and lever in case.scenario.levers:
        return [lever_told(case, lever)]
    if case.article is not None and topic in case.article.claims:
        return [_claim(case, topic, case.article.claims[topic])]
    if case.article is not None and topic in case.article.rates:
        return [_rate(case, topic, case.article.rates[topic])]
    # a red line, an issue, an actor: all numbers below it
    return [_number(case, number) for path, number in case.scenario.numbers.items() if path.startswith(f"{topic}.")]


def _cases(case_path: str | None, overlay: str | None) -> list[Case]:
    if case_path is not None:
        case = read_case(case_path, overlay=overlay)
        tell_note(case)
        return [case]
    cases = []
    for folder in find_cases(Path("scenarios")):
        try:
            cases.append(read_case(folder, overlay=overlay))
        except InputError:
            continue  # a broken neighbour is no reason to explain nothing
    return cases


def _unknown(topic: str, cases: list[Case]) -> InputError:
    known = [entry.name for _, entry in every_member()] + known_words()
    known += [key.dotted for key in schema_keys()] + [key.path[-1] for key in schema_keys()]
    for case in cases:
        known += case.scenario.numbers
        known += [f"levers.{name}" for name in case.scenario.levers]
        known += [*case.article.claims, *case.article.rates] if case.article is not None else ()
    near = nearest(topic, known)
    if near is None:
        last = [path for path in known if path.rsplit(".", 1)[-1] == topic.rsplit(".", 1)[-1]]
        near = last[0] if last else None
    looked = ", ".join(case.name for case in cases) or "no scenario: name one with --case"
    return InputError(
        Problem(
            f'nothing is called "{topic}" (looked in {looked}, and in `sim models`)',
            allowed="the path of a number, levers.NAME, the name of a claim or rate, a name from `sim models`, or a "
            "word of reports such as no deal, patience, convention, surplus, world",
            nearest=near,
        )
    )


def _member(kind: str, entry: Entry[Any]) -> dict[str, Any]:
    return {
        "kind": kind,
        "name": entry.name,
        "status": entry.status,
        "source": entry.source,
        "summary": entry.summary,
        "docstring": inspect.getdoc(entry.member) or "",
        **dataclasses.asdict(member_grade(kind, entry.name)),
        "settings": _settings(entry.member) if inspect.isclass(entry.member) else numbers_of(entry.name),
        "meets": list(meets(kind, entry.name)),
        "assumes": _assumed(entry.name) if kind in {"equilibrium", "solution"} else {},
        "used_in": list(uses_of(kind, entry.name)),
    }


def _settings(member: Any) -> dict[str, str]:
    """What a scenario may set of a member -> what stands for it otherwise."""
    if not inspect.isclass(member):
        return {}
    defaults = (
        {item.name: item.default for item in dataclasses.fields(member)} if dataclasses.is_dataclass(member) else {}
    )
    return {
        name: "needed" if defaults[name] is dataclasses.MISSING else str(defaults[name]) for name in settings_of(member)
    }


def _assumed(name: str) -> dict[str, list[str]]:
    """What a theory takes for granted of play, and what it asks of a case."""
    reading = find_reading(name) if name in {one.name for one in READINGS} else None
    if reading is None:
        return {}
    return {"of play": list(reading.assumes), "of the case": [need.says for need in reading.needs]}


def _number(case: Case, number: Number) -> dict[str, Any]:
    quantity = number.quantity
    article = case.article.claims if case.article is not None else {}
    counted = case.article.rates if case.article is not None else {}
    beside = () if case.article is None else rate_comparisons(case.scenario, case.article)
    located = case.locate(Problem("", number.place))
    return {
        "kind": "number",
        "path": number.path,
        "case": case.name,
        "overlay": case.overlay,
        "place": located.where,
        "words": quantity.words(),
        "value": quantity.value,
        "low": quantity.low,
        "high": quantity.high,
        "options": quantity.options or None,
        "unit": quantity.unit,
        "distribution": "fixed" if not quantity.spread and not quantity.follows else quantity.distribution,
        "issue": number.issue,
        "mirrors": quantity.mirrors,
        "like": None if quantity.like is None else quantity.like_words,
        "claims": [claim_words(name, article.get(name)) for name in quantity.claims],
        "rates": [rate_told(name, counted.get(name)) for name in quantity.rates],
        "pool": quantity.pool if len(quantity.rates) > 1 else None,
        "discount": quantity.discount if quantity.rates else None,
        "posterior": None if quantity.posterior is None else posterior_told(quantity.posterior),
        "disagrees": next((one.words for one in beside if one.path == number.path), ""),
        "correlated": [
            {"name": name, "with": [path for path in one.numbers if path != number.path], "rank": one.rank}
            for name, one in case.scenario.correlations.items()
            if number.path in one.numbers
        ],
        "assumed": case.scenario.reason(quantity),
    }


def _claim(case: Case, name: str, claim: Claim) -> dict[str, Any]:
    numbers = [path for path, number in case.scenario.numbers.items() if name in number.quantity.claims]
    levers = [key for key, lever in case.scenario.levers.items() if name in lever.claims]
    seen = [key for key, observation in case.scenario.observations.items() if name in observation.claims]
    return {
        **claim_words(name, claim),
        "kind": "claim",
        "case": case.name,
        "numbers": numbers,
        "observations": seen,
        "levers": levers,
    }


def _rate(case: Case, name: str, rate: Rate) -> dict[str, Any]:
    numbers = [path for path, number in case.scenario.numbers.items() if name in number.quantity.rates]
    return {**rate_told(name, rate), "kind": "rate", "case": case.name, "numbers": numbers}


def _print(console: Console, item: dict[str, Any]) -> None:
    if item["kind"] == "key":
        print_key(console, item)
    elif item["kind"] == "number":
        _print_number(console, item)
    elif item["kind"] == "lever":
        print_lever(console, item)
    elif item["kind"] == "word":
        console.print(f"{item['name']}: a word of reports and figures")
        if item["aliases"]:
            console.print(f"  also: {', '.join(item['aliases'])}")
        console.print(textwrap.fill(item["meaning"], 78, initial_indent="  ", subsequent_indent="  "))
    elif item["kind"] == "rate":
        console.print(f"{item['name']}: a rate of the evidence of {item['case']}")
        print_rate(console, item)
        console.print(f"  numbers that rest on it: {', '.join(item['numbers']) or 'none'}")
    elif item["kind"] == "claim":
        console.print(f"{item['name']}: a claim of the evidence of {item['case']}")
        console.print(f"  {claim_line(item)}")
        console.print(f"  about: {', '.join(item['about'])}")
        console.print(f"  numbers that rest on it: {', '.join(item['numbers']) or 'none'}")
        console.print(f"  observations: {', '.join(item['observations']) or 'none'}")
        if item["levers"]:
            console.print(f"  levers: {', '.join(item['levers'])}")
    else:
        _print_member(console, item)


def _drawn_words(item: dict[str, Any]) -> str:
    """How a number is drawn, or what it follows."""
    if item["mirrors"]:
        return f"follows {item['mirrors']}, draw by draw"
    if item["like"]:
        return "what that deal is worth to the actor, draw by draw"
    options = {option: weight for option, weight in (item["options"] or {}).items() if weight}
    whole = sum(options.values())
    weights = ", ".join(f"{option} in {percent(weight / whole)}" for option, weight in options.items())
    return f"{item['distribution']}: {_DISTRIBUTIONS[item['distribution']]}{weights and f': {weights}'}"


def _print_number(console: Console, item: dict[str, Any]) -> None:
    overlay = f" with {item['overlay']}" if item["overlay"] else ""
    console.print(f"{item['path']} in {item['case']}{overlay} ({item['place']})")
    scale = f", on the scale of issue {item['issue']}" if item["issue"] else ""
    console.print(f"  {item['words']}{scale}")
    console.print(f"  {_drawn_words(item)}")
    for claim in item["claims"]:
        console.print(f"  rests on {claim['name']}: {claim_line(claim)}")
    for rate in item["rates"]:
        console.print(f"  rests on the rate {rate['name']}")
        print_rate(console, rate, "    ")
    if item["pool"]:
        console.print(f"  several rates: {_POOLS[item['pool']]}")
    if (item["discount"] or 1) > 1:
        console.print(f"  counts divided by {item['discount']:g}, since the cases are not quite alike")
    if item["posterior"]:
        console.print(f"  posterior: {item['posterior']['words']}")
    if item["disagrees"]:
        console.print(f"  the range disagrees: {item['disagrees']}")
    for tied in item["correlated"]:
        console.print(f"  high or low together with {', '.join(tied['with'])}: rank correlation {tied['rank']:g}")
    if item["assumed"]:
        console.print(f"  assumed: {item['assumed']}")


def _print_member(console: Console, item: dict[str, Any]) -> None:
    console.print(f"{item['name']}: {item['kind']}, {item['status']}, {item['grade']}")
    console.print(f"  source: {item['source']}")
    if item["evidence"]:
        console.print(f"  tested by: {item['evidence']}")
    if item["settings"]:
        told = ", ".join(f"{name} ({default})" for name, default in item["settings"].items())
        console.print(f"  settings: {told}")
    if item["meets"]:
        met = "meets" if item["kind"] == "protocol" else "met by the play of"
        console.print(f"  {met}: {', '.join(item['meets'])}")
    for what, assumed in item["assumes"].items():
        if assumed:
            console.print(f"  assumes {what}: {'; '.join(assumed)}")
    if item["used_in"]:
        console.print(f"  used in: {', '.join(item['used_in'])}")
    console.print("")
    console.print(item["docstring"])
