"""Conventions and overlays that a run played besides, each in a row beside the case as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sim.ensemble.headline_outcomes import is_condition
from sim.report.answer import listed_endings
from sim.report.convention_words import convention_clause, convention_code
from sim.report.outcome_words import (
    MOVED,
    change_in_words,
    mean_change_words,
    move_words,
    outcome_title,
    summary_words,
    told_of,
)
from sim.report.pieces import Cell, Items, Piece, Row, Section, Sentence, Span, Table, Words
from sim.report.reading_pieces import reading_pieces
from sim.report.run_report import RunReport
from sim.runs.difference import Difference, Shares
from sim.runs.flips import moves_of
from sim.runs.outcome_changes import OutcomeChange
from sim.runs.outcome_summary import OutcomeSummary, headline_outcomes
from sim.runs.overlays import OverlayRow
from sim.words import (
    NOTHING,
    Proportion,
    clear,
    counted,
    enumerated,
    percent,
    points,
)

#: So many outcomes are compared under overlays.
_OUTCOMES = 4
#: Before the name of an issue: what is agreed on it.
_TERMS: Final = "terms."
#: A mean that changes has moved, even where the median stays.
_SOME: Final = 1e-9
#: So many overlays that change no ending are named.
_DULL = 3
#: So many levels that an overlay takes off the table are named.
_TAKEN = 3
#: Moves of alternatives that are listed.
_LISTED = 12


def convention_section(run: RunReport) -> Section:
    """Say what other conventions would make of it; a terminal shows them where they were played."""
    found = run.answer.changes
    intro = "Choices that the literature leaves open: they are readings of the world, not facts about it."
    if not found.conventions:
        tried = [f"“{flip.name}”" for flip in found.flips if flip.kind == "convention"]
        said = "They were not tried in this run."
        if tried:
            said = f"Those that move this answer most are listed above: {', '.join(tried)}."
        elif found.flips:
            said = "None of those tried moved the answer as much as the assumed numbers above."
        command = Span(f"sim run {run.answer.subject.case} --conventions", "code")
        how = ("For all of them, run ", command, " and report again.")
        return Section("conventions", "Conventions", (Sentence(f"{intro} {said}"), Sentence(how)), shown="page")
    rows, listed = [], listed_endings(run.answer)
    for row in found.conventions:
        label: Words = row.name
        if row.setting:
            clause = convention_clause(run.scenario, row.name, row.setting)
            label = (f"If {clause}", Span(f"\n{convention_code(row.name, row.setting)}", "small"))
        flips = run.words.endings[row.modal].head if row.changes_modal else ("no" if row.setting else "–")
        rows.append([label, *_shares(row.endings, listed), flips])
    flipping = sum(row.changes_modal for row in found.conventions)
    text = f"{flipping} of {len(found.conventions) - 1} alternatives alone change which ending is the most frequent."
    table = Table(
        "conventions-table", "Share of endings under each alternative, on the same draws",
        ("convention", *_heads(run, listed), "flips to"), rows, range(1, len(listed) + 1), long=True,
    )  # fmt: skip
    pieces = (
        Sentence((f"{intro} ", Span(text, "strong"))),
        table,
        _chance(found.conventions[0].endings.draws),
        *_convention_outcomes(run),
        *reading_pieces(run),
    )
    return Section("conventions", "Conventions", pieces, folded=True)


def _convention_outcomes(run: RunReport) -> tuple[Piece, ...]:
    """What alternatives do to what the case asks for, terms and signers, where they move them, most first."""
    _, *others = run.answer.changes.conventions
    moves = [move for row in others for move in moves_of(row.name, "convention", row.setting, row.changes, len(others))]
    found = sorted((move for move in moves if told_of(move)), key=lambda move: -move.distance)
    if not found:
        return ()
    said = "What alternatives do to what the case asks for, terms and who signs, most first:"
    return (Sentence(said), Items(tuple(move_words(run, move) for move in found[:_LISTED])))


def overlay_section(run: RunReport) -> Section:
    """Compare the overlays with the base; a terminal shows them where they were played."""
    found = run.answer.changes.overlays
    if not found:
        command = Span(f"sim run {run.answer.subject.case} --overlays all", "code")
        words = ("This run compares no overlays. To compare those of the case, run ", command, ".")
        return Section("overlays", "What if", (Sentence(words),), shown="page")
    listed = listed_endings(run.answer)
    asked = _asked_number(run)
    rows: list[Row] = []
    for row in _by_change(found):
        title = row.title if row.change is not None else "as the scenario stands"
        label: Words = (row.name, Span(f"\n{title}", "small")) if title and title != row.name else row.name
        if row.change is None:
            rows.append([label, *_shares(row.endings, listed), *([_number_before(run, asked)] if asked else [])])
            continue
        moved = {name: points(row.change.share[name], row.change.error[name]) for name in listed}
        shares = row.endings.share
        cells = [Cell((percent(shares[n]), Span(f"\n{moved[n]}", "small")), shares[n]) for n in listed]
        rows.append([label, *cells, *([_number_after(run, row, asked)] if asked else [])])
    caption = "Share of endings under each overlay; below it the change from the base in points, same worlds, ± 95 %"
    heads = ("overlay", *_heads(run, listed))
    if asked:
        told = "its share and the change of it" if is_condition(asked) else "its median and the change of its mean"
        caption += f"; last what the case asks for, {told}"
        heads = (*heads, outcome_title(run, asked))
    table = Table("overlays-table", caption, heads, rows, range(1, len(heads)), long=True)
    text = f"An overlay is a change in the world, played in {run.worlds}. {_verdict(run, found)}"
    notes = (*_off_table(found), _chance(found[0].endings.draws))
    return Section("overlays", "What if", (Sentence(text), table, *notes))


def _off_table(found: Sequence[OverlayRow]) -> tuple[Sentence, ...]:
    """Which levels each overlay takes off the table, so that no world has them."""
    told = []
    for row in found:
        levels = [f"“{level}”" for level in row.off_table]
        shown = [*levels[:_TAKEN], counted(len(levels) - _TAKEN, "more")] if len(levels) > _TAKEN + 1 else levels
        if levels:
            told.append(f"{enumerated(shown)} {'is' if len(levels) == 1 else 'are'} not on the table in {row.name}")
    return (Sentence(f"{'; '.join(told)}.", "note"),) if told else ()


def _by_change(found: Sequence[OverlayRow]) -> list[OverlayRow]:
    """The base, then the overlays, those first that make most worlds end otherwise."""
    base = [row for row in found if row.change is None]
    others = [row for row in found if row.change is not None]
    return base + sorted(others, key=lambda row: -_moved_in_all(row))


def _moved_in_all(row: OverlayRow) -> float:
    return sum(abs(share) for share in row.change.share.values()) if row.change is not None else 0.0


def _verdict(run: RunReport, found: Sequence[OverlayRow]) -> str:
    """Which overlay changes the endings most beyond chance, and which change none, in a sentence or two."""
    others = [row for row in _by_change(found) if row.change is not None]
    surely = {row.name: _sure_changes(row.change) for row in others if row.change is not None}
    first = next((row for row in others if surely[row.name]), None)
    if first is None or first.change is None:
        which = "The only overlay changes" if len(others) == 1 else f"None of the {len(others)} overlays changes"
        told = f"{which} {'no' if len(others) == 1 else 'an'} ending beyond what chance may do"
        return f"{told}{_moved_terms(run, others)}."
    change = first.change
    name = max(surely[first.name], key=lambda ending: abs(change.share[ending]))
    share = first.endings.share[name]
    told = (
        f"“{first.title or first.name}” changes most: {run.words.endings[name].noun} in {percent(share)} instead of "
        f"{percent(share - change.share[name])} ({points(change.share[name], change.error[name])} points)."
    )
    dull = [f"“{row.title or row.name}”" for row in others if not surely[row.name]]
    if not dull:
        return told
    names = enumerated(dull) if len(dull) <= _DULL else f"{len(dull)} of the {len(others)} overlays"
    verb = "changes" if len(dull) == 1 else "change"
    return f"{told} {names} {verb} no ending beyond what chance may do."


def _moved_terms(run: RunReport, found: Sequence[OverlayRow]) -> str:
    """The outcome that an overlay moves most beyond chance, as the end of a sentence; empty where none is moved."""
    tried = sum(len(row.outcomes) for row in found)
    moved = [(change, row) for row in found for change in row.outcomes if change.moved >= MOVED and change.seen(tried)]
    if not moved:
        return ""
    change, row = max(moved, key=lambda one: one[0].moved)
    return f"; “{row.title or row.name}” moves most what is agreed or asked for: {change_in_words(run, change)}"


def _sure_changes(change: Difference) -> list[str]:
    """Endings whose share changes by more than chance may do."""
    return [name for name, share in change.share.items() if share and clear(share, change.error[name])]


def _asked_number(run: RunReport) -> str:
    """The first number or condition that the case asks for and an overlay moves, terms before others; else empty.

    What is told by names has a table of its own, and would make this one too wide.
    """
    changes = [change for row in run.answer.changes.overlays for change in row.outcomes]
    moved = {change.of for change in changes if abs(change.change) > 0}
    asked = [found.of for found in headline_outcomes(run.scenario) if found.of in moved]
    return next((of for of in asked if of.startswith(_TERMS)), next(iter(asked), ""))


def _number_before(run: RunReport, of: str) -> Cell:
    changes = [change for row in run.answer.changes.overlays for change in row.outcomes]
    return _number_cell(run, next(change.before for change in changes if change.of == of), "")


def _number_after(run: RunReport, row: OverlayRow, of: str) -> Words | Cell:
    """What the case asks for under an overlay, and below it the change in the same worlds."""
    found = next((change for change in row.outcomes if change.of == of), None)
    if found is None or not found.after.draws:
        return NOTHING
    told = "the same" if not found.change else mean_change_words(run, replace(found, moved=max(found.moved, _SOME)))
    return _number_cell(run, found.after, f"\n{told.removeprefix('on average ')}")


def _number_cell(run: RunReport, found: OutcomeSummary, below: str) -> Cell:
    number = found.mean if is_condition(found.of) else found.span.median
    return Cell((summary_words(run, found), Span(below, "small")), number)


def overlay_outcomes_section(run: RunReport) -> tuple[Section, ...]:
    """Say what the case asks for and the terms under each overlay, as far as some overlay moves them."""
    found = [row for row in run.answer.changes.overlays if row.outcomes]
    moved: dict[str, float] = {}
    for row in found:
        for change in row.outcomes:
            moved[change.of] = max(moved.get(change.of, 0.0), change.moved)
    shown = sorted((of for of in moved if moved[of] >= MOVED), key=lambda of: -moved[of])[:_OUTCOMES]
    if not shown:
        return ()
    before = {change.of: change.before for row in found for change in row.outcomes}
    rows: list[Row] = [["base", *(summary_words(run, before[of]) for of in shown)]]
    for row in found:
        after = {change.of: change for change in row.outcomes}
        rows.append([row.name, *(_outcome_cell(run, after.get(of)) for of in shown)])
    caption = "What the case asks for and terms under each overlay: those that some overlay moves, most first; "
    caption += "below it the change from the base, of shares in points, ± 95 %"
    heads = ("overlay", *(outcome_title(run, of) for of in shown))
    table = Table("overlay-outcomes-table", caption, heads, rows, stacked=True)
    return (Section("overlay-outcomes", "Terms under each overlay", (table,), folded=True),)


def _outcome_cell(run: RunReport, found: OutcomeChange | None) -> Words:
    if found is None or not found.after.draws:
        return "–"
    changed = mean_change_words(run, found).removesuffix(" points")
    return (summary_words(run, found.after), Span(f"\n{changed}", "small"))


def _heads(run: RunReport, listed: list[str]) -> list[str]:
    return [run.words.endings[name].head for name in listed]


def _shares(found: Shares, listed: list[str]) -> list[Cell]:
    return [Cell(percent(found.share[name]), found.share[name]) for name in listed]


def _chance(draws: int) -> Sentence:
    """How far chance may be off in a table whose shares stand without it."""
    low, high = Proportion(draws / 2, draws).interval
    half = points((high - low) / 2).lstrip("+")
    return Sentence(
        f"Chance in drawing {counted(draws, 'worlds')} may put each share off by up to {half} points (95 %).",
        "note",
    )
