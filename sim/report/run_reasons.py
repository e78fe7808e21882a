"""Why nothing is signed, who blocks by which reason, who gains least, and which numbers matter."""

from __future__ import annotations

from typing import Final

from sim.report.opening_pieces import opening_pieces
from sim.report.pieces import Cell, Heading, Piece, Row, Section, Sentence, ShownWhere, Table
from sim.report.refusals import Refusal
from sim.report.run_lead import overtaken_by
from sim.report.run_report import RunReport
from sim.words import counted, percent, signed_part, term_words

#: A share below this is not worth a line.
_SEEN: Final = 0.005
#: Share of the ending that a single number should explain to be said to matter.
_MATTERS: Final = 0.1


def reason_section(run: RunReport, shown: ShownWhere) -> Section:
    """Say why it happens."""
    pieces: tuple[Piece, ...] = (
        Sentence(no_deal(run)),
        *_blockers(run),
        *opening_pieces(run),
        Sentence(kind_by_kind(run)),
        Heading("Who gains least"),
        Sentence(satisfaction(run)),
    )
    return Section("why", "Why", pieces, shown=shown)


def no_deal(run: RunReport) -> str:
    """Why nothing is signed: no deal to find, or not found."""
    told = run.answer.told
    nothing = told.declared.share["none"]
    if not nothing > 0:
        return ""
    impossible = sum(told.no_deal_by.values())
    text = f"Nothing is signed in {percent(nothing)} of {run.these_worlds}."
    talks = run.answer.talks
    if talks.talks_failed_at_table > 0:
        share = percent(talks.talks_failed_at_table)
        text += f" In {share} there was a deal that all could accept and the talks missed it."
    if talks.overtaken > 0:
        text += f" In {percent(talks.overtaken)} the talks agree, but {overtaken_by(run)} before the signature."
    if impossible > 0:
        text += f" In {percent(impossible)} no deal of any kind {_unacceptable(impossible, nothing)}."
        told_by = [(by, told.no_deal_by.get(name, 0.0)) for name, by in _STOPS.items()]
        stops = [(by, share) for by, share in told_by if share > 0]
        if len(stops) == 1:
            text += f" What stops them all is {stops[0][0]}."
        elif stops:
            listed = [f"{by} ({percent(share)})" for by, share in stops]
            text += f" What stops them all is {'; '.join(listed[:-1])}; or {listed[-1]}."
        if "red_lines_alone" in run.answer.reasons.cannot_occur:
            text += " That red lines alone bar all cannot occur here: however they are drawn, some deal crosses none."
    return text


#: What stops every deal, by the keys of ``no_deal_by``, after "is".
_STOPS: Final = {
    "red_lines_alone": "hard red lines alone, which bar every deal though some would pay for all",
    "numbers_alone": "numbers alone, as no deal pays for all though some cross no red line",
    "both": "both only together, as every deal that pays for all is barred",
    "either_alone": "either of these, of which one alone would do",
}


def _unacceptable(impossible: float, nothing: float) -> str:
    """That no deal suits all; where more is signed than that leaves room for, when it was so."""
    said = "is acceptable to all who must agree"
    return f"{said} at the start, and in some of these one is later" if impossible > nothing else said


def _blockers(run: RunReport) -> tuple[Table, ...]:
    found = run.answer.reasons.blockers
    if not found:
        return ()
    rows: list[Row] = [
        [
            run.actor(item.actor), term_words(run.scenario, item.term), Cell(percent(item.share), item.share),
            Cell(percent(item.alone), item.alone), term_words(run.scenario, item.then) if item.then else "–",
        ]
        for item in found
    ]  # fmt: skip
    rest = 1 - sum(item.share for item in found)
    if rest >= _SEEN:
        rows.append(["others", "–", Cell(percent(rest), rest), "–", "–"])
    heads = ("who", "by which reason", "share", "its only reason", "else also, most often")
    asked_of = {one.kind for one in run.answer.reasons.refusals}
    kinds = [_kind(run, kind) for kind in run.words.declared if kind in asked_of]
    asked = f"; the figure “why not” asks about each {' and '.join(kinds)} one by one" if kinds else ""
    caption = (
        "Who stops the deal of any kind that comes closest, among worlds where no deal is acceptable to all who must "
        f"agree{asked}"
    )
    return (Table("blockers-table", caption, heads, rows, (2, 3), stacked=True),)


def kind_by_kind(run: RunReport) -> str:
    """Which side the nearest deal of each kind fails on; empty where none is ever refused."""
    found = run.answer.reasons.refusals
    if run.answer.subject.draws == 1 or not found:
        return ""
    return f"Asked kind by kind: {'; '.join(refusal_words(run, one) for one in found)}."


def refusal_words(run: RunReport, found: Refusal) -> str:
    """Who refuses the nearest deal of a kind most often and by what, as a clause."""
    why = (
        f"a red line bars it in {percent(found.barred)}" if found.by_red_line else term_words(run.scenario, found.term)
    )
    share = percent(found.share)
    return f"the nearest {_kind(run, found.kind)} fails most often on {run.actor(found.actor)} ({share}; {why})"


def _kind(run: RunReport, kind: str) -> str:
    """A kind of deal without its article."""
    words = run.words.declared.get(kind)
    return kind if words is None else words.noun.removeprefix("an ").removeprefix("a ").removeprefix("the ")


def satisfaction(run: RunReport) -> str:
    """Which party gains least."""
    found = run.answer.reasons.least_satisfied
    where = f"{percent(found.share)} of the {'signed deals' if found.signed else 'worlds'}"
    if found.share == 1:
        where = "every signed deal" if found.signed else "every world"
    return (
        f"In {where} least is gained by {run.actor(found.actor)}: on average {signed_part(found.mean_gain, 1)} of "
        "all that is at stake, compared with no deal."
    )


def important_sections(run: RunReport, shown: ShownWhere) -> tuple[Section, ...]:
    """List the numbers that matter most; a page shows it beside every number."""
    found = run.answer.changes.important
    if not found or shown == "page":
        return ()
    rows: list[Row] = [
        [
            number.title,
            Cell(percent(number.share), number.share),
            ", ".join([*number.claims, *number.rates]) or f"assumed: {number.assumed}",
        ]
        for number in found
        if number.beyond
    ]
    if not rows:
        few = f"In {counted(run.answer.subject.draws, 'worlds')} no single number explains more of the ending than "
        few += "chance may, so none is named: more draws would tell."
        return (Section("important", "Numbers that matter most", (Sentence(few),), shown="terminal"),)
    caption = "By how much of the ending each explains alone"
    if found[0].share < _MATTERS:
        caption = f"No single number matters much: alone, the first explains {percent(found[0].share)} of the ending"
    table = Table("important-table", caption, ("number", "share", "rests on"), rows, (1,))
    return (Section("important", "Numbers that matter most", (table,), shown="terminal"),)
