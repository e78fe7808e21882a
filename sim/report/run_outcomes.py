"""What the talks are about, as tables: how things stand in time, terms, who signs, who would sign which package."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from sim.ensemble.headline_outcomes import is_condition
from sim.ensemble.off_table import packages_off_table
from sim.report.outcome_findings import NOBODY, WITHOUT, Terms
from sim.report.outcome_values import name_words, value_words
from sim.report.outcome_words import MOVED, outcome_title, summary_words
from sim.report.pieces import Bar, Bars, Cell, Piece, Row, Section, Sentence, ShownWhere, Span, Table, Words
from sim.report.run_report import RunReport
from sim.runs.outcome_changes import moved_by
from sim.runs.outcome_summary import NumberSpan, OutcomeSummary, headline_outcomes
from sim.words import NOTHING, capital, counted, enumerated, percent, protocol_words

#: So many coalitions are told one by one.
_COALITIONS = 4


def state_bars(run: RunReport) -> Bars:
    """Show how things stand at the end as one bar."""
    found, told = run.answer.outcomes, run.answer.told
    note = f"State after {run.duration(run.answer.subject.horizon_years)}"
    note += ", in the worlds that fit what was observed." if run.answer.group == "consistent" else "."
    if not run.answer.subject.deterministic and told.draws > 1:
        note += " ± covers 95 % of what chance in drawing the worlds may do."
    parts = tuple(
        Bar(state, capital(words.row), run.share(told.of_draws(found.states[state])), found.states[state])
        for state, words in run.words.states.items()
        if found.states.get(state)
    )
    return Bars(parts, note)


def timeline_table(run: RunReport) -> Table:
    """Show how things stand at some times; empty where they stand the same way all the time."""
    timeline = run.answer.outcomes.timeline
    states = [state for state in run.words.states if any(at.states.get(state) for at in timeline)]
    if len(states) < 2:
        return Table("timeline-table", "", (), ())
    rows: list[Row] = [
        [run.words.states[state].row, *(Cell(percent(at.states[state]), at.states[state]) for at in timeline)]
        for state in states
    ]
    heads = ("state", *(run.duration(at.time) for at in timeline))
    return Table("timeline-table", f"How things stand after some time, share of {run.these_worlds}", heads, rows,
                 tuple(range(1, len(heads))))  # fmt: skip


def terms_pieces(run: RunReport) -> tuple[Piece, ...]:
    """Show issue by issue what is signed most often; and apart from that the package signed most often."""
    found = run.answer.outcomes
    deal = run.answer.reasons.likely_deal
    if deal is None:
        return ()
    heads = ("issue", "most often, or median", "share, or 10–90 %")
    marginal = Table("terms-table", "Terms of the first deal, issue by issue", heads, _term_rows(run, found.terms))
    rows = _term_rows(run, found.terms_in_force) if found.terms_in_force != found.terms else []
    later = Table("force-table", "The same of the deals in force at the end", heads, rows)
    title = "Terms of the deals in force at the end"
    package: list[Row] = [[run.issue(issue), run.level(issue, level)] for issue, level in deal.levels.items()]
    kind = f", {run.words.declared[deal.kind].noun}" if len(run.words.kinds) > 1 else ""
    caption = f"The package signed most often{kind}: {percent(deal.share)} of signed deals have just these terms"
    joint = Table("deal-table", caption, ("issue", "level"), package)
    page = Section("terms-in-force", title, (later,), shown="page", folded=True) if rows else Section("", "", ())
    return (marginal, page, joint) if len(found.terms) > 1 else (marginal, page)


def _term_rows(run: RunReport, terms: Terms) -> list[Row]:
    return [[run.issue(issue), *_most(run, issue, found)] for issue, found in terms.items() if _known(found)]


def _known(found: NumberSpan | Mapping[str, float]) -> bool:
    """Whether some draw has a deal."""
    return not math.isnan(found.median) if isinstance(found, NumberSpan) else WITHOUT not in found


def _most(run: RunReport, issue: str, found: NumberSpan | Mapping[str, float]) -> tuple[Cell | str, Cell]:
    """The most frequent level with its share, or the median with the range."""
    of = f"terms.{issue}"
    if isinstance(found, NumberSpan):
        low, high = value_words(run, of, found.low), value_words(run, of, found.high)
        span = low if low == high else f"{low} to {high}"
        ends = {"from": found.low, "to": found.high}
        median = Cell(value_words(run, of, found.median), found.median, numbers={"median": found.median}, whole=False)
        return median, Cell(span, found.low, numbers=ends, whole=False)
    level = max(found, key=lambda name: found[name])
    return run.level(issue, level), Cell(percent(found[level]), found[level])


def ways_pieces(run: RunReport) -> tuple[Piece, ...]:
    """Show what is agreed and who signs under each protocol that was tried, as far as it differs."""
    found: dict[str, dict[str, OutcomeSummary]] = {}
    seen: set[str] = set()
    for way in run.answer.changes.ways:
        if way.found.draws:
            found.setdefault(way.found.of, {})[way.protocol] = way.found
            own = next(iter(found[way.found.of].values()))
            seen |= {way.found.of} if way.seen and moved_by(own, way.found) >= MOVED else set()
    protocols = list(dict.fromkeys(way.protocol for way in run.answer.changes.ways))
    if len(protocols) == 1 or not found:
        return ()
    differ = {of: ways for of, ways in found.items() if of in seen}
    rows: list[Row] = [
        [outcome_title(run, of), *(_way_cell(run, ways.get(protocol)) for protocol in protocols)]
        for of, ways in differ.items()
    ]
    draws = [way.draws for ways in differ.values() for way in ways.values()]
    caption = "Terms by protocol, the case's own first: most often, or median (10–90 %)"
    if draws:
        least, most = min(draws), max(draws)
        span = f"{most:,}" if least == most else f"{least:,} to {most:,}"
        caption += f"; of {span} {'deal' if most == 1 else 'deals'} each"
    heads = ("", *(capital(protocol_words(name)) for name in protocols))
    table = Table("ways-table", caption, heads, rows, stacked=True)
    return (table, Sentence(_alike_words(run, len(protocols) - 1, [of for of in found if of not in differ])))


def _alike_words(run: RunReport, others: int, alike: Sequence[str]) -> str:
    """Which outcomes are the same under the other protocols, as far as the worlds can tell; empty where none is."""
    if not alike:
        return ""
    named = enumerated([f"“{outcome_title(run, of)}”" for of in alike])
    under = f"Under {counted(others, 'other protocols')} of talks {named} {'comes' if len(alike) == 1 else 'come'} out"
    return f"{under} alike, or differ{'s' if len(alike) == 1 else ''} by no more than chance may do."


def _way_cell(run: RunReport, found: OutcomeSummary | None) -> Words | Cell:
    """An outcome under one protocol: the most frequent name with its share, or the median with the range."""
    if found is None:
        return NOTHING
    if found.shares or is_condition(found.of) or found.span.low == found.span.high:
        return summary_words(run, found)
    low, high = value_words(run, found.of, found.span.low), value_words(run, found.of, found.span.high)
    return Cell((summary_words(run, found), Span(f"\n{low} to {high}", "small")), found.span.median)


def signers_sentence(run: RunReport) -> str:
    """Who signs, where not everybody has to; empty elsewhere."""
    if run.scenario.talks.sign.everybody:
        return ""
    shares = run.answer.outcomes.signers
    told = [
        f"{'nobody' if name == NOBODY else name_words(run, 'signers', name)} in {percent(share)}"
        for name, share in list(shares.items())[:_COALITIONS]
    ]
    signed = f"Who signs: {enumerated(told)}."
    if any(found.of == "left_out" for found in headline_outcomes(run.scenario)):
        return signed
    out = {
        name: sum(share for who, share in shares.items() if who != NOBODY and name not in who.split(" + "))
        for name in run.scenario.signers
    }
    ranked = sorted((name for name in out if out[name]), key=lambda name: -out[name])
    left = enumerated([f"{run.actor(name)} in {percent(out[name])}" for name in ranked])
    return f"{signed} Left out of a deal: {left}." if left else signed


def package_section(run: RunReport, shown: ShownWhere) -> Section:
    """Show who would sign which package at the start of the talks.

    Args:
        shown: where it stands; pages show it in any case
    """
    found = run.answer.outcomes
    if not found.who_would_sign:
        return Section("packages", "", ())
    title = "Who would sign what"
    if all(share == 1 for shares in found.who_would_sign.values() for share in shares.values()):
        names = enumerated([package.title for package in found.packages.values()])
        everybody = Sentence(f"Everybody would sign each of these: {names}.")
        return Section("packages", title, (everybody, *_packages_off_table(run)), shown=shown)
    actors = [name for name in run.scenario.actors if name not in run.scenario.indifferent]
    rows: list[Row] = [
        [
            capital(found.packages[name].title),
            *(Cell(percent(shares[actor]), shares[actor]) for actor in actors),
            Cell(percent(shares["all"]), shares["all"]),
        ]
        for name, shares in found.who_would_sign.items()
    ]
    last = "enough of them" if not run.scenario.talks.sign.everybody else "all who must"
    heads = ("package", *(run.actor(actor) for actor in actors), last)
    caption = (
        f"Who would sign which package at the start of the talks rather than go without, share of {run.these_worlds}"
    )
    table = Table("packages-table", caption, heads, rows, tuple(range(1, len(heads))))
    return Section("packages", title, (table, *_packages_off_table(run)), shown=shown)


def _packages_off_table(run: RunReport) -> tuple[Sentence, ...]:
    """Packages that the case names and that are not on offer, as under an overlay."""
    found = packages_off_table(run.scenario)
    if not found:
        return ()
    return (Sentence(f"Not on the table in “{run.scenario.title}”: {enumerated(found)}.", "note"),)
