"""A lever explained: who holds it, what it moves, what it costs, and what that rests on."""

from __future__ import annotations

from typing import Any, Final

from rich.console import Console

from sim.cli.claim_words import claim_line, claim_words
from sim.foundations import Problem
from sim.scenario import Case, Quantity
from sim.words import actor_title, issue_title, number_title

#: What full use does to a number.
_MODES: Final = {"set": "becomes", "add": "plus", "scale": "times"}


def lever_told(case: Case, name: str) -> dict[str, Any]:
    """Everything the scenario says about a lever."""
    scenario = case.scenario
    lever = scenario.levers[name]
    return {
        "kind": "lever",
        "path": f"levers.{name}",
        "title": lever.title,
        "case": case.name,
        "overlay": case.overlay,
        "place": case.locate(Problem("", ("levers", name))).where,
        "holder": lever.holder,
        "holder_title": actor_title(scenario, lever.holder),
        "veto": list(lever.veto),
        "moves": [
            {
                "path": path,
                "title": number_title(scenario, path),
                "mode": move.mode,
                "between": list(move.between) if move.between else None,
                **_rests(case, move.full),
            }
            for path, move in lever.moves.items()
        ],
        "opens": [
            {"issue": issue, "title": issue_title(scenario, issue), "levels": list(levels)}
            for issue, levels in lever.opens.items()
        ],
        "cost": _rests(case, lever.cost),
        "claims": [claim_words(claim, _article(case).get(claim)) for claim in lever.claims],
        "assumed": lever.assumed or ("" if lever.claims else scenario.default_assumed),
    }


def print_lever(console: Console, item: dict[str, Any]) -> None:
    """Print what ``lever_told`` found, for people."""
    overlay = f" with {item['overlay']}" if item["overlay"] else ""
    console.print(f"{item['path']}: {item['title']}, in {item['case']}{overlay} ({item['place']})")
    needs = f"; needs the consent of {', '.join(item['veto'])}" if item["veto"] else ""
    console.print(f"  held by {item['holder_title']} ({item['holder']}){needs}")
    console.print(f"  full use costs {item['cost']['words']}")
    _print_grounds(console, item["cost"], "    ")
    console.print("  at full use")
    for move in item["moves"]:
        console.print(f"    {move['title']} ({move['path']}): {_MODES[move['mode']]} {move['words']}")
        _print_grounds(console, move, "      ")
    for opened in item["opens"]:
        console.print(f"    {opened['title']}: {', '.join(map(str, opened['levels']))} can be agreed too")
    console.print("  why the holder is thought to have it")
    _print_grounds(console, item, "    ")


def _print_grounds(console: Console, item: dict[str, Any], margin: str) -> None:
    for claim in item["claims"]:
        console.print(f"{margin}rests on {claim['name']}: {claim_line(claim)}")
    if item["assumed"]:
        console.print(f"{margin}assumed: {item['assumed']}")


def _rests(case: Case, quantity: Quantity) -> dict[str, Any]:
    """A number of a lever, and what it rests on."""
    return {
        "words": quantity.words(),
        "value": quantity.value,
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "claims": [claim_words(claim, _article(case).get(claim)) for claim in quantity.claims],
        "assumed": case.scenario.reason(quantity),
    }


def _article(case: Case) -> dict[str, Any]:
    return dict(case.article.claims) if case.article is not None else {}
