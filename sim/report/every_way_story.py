"""A case under every protocol, every solution and every theory, in one table."""

from __future__ import annotations

import math
from typing import Final

from sim.report.pieces import Cell, Items, KeyValues, Row, Section, Sentence, Span, Story, Table, Words
from sim.report.theory_story import verdicts_alike, way_cells, way_heads, way_name
from sim.runs.every_way import EveryWay
from sim.runs.ways_out import WayDistance, WayOut
from sim.scenario import Scenario
from sim.words import NOTHING, actor_title, capital, issue_title, percent, protocol_words, quantity

#: Below this share of deals the median world has none.
_HALF: Final = 0.5


def every_way_story(found: EveryWay, scenario: Scenario) -> Story:
    """Tell what every way out gives on the same worlds, and where they differ."""
    sections = [
        Section("answer", "", (KeyValues(_lead(found, scenario), "lead"),)),
        Section("ways", "Every way out", (_table(found, scenario), Sentence(_reading(found), "note")), "Ways out"),
    ]
    if found.refused:
        items = tuple((Span(name, "strong"), f": {why}") for name, why in found.refused.items())
        sections.append(Section("refused", "Protocols under which this case cannot be played", (Items(items),)))
    left = [one.name for one in found.theory.excluded]
    note = f"{len(left)} theories do not apply here: sim theory CASE says why." if left else ""
    sections.append(Section("left", "", (Sentence(note, "note"),) if note else ()))
    return Story(scenario.title, scenario.question, tuple(sections))


def _lead(found: EveryWay, scenario: Scenario) -> tuple[tuple[str, Words], ...]:
    differ = found.disagreement
    pairs: list[tuple[str, Words]] = [
        (
            "Protocols",
            (
                f"Protocols do not all lead to the same deal in {percent(differ.protocols)} of the worlds, and in "
                f"{percent(differ.about_deal)} only some of them lead to a deal at all."
            ),
        ),
        ("All ways out", f"In {percent(differ.all_ways)} of the worlds some protocol, solution or theory differs."),
    ]
    for name, ((low_way, low), (high_way, high)) in differ.terms.items():
        unit = scenario.issues[name].unit
        title = capital(issue_title(scenario, name))
        pairs.append((title, _between(low_way, quantity(_short(low), unit), high_way, quantity(_short(high), unit))))
    for name, ((low_way, low), (high_way, high)) in differ.gains.items():
        ends = _between(low_way, f"{low + 0.0:.3f}", high_way, f"{high + 0.0:.3f}")
        pairs.append((f"{actor_title(scenario, name)}'s gain", ends))
    return tuple(pairs)


def _between(low_way: str, low: str, high_way: str, high: str) -> str:
    return f"{low} however it is settled." if low == high else f"from {low} ({low_way}) to {high} ({high_way})."


def _short(value: float) -> float:
    return float(f"{value:.4g}")


def _table(found: EveryWay, scenario: Scenario) -> Table:
    size = found.theory.worlds
    rows: list[Row] = [_group("Protocols, played", scenario)]
    for one in found.protocols:
        called = _called(one.found.name)
        name: Words = Span(f"{called}, the case's own", "strong") if one.own else called
        rows.append(_row(name, one.found, None if one.own else one.distance, scenario))
    said = [one for one in found.theory.applies if one.predicts]
    for kind, title in (("solution", "Solutions"), ("equilibrium", "Theories")):
        rows.append(_group(title, scenario))
        for group in verdicts_alike([one for one in said if one.found.kind == kind]):
            way = group[0].found
            named = way_name([one.found.name for one in group], way.worlds, size)
            rows.append(_row(named, way, group[0].distance, scenario))
    heads = ("", *way_heads(scenario), "differs")
    caption = "What every protocol, solution and theory gives on the same worlds; medians"
    return Table("ways-table", caption, heads, rows, (1, *range(len(heads) - 2, len(heads))), stacked=True, long=True)


def _called(protocol: str) -> str:
    """The registered name, which commands and files take, and what people call it where that is more than the name."""
    spoken = protocol_words(protocol)
    plain = protocol.replace("-", " ")
    return protocol if spoken.lower() == plain else f"{protocol} ({spoken})"


def _group(title: str, scenario: Scenario) -> Row:
    return [Span(title, "small"), *("" for _ in way_heads(scenario)), ""]


def _row(name: Words, way: WayOut, away: WayDistance | None, scenario: Scenario) -> Row:
    gap = "" if away is None else NOTHING if math.isnan(away.gain) else percent(away.gain)
    return [name, *way_cells(way, scenario), Cell(gap)]


def _reading(found: EveryWay) -> str:
    size, draws = found.theory.worlds, found.theory.draws
    which = f"{draws:,} worlds" if size == draws else f"the {size:,} of {draws:,} worlds that fit what was observed"
    told = (
        f"On {which}. Gains are over no deal, in own value from 0 to 1, seen from the beginning of the talks; they "
        "differ from those of the case's own protocol by so much of the most that a signer could gain."
    )
    if any(one.found.deal < _HALF for one in found.protocols):
        told += " Without a deal nothing is gained: where deals are in less than half of the worlds the median is 0."
    if any(one.predicts and one.found.worlds < size for one in found.theory.applies):
        told += " A theory with a share behind its name applies in that share of the worlds; its row is about these."
    return told
