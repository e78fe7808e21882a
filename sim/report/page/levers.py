"""The levers of a bridge: who holds each, what it does, what it costs, what that rests on, how far it is used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.report.page.markup import Markup, dotted, element, joined, paragraph, section
from sim.report.page.numbers import grounds, grounds_of
from sim.report.page.table import Cell, Table
from sim.report.stored_bridge import StoredBridge
from sim.report.words import actor_title, issue_title, number_title, percent
from sim.scenario import Lever
from sim.words import level_title

#: What full use does to a number.
_MODES: Final[Mapping[str, str]] = {"set": "becomes", "add": "plus", "scale": "times"}


def levers(stored: StoredBridge) -> Markup:
    """Write the section on the levers, those in use first."""
    found, scenario = stored.bridge, stored.scenario
    use = found.point.use
    names = sorted(found.levers, key=lambda name: (-use.get(name, 0.0), name))
    rows = []
    for name in names:
        lever, much = scenario.levers[name], use.get(name, 0.0)
        spent = much * float(lever.cost.value)
        holder = joined(
            (actor_title(scenario, lever.holder), *_veto([actor_title(scenario, actor) for actor in lever.veto]))
        )
        cost = joined((lever.cost.words(), element("br"), element("small", grounds(stored, lever.cost))))
        rows.append(
            [
                Cell(joined((element("strong", lever.title), element("br"), dotted(name))), lever.title),
                Cell(holder, actor_title(scenario, lever.holder)), _does(stored, lever),
                Cell(cost, float(lever.cost.value)), Cell(grounds_of(stored, lever.claims, lever.assumed)),
                Cell(percent(much), much), Cell(f"{spent:.3f}", spent),
            ]
        )  # fmt: skip
    heads = ("lever", "who holds it", "what full use does", "full use costs", "why it is at hand", "use", "cost")
    which = "in the use found" if found.found else "in the likeliest combination tried"
    caption = f"The levers that could be used, from not at all (0%) to fully (100%), and how far they are {which}"
    table = Table("levers-table", caption, heads, rows, (5, 6), stacked=True, long=True)
    total = found.point
    words = paragraph(
        f"Together {total.cost:.3f}, from {total.cost_low:.3f} to {total.cost_high:.3f} at the ends of the prices, "
        "in the holders' own value (a stake is 1, for ever)."
        if total.use
        else "No lever is used."
    )
    title = "The levers" if found.found else "The levers, and the likeliest combination tried"
    return section("levers", title, words, table.markup())


def _veto(names: list[str]) -> tuple[object, ...]:
    return (element("br"), element("small", f"needs the consent of {', '.join(names)}")) if names else ()


def _does(stored: StoredBridge, lever: Lever) -> Markup:
    scenario = stored.scenario
    lines = [
        f"{number_title(scenario, path)}: {_MODES[move.mode]} {move.full.words()}" for path, move in lever.moves.items()
    ]
    for issue, levels in lever.opens.items():
        opened = ", ".join(level_title(scenario, issue, str(level)) for level in levels)
        lines.append(f"{issue_title(scenario, issue)}: opens {opened}")
    return joined((element("small", line) for line in lines), element("br"))
