"""The answer over all readings of a case: how far each state goes, which two changes move it, what flips it."""

from __future__ import annotations

from sim.report.convention_words import convention_clause
from sim.report.pieces import Cell, Heading, Piece, Row, Sentence, Table
from sim.report.run_report import RunReport
from sim.runs.readings import Reading, ReadingSpan, reading_distance
from sim.words import enumerated, percent

#: A pair that moves the states less than this is not worth a sentence.
_SEEN = 0.005


def reading_pieces(run: RunReport) -> tuple[Piece, ...]:
    """Say how far the answer goes over every combination of conventions that was played; nothing where none was."""
    found, spans = run.answer.changes.readings_played, run.answer.changes.readings
    if found is None or spans is None:
        return ()
    written, rows = found.written.states.share, list[Row]()
    for state, span in spans.states.items():
        if span.high > 0 and state in run.words.states:
            rows.append([run.words.states[state].row, Cell(percent(written[state]), written[state]), *_span(span)])
    if len(run.words.kinds) > 1:
        deals = sum(written.get(kind, 0.0) for kind in run.words.kinds)
        rows.append(["a deal of any kind is in force", Cell(percent(deals), deals), *_span(found.in_force)])
    caption = f"How things stand at the end, over {spans.count} readings of the same {found.draws:,} worlds"
    heads = ("state", "as written", "lowest", "median", "highest")
    table = Table("readings-table", caption, heads, rows, (1, 2, 3, 4), long=True)
    return (
        Heading("All conventions together"),
        Sentence(f"{_how(run)} {_flips(run)} {_pair(run)}".strip()),
        table,
        Sentence(
            "Lowest and highest are of samples: chance alone widens them by a few points. What was observed is judged "
            "anew under each reading.",
            "note",
        ),
    )


def reading_sentence(run: RunReport) -> str:
    """How the most frequent state fares over the readings, in one sentence; empty where they were not played."""
    found, spans = run.answer.changes.readings_played, run.answer.changes.readings
    if found is None or spans is None or found.written.modal not in spans.states:
        return ""
    span, same = spans.states[found.written.modal], not any(one.flips for one in found.played)
    noun = run.words.states[found.written.modal].noun
    often = "it stays the most frequent" if same else f"another state is the most frequent in {_flipping(run)}"
    return (
        f"Over {spans.count} readings of the rules, {noun} goes from {percent(span.low)} to {percent(span.high)}; "
        f"{often}."
    )


def combination_words(run: RunReport, found: Reading) -> str:
    """What a reading changes, after "if"."""
    return enumerated([convention_clause(run.scenario, one.name, one.setting) for one in found.changed])


def _span(span: ReadingSpan) -> list[Cell]:
    return [Cell(percent(value), value) for value in (span.low, span.median, span.high)]


def _how(run: RunReport) -> str:
    found = run.answer.changes.readings_played
    assert found is not None
    alone = sum(len(one.changed) == 1 for one in found.played)
    pairs = sum(len(one.changed) == 2 for one in found.played)
    many = len(found.played) - alone - pairs
    return (
        f"Played were the case as written, {alone} readings that change one convention, {pairs} that change two, and "
        f"{many} that change many at once."
    )


def _flipping(run: RunReport) -> str:
    found = run.answer.changes.readings_played
    assert found is not None
    return f"{sum(one.flips for one in found.played)} of {len(found.played)} others"


def _flips(run: RunReport) -> str:
    found = run.answer.changes.readings_played
    assert found is not None
    noun = run.words.states[found.written.modal].noun if found.written.modal in run.words.states else "the answer"
    if found.flip is None:
        return f"In none of them is another state than {noun} the most frequent."
    after, before = found.flip.states, found.written.states
    new = run.words.states[after.modal].noun
    shares = f"{percent(before.share.get(after.modal, 0.0))} → {percent(after.share[after.modal])}"
    return (
        f"Another state than {noun} is the most frequent in {_flipping(run)}; the smallest change that does it: if "
        f"{combination_words(run, found.flip)}, it is {new} ({shares})."
    )


def _pair(run: RunReport) -> str:
    """The two changes that move the states furthest together."""
    found = run.answer.changes.readings_played
    assert found is not None
    worst = found.worst_pair
    if worst is None or reading_distance(worst, found.written) < _SEEN:
        return ""
    before, after = found.written.states.share, worst.states.share
    most = sorted(before, key=lambda state: -abs(after.get(state, 0.0) - before[state]))[:2]
    shares = ", ".join(
        f"{run.words.states[state].noun} {percent(before[state])} → {percent(after.get(state, 0.0))}"
        for state in most
        if state in run.words.states
    )
    return f"Of pairs the one that moves it furthest: if {combination_words(run, worst)}: {shares}."
