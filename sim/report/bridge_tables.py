"""Tables of a bridge: the levers, what more chance costs, what becomes of worlds, who gains, other conventions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.bridges import Change, Point
from sim.report.bridge_lead import change_words, cost_words
from sim.report.bridge_report import BridgeReport, checked_share, ordered_uses
from sim.report.convention_words import convention_clause, convention_code
from sim.report.grounds import grounds_words, quantity_grounds
from sim.report.pieces import Cell, Row, Section, Sentence, Span, Table, Words, joined_words, share_cell
from sim.scenario import Lever
from sim.words import NOTHING, Proportion, issue_title, level_title, number_title, percent, points

#: What full use does to a number.
_MODES: Final[Mapping[str, str]] = {"set": "becomes", "add": "plus", "scale": "times"}


def chances_table(bridge: BridgeReport) -> Table:
    """How likely it is without levers, with them, on fresh draws, and what was asked."""
    found = bridge.found
    rows: list[Row] = [
        ["as it is, no lever used", share_cell(bridge.share(found.without), bar=True)],
        [f"with the {_which(bridge)}", share_cell(bridge.share(found.point), bar=True)],
        ["the same on fresh draws", share_cell(checked_share(found.fresh), bar=True)],
        ["asked for", Cell(percent(found.goal.at_least), found.goal.at_least, found.goal.at_least)],
    ]
    caption = "Share of worlds in which what is wanted comes about, ± 95 %"
    return Table("chances-table", caption, ("how", "share of worlds"), rows, (1,))


def _which(bridge: BridgeReport) -> str:
    return "use found" if bridge.found.found else "likeliest use tried"


def lever_section(bridge: BridgeReport) -> Section:
    """The levers in use; on a page also what each lever is and what that rests on."""
    point, scenario = bridge.found.point, bridge.scenario
    rows: list[Row] = []
    for name, use in ordered_uses(point):
        lever = scenario.levers[name]
        cost = use * float(lever.cost.value)
        rows.append([lever.title, bridge.actor(lever.holder), Cell(percent(use), use), Cell(f"{cost:.3f}", cost)])
    caption = f"How far each lever is used in the {_which(bridge)}, from 0 % to 100 %, and what that costs"
    used = Table("uses-table", caption, ("lever", "who holds it", "use", "cost"), rows, (2, 3))
    total = (
        f"Together {cost_words(point)}: at central prices and at their ends, in the holders' own value (a stake is 1, "
        "for ever)."
        if point.use
        else "No lever is used."
    )
    title = "The levers" if bridge.found.found else "The levers, and the likeliest combination tried"
    every = Section("", "", (Sentence(total), _levers(bridge)), shown="page")
    return Section("levers", title, (used, every), "The levers")


def _levers(bridge: BridgeReport) -> Table:
    scenario, use = bridge.scenario, bridge.found.point.use
    rows: list[Row] = []
    for name in sorted(bridge.found.levers, key=lambda name: (-use.get(name, 0.0), name)):
        lever = scenario.levers[name]
        holder = bridge.actor(lever.holder)
        veto = f"\nneeds the consent of {', '.join(map(bridge.actor, lever.veto))}" if lever.veto else ""
        price = quantity_grounds(scenario, bridge.article, lever.cost)
        rows.append(
            [
                Cell((Span(lever.title, "strong"), "\n", Span(name, "path")), lever.title),
                Cell((holder, Span(veto, "small")), holder),
                _does(bridge, lever),
                Cell(joined_words([lever.cost.words(), price]), float(lever.cost.value)),
                grounds_words(scenario, bridge.article, lever.claims, lever.assumed),
            ]
        )
    heads = ("lever", "who holds it", "what full use does", "full use costs", "why it is at hand")
    return Table("levers-table", "The levers that could be used", heads, rows, stacked=True, long=True)


def _does(bridge: BridgeReport, lever: Lever) -> Words:
    scenario = bridge.scenario
    lines = [
        f"{number_title(scenario, path)}: {_MODES[move.mode]} {move.full.words()}" for path, move in lever.moves.items()
    ]
    for issue, levels in lever.opens.items():
        opened = ", ".join(level_title(scenario, issue, str(level)) for level in levels)
        lines.append(f"{issue_title(scenario, issue)}: opens {opened}")
    return Span("\n".join(lines), "small")


def frontier_section(bridge: BridgeReport) -> Section:
    """Uses that nothing as cheap beats; on a page also how each does in the worst half of worlds."""
    found, robust = bridge.found, bridge.found.robust
    rows, halves = list[Row](), list[Row]()
    beside = found.goal.measure != "ending" and all(point.endings for point in found.candidates)
    for n, point in enumerate(found.candidates):
        chosen = Span(" found" if point == found.found else "", "strong")
        name = Cell((f"{n + 1}", chosen), float(n + 1))
        shown, _, ends = cost_words(point).partition(" ")
        cost = Cell((shown, Span(f"\n{ends.strip('()')}" if ends else "", "small")), point.cost)
        after = [_after(bridge, point)] if beside else []
        rows.append([name, cost, share_cell(bridge.share(point)), *after, bridge.uses(point) or "no lever"])
        shares = (float(values[n]) for values in (robust.helps, robust.harms, robust.worst))
        regret = float(robust.regret[n])
        halves.append([name, *(share_cell(_of_draws(bridge, one)) for one in shares), Cell(points(regret), regret)])
    caption = "Uses that nothing tried beats in both cost and chance"
    heads = ("use", "cost", "chance", *(("at the end",) if beside else ()), "levers in use")
    main = Table("frontier-table", caption, heads, rows, (1, 2, 3) if beside else (1, 2), long=True)
    sides_heads = ("use", "helps", "harms", "worst half", "regret (points)")
    sides = Table("halves-table", "The same uses, world by world and half by half", sides_heads, halves, (1, 2, 3, 4))
    words = (
        "Cost is the sum over holders in their own value, at central prices and from the low to the high ends. "
        "Helps: share of worlds that fail without levers and reach it with them; harms: the reverse. Worst half: "
        "chance in the half of worlds (one number in the lower or upper half of its range) where it does worst. "
        "Regret: how far, in some half, it falls behind another use that costs no more than the one found; "
        "below 0, a dearer use that is ahead of them all."
    )
    more = Section("", "", (sides, Sentence(words, "note")), shown="page")
    return Section("frontier", "What more chance costs", (main, more), "What chance costs")


def _after(bridge: BridgeReport, point: Point) -> Cell:
    """In what share of the worlds a deal is in force at the end, and where deals can break, in which one broke."""
    kept = sum(point.endings.get(kind, 0.0) for kind in bridge.words.kinds)
    broke = f"\n{percent(point.endings.get(bridge.words.broken, 0.0))} broke" if bridge.words.broken else ""
    return Cell(f"{percent(kept)} in force{broke}", kept)


def _of_draws(bridge: BridgeReport, share: float) -> Proportion:
    return Proportion(share * bridge.found.draws, bridge.found.draws)


def fates_table(bridge: BridgeReport) -> Table:
    """What becomes of the worlds with these levers in use."""
    fates = sorted(bridge.found.reasons.fates.items(), key=lambda item: -item[1])
    rows: list[Row] = [[name, share_cell(_of_draws(bridge, value))] for name, value in fates]
    caption = f"What becomes of the worlds with the {_which(bridge)}"
    return Table("fates-table", caption, ("what becomes of a world", "share"), rows, (1,))


def changes_table(bridge: BridgeReport) -> Table:
    """What the levers do to each actor, together and one by one."""
    found, rows = bridge.found, list[Row]()
    for one in found.together if found.point.use else ():
        rows.append(_change(bridge, "all levers together", NOTHING, one))
    for mover in found.movers if found.point.use else ():
        title = bridge.scenario.levers[mover.lever].title
        rows.append(_change(bridge, title, "holds it", mover.holder))
        rows += [_change(bridge, title, "has to agree", one) for one in mover.consent]
    caption = "What it does to each actor: own value with it less without, cost taken off, ± 95 %"
    heads = ("what", "who", "part", "change", "verdict")
    return Table("together-table", caption, heads, rows, (3,), stacked=True, long=True)


def _change(bridge: BridgeReport, what: str, part: str, one: Change) -> Row:
    verdict = "loses: would refuse" if one.verdict == "loses" and part != NOTHING else one.verdict
    return [what, bridge.actor(one.actor), part, Cell(change_words(one), one.change), verdict]


def conventions_table(bridge: BridgeReport) -> Table | Sentence:
    """The same use of the levers under each other convention."""
    found = bridge.found
    if not found.conventions:
        return Sentence("Other conventions were not tried.")
    rows: list[Row] = [
        [
            (
                f"if {convention_clause(bridge.scenario, one.name, one.setting)}",
                Span(f"\n{convention_code(one.name, one.setting)}", "small"),
            ),
            share_cell(Proportion(one.before * one.draws, one.draws)),
            share_cell(checked_share(one)),
            Cell(f"{one.draws:,}", one.draws),
            "yes" if one.holds else Span("no", "warn"),
        ]
        for one in found.conventions
    ]
    heads = ("convention", "without levers", "with them", "worlds", f"reaches {percent(found.goal.at_least)}")
    caption = "The same use of the levers under each other convention; observations are counted anew"
    return Table("conventions-table", caption, heads, rows, (1, 2, 3), stacked=True, long=True)
