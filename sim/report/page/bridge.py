"""The page of a bridge: what it takes or that nothing does, by whose hand, at what cost, and how far to trust it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import Final

from sim.bridges import Bridge, Change
from sim.report.bridge import consent, context, headline, obstacles, trust, uses, who_moves, why_so
from sim.report.page.answer import heading, three
from sim.report.page.levers import levers
from sim.report.page.limits import assumed_words, limits_section
from sim.report.page.markup import Markup, bullets, element, joined, paragraph, section
from sim.report.page.numbers import numbers
from sim.report.page.provenance import AGAIN, Replay, provenance, settings
from sim.report.page.spread import spread_section
from sim.report.page.table import Cell, Table, share, share_bar
from sim.report.page.words import words_box
from sim.report.stored_bridge import StoredBridge
from sim.report.words import actor_title, duration, percent, widened_words, with_error

_HEADS: Final = ("What it takes", "Who has to move", "How sure")
_HEADS_NONE: Final = ("What it takes", "Why not", "How sure")
#: Fewer draws than this leave a share to chance.
_FEW: Final = 100
_ALWAYS: Final = (
    "What was tried is a search: the best found is no proven optimum, and a cheaper use may have been missed.",
    "Levers act as the scenario says they do; that somebody holds one does not mean that it would be used.",
    "Costs of different holders are added up as if their stakes counted alike.",
)


def bridge_head(stored: StoredBridge) -> Markup:
    """Write what was wanted, of which case, over how many worlds."""
    found, manifest = stored.bridge, stored.manifest
    goal = found.goal
    horizon = stored.scenario.talks.horizon_rounds * stored.scenario.talks.round_years
    facts = [
        f"Case {manifest.case}" + (f", with {manifest.overlay}" if manifest.overlay else ""),
        f"wanted: {goal.want.replace('-', ' ')}, at least {percent(goal.at_least)}",
        f"counted by {goal.measure}",
        f"{found.draws:,} of {found.drawn:,} drawn worlds",
        f"seed {manifest.seed}",
        f"endings after {duration(horizon)}",
        manifest.started[:10],
    ]
    return heading("Bridge: what would have to change", stored.scenario.title, stored.scenario.question, facts)


def bridge_body(stored: StoredBridge, figures: Markup) -> Markup:
    """Write all sections."""
    found, scenario = stored.bridge, stored.scenario
    title = "What still stands in the way" if found.found else "Why no combination does"
    return joined(
        (
            section(
                "answer",
                "The answer",
                three(_HEADS if found.found else _HEADS_NONE, three_of_bridge(stored)),
                _chances(found),
                words_box(),
            ),
            figures,
            levers(stored),
            _frontier(stored),
            section("obstacles", title, _indented(list(obstacles(found, scenario))), _fates(found)),
            section("consent", "Who moves, who refuses", _indented(list(consent(found, scenario))), _together(stored)),
            section("trust", "How far to trust it", _indented(list(trust(found, scenario))), _conventions(found)),
            spread_section(stored.spread),
            numbers(stored),
            limits_section("bridge", list(_limits(stored)), _ALWAYS),
            provenance(stored, _replay(stored)),
        )
    )


def three_of_bridge(stored: StoredBridge) -> tuple[str, str, str]:
    """What it takes or why nothing does; who has to move; how far fresh draws and conventions bear it."""
    found, scenario = stored.bridge, stored.scenario
    sure = next(trust(found, scenario))
    broken, tried = len(found.broken_by), len(found.conventions)
    if tried and found.found is not None:
        sure += (
            f" It breaks under {broken} of {tried} other conventions." if broken else " No other convention breaks it."
        )
    elif tried:
        works = tried - broken
        sure += f" It would be reached under {works or 'none'} of {tried} other conventions."
    widened = widened_words(stored.manifest.widen)
    return (
        headline(found, scenario),
        who_moves(found, scenario) if found.found else why_so(found, scenario),
        " ".join(filter(None, (sure, widened))),
    )


def _chances(found: Bridge) -> Markup:
    """How likely it is without levers, with them, on fresh draws, and what was asked."""
    point, fresh = found.point, found.fresh
    rows: list[list[object]] = [
        ["as it is, no lever used", share_bar(found.without.chance, 1.0, found.without.error)],
        [
            "with the use found" if found.found else "with the likeliest use tried",
            share_bar(point.chance, 1.0, point.error),
        ],
        ["the same on fresh draws", share_bar(fresh.chance, 1.0, fresh.error)],
        ["asked for", share_bar(found.goal.at_least, 1.0)],
    ]
    caption = "Share of worlds in which what is wanted comes about, ± 95 %"
    table = Table("chances-table", caption, ("how", "share of worlds"), rows, (1,)).markup()
    return joined((table, paragraph(context(found), class_="note")))


def _frontier(stored: StoredBridge) -> Markup:
    """Uses that nothing as cheap beats, and how each does in the worst half of worlds."""
    found, robust = stored.bridge, stored.bridge.robust
    rows = []
    for n, point in enumerate(found.candidates):
        chosen = element("strong", "found", class_="assumed") if point == found.found else ""
        mark = joined((f"{n + 1} ", chosen))
        cost = joined(
            (f"{point.cost:.3f}", element("br"), element("small", f"{point.cost_low:.3f} to {point.cost_high:.3f}"))
        )
        rows.append(
            [
                Cell(mark, float(n + 1)), Cell(cost, point.cost), share(point.chance, point.error),
                uses(point, stored.scenario) or "no lever",
                share(float(robust.helps[n])), share(float(robust.harms[n])), share(float(robust.worst[n])),
                Cell(f"{100 * robust.regret[n]:.0f} pp", float(robust.regret[n])),
            ]
        )  # fmt: skip
    heads = ("use", "cost", "chance", "levers in use", "helps", "harms", "worst half", "regret")
    table = Table(
        "frontier-table", "Uses that nothing tried beats in both cost and chance", heads, rows, (1, 2, 4, 5, 6, 7),
        stacked=True, long=True,
    )  # fmt: skip
    words = paragraph(
        "Cost is the sum over holders in their own value, at central prices and from the low to the high ends. "
        "Helps: share of worlds that fail without levers and reach it with them; harms: the reverse. Worst half: "
        "chance in the half of worlds (one number in the lower or upper half of its range) where it does worst. "
        "Regret: how far, in some half, it falls behind another use that costs no more than the one found; "
        "below 0, a dearer use that is ahead of them all.",
        class_="note",
    )
    return section("frontier", "What more chance costs", table.markup(), words)


def _fates(found: Bridge) -> Markup:
    rows = [[name, share(value)] for name, value in sorted(found.reasons.fates.items(), key=lambda item: -item[1])]
    caption = f"What becomes of the worlds with {'the use found' if found.found else 'the likeliest use tried'}"
    return Table("fates-table", caption, ("what becomes of a world", "share"), rows, (1,)).markup()


def _together(stored: StoredBridge) -> Markup:
    found, scenario = stored.bridge, stored.scenario
    if not found.point.use:
        return Markup("")
    rows: list[list[object]] = [_changed("all levers together", "–", one, stored) for one in found.together]
    for mover in found.movers:
        title = scenario.levers[mover.lever].title
        rows.append(_changed(title, "holds it", mover.holder, stored))
        rows += [_changed(title, "has to agree", one, stored) for one in mover.consent]
    caption = "What it does to each actor: own value with it less without, cost taken off, ± 95 %"
    heads = ("what", "who", "part", "change", "verdict")
    return Table("together-table", caption, heads, rows, (3,), stacked=True, long=True).markup()


def _changed(what: str, part: str, one: Change, stored: StoredBridge) -> list[object]:
    change = Cell(f"{round(one.change, 3) + 0.0:+.3f} ± {1.96 * one.error:.3f}", one.change)
    veto = "loses: would refuse" if one.verdict == "loses" and part != "–" else one.verdict
    return [what, actor_title(stored.scenario, one.actor), part, change, veto]


def _conventions(found: Bridge) -> Markup:
    if not found.conventions:
        return paragraph("Other conventions were not tried.")
    rows = [
        [f"{one.name}: {one.setting}" if one.setting else one.name, share(one.before), share(one.chance, one.error),
         f"{one.draws:,}", "yes" if one.holds else element("strong", "no", class_="assumed")]
        for one in found.conventions
    ]  # fmt: skip
    reaches = f"reaches {percent(found.goal.at_least)}"
    heads = ("convention", "without levers", "with them", "worlds", reaches)
    caption = "The same use of the levers under each other convention; observations are counted anew"
    return Table("conventions-table", caption, heads, rows, (1, 2, 3), stacked=True, long=True).markup()


def _limits(stored: StoredBridge) -> Iterator[str]:
    found = stored.bridge
    if found.draws < _FEW:
        yield f"Only {found.draws:,} worlds stand behind the answer, so chance rules its shares."
    if not found.conditioned:
        yield "No drawn world fits what was observed, so all were used; ranges, rules or observations are wrong."
    if found.found is not None and not found.fresh.holds:
        yield f"Fresh draws do not bear it out: there it is {with_error(found.fresh.chance, found.fresh.error)}."
    if found.broken_by:
        yield f"{len(found.broken_by)} of {len(found.conventions)} other conventions keep it from what was asked."
    refusing = sum(bool(mover.refused_by) for mover in found.movers)
    if refusing:
        yield f"{refusing} of {len(found.movers)} levers in use would be refused by somebody, by own average value."
    yield assumed_words(stored)


def _indented(lines: Sequence[str]) -> Markup:
    """Lines as a list; what begins with spaces belongs to the line before."""
    items: list[Markup] = []
    for line in lines:
        if line.startswith("  ") and items:
            items[-1] = joined((items[-1], element("br"), element("small", line.strip())))
        else:
            items.append(joined((line.strip(),)))
    return bullets(items)


def _replay(stored: StoredBridge) -> Replay:
    manifest, found = stored.manifest, stored.bridge
    goal = found.goal
    words = ["sim", "bridge", manifest.inputs[0]["copy"], "--want", goal.want, "--at-least", f"{goal.at_least:g}"]
    words += ["--measure", goal.measure, "--draws", str(found.drawn)]
    if manifest.overlay is not None:
        words += ["--overlay", manifest.overlay]
    if set(found.levers) != set(stored.scenario.levers):
        words += ["--levers", ",".join(found.levers)]
    words += [*settings(manifest), "--out", AGAIN]
    same = joined(("The same draws, the same search and the same answer come out with the same versions.",))
    return Replay((("From inside the results folder, which holds copies of all inputs:", shlex.join(words)),), same)
