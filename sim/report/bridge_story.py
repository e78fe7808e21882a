"""A bridge as a story: what it takes or that nothing does, by whose hand, at what cost, and how far to trust it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import Final

from sim.report.bridge_lead import bridge_lead, consent_words, context, obstacles, trust
from sim.report.bridge_report import BridgeReport, checked_share
from sim.report.bridge_tables import (
    chances_table,
    changes_table,
    conventions_table,
    fates_table,
    frontier_section,
    lever_section,
)
from sim.report.limit_sections import limit_section
from sim.report.number_sections import assumed_words, number_sections
from sim.report.pieces import FigurePiece, Glossary, Items, Section, Sentence, Story, Table
from sim.report.provenance_sections import AGAIN, Replay, played_facts, provenance_sections, setting_options
from sim.report.run_report import FEW
from sim.report.run_story import figure_sections
from sim.report.spread_parts import spread_section
from sim.store import Manifest
from sim.words import percent, words_of

_ALWAYS: Final = (
    "What was tried is a search: the best found is no proven optimum, and a cheaper use may have been missed.",
    "Levers act as the scenario says they do; that somebody holds one does not mean that it would be used.",
    "Costs of different holders are added up as if their stakes counted alike.",
)


def bridge_story(bridge: BridgeReport, manifest: Manifest | None = None, figures: Sequence[FigurePiece] = ()) -> Story:
    """Tell a bridge.

    Args:
        manifest: what was asked, for pages
        figures:  those that were drawn, for pages
    """
    found, scenario = bridge.found, bridge.scenario
    way = "What still stands in the way" if found.found else "Why no combination does"
    glance = Section("", "", (chances_table(bridge), Glossary(words_of(bridge.words))), shown="page")
    sections = [
        Section("answer", "The answer", (bridge_lead(bridge), glance, Sentence(context(bridge), "note"))),
        *figure_sections(figures),
        lever_section(bridge),
        frontier_section(bridge),
        _list("obstacles", way, Items(tuple(obstacles(bridge))), fates_table(bridge)),
        _list("consent", "Who moves, who refuses", Items(tuple(consent_words(bridge))), changes_table(bridge)),
        _list("trust", "How far to trust it", Items(tuple(trust(bridge))), conventions_table(bridge)),
        spread_section(bridge.spread),
    ]
    facts: tuple[str, ...] = ()
    if manifest is not None:
        sections += number_sections(scenario, bridge.article)
        sections.append(limit_section("bridge", list(_limits(bridge)), _ALWAYS))
        sections += provenance_sections(manifest, _replay(bridge, manifest))
        facts = played_facts(
            manifest,
            f"wanted: {found.goal.want.replace('-', ' ')}, at least {percent(found.goal.at_least)}",
            *([f"counted by {found.goal.measure}"] if found.goal.is_kind(scenario) else []),
            f"{found.draws:,} of {found.drawn:,} drawn worlds",
            f"endings after {bridge.years}",
        )
    kept = Sentence(f"Results: {bridge.folder}" if bridge.folder else "", "note")
    sections.append(Section("record", "", (kept,), shown="terminal"))
    return Story(scenario.title, scenario.question, tuple(sections), "Bridge: what would have to change", facts)


def _list(identity: str, title: str, items: Items, table: Sentence | Table) -> Section:
    """Sentences as a list, and below it on a page what they are read from."""
    return Section(identity, title, (items, Section("", "", (table,), shown="page")))


def _limits(bridge: BridgeReport) -> Iterator[str]:
    found = bridge.found
    if found.draws < FEW:
        yield f"Only {found.draws:,} worlds stand behind the answer, so chance rules its shares."
    if not found.conditioned:
        yield "No drawn world fits what was observed, so all were used; ranges, rules or observations are wrong."
    if found.found is not None and not found.fresh.holds:
        yield f"Fresh draws do not bear it out: there it is {checked_share(found.fresh)}."
    if found.broken_by:
        yield f"{len(found.broken_by)} of {len(found.conventions)} other conventions keep it from what was asked."
    refusing = sum(bool(mover.refused_by) for mover in found.movers)
    if refusing:
        yield f"{refusing} of {len(found.movers)} levers in use would be refused by somebody, by own average value."
    yield assumed_words(bridge.scenario)


def _replay(bridge: BridgeReport, manifest: Manifest) -> Replay:
    found, goal = bridge.found, bridge.found.goal
    words = ["sim", "bridge", manifest.inputs[0]["copy"], "--want", goal.want, "--at-least", f"{goal.at_least:g}"]
    words += ["--measure", goal.measure, "--draws", str(found.drawn)]
    if manifest.overlay is not None:
        words += ["--overlay", manifest.overlay]
    if set(found.levers) != set(bridge.scenario.levers):
        words += ["--levers", ",".join(found.levers)]
    words += [*setting_options(manifest), "--out", AGAIN]
    where = "From inside the results folder, which holds copies of all inputs:"
    same = "The same draws, the same search and the same answer come out with the same versions."
    return Replay(((where, shlex.join(words)),), same)
