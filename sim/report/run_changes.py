"""What would change the answer of a run: what flips it, conventions, overlays, edits since the last run."""

from __future__ import annotations

import math
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
from sim.report.pieces import Cell, Heading, Items, Piece, Row, Section, Sentence, ShownWhere, Span, Table, Words
from sim.report.reading_pieces import reading_pieces
from sim.report.run_report import RunReport
from sim.runs.difference import Difference, Shares
from sim.runs.flips import Flip, moves_of
from sim.runs.outcome_changes import OutcomeChange
from sim.runs.outcome_summary import OutcomeSummary, headline_outcomes
from sim.runs.overlays import OverlayRow
from sim.runs.proven_flips import ENOUGH
from sim.words import (
    NOTHING,
    Proportion,
    clear,
    counted,
    enumerated,
    number_title,
    percent,
    plus_minus,
    points,
)

#: Changes of shares below this are not worth a line.
_SEEN = 0.005
#: Where fewer worlds end otherwise than most often, there is no spread to speak of.
_SPREAD = 0.01
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
#: Edits that a terminal lists.
_LISTED = 12
#: Draws that are asked for are told in steps of so many.
_ROUND: Final = 100


def flip_section(run: RunReport, shown: ShownWhere) -> Section:
    """Say what would flip the answer, where its spread comes from, and what was edited since the last run."""
    split = _spread(run)
    return Section("flips", "What would change it", (*_flips(run), *_moves(run), *split, *_since(run)), shown=shown)


def _moves(run: RunReport) -> tuple[Piece, ...]:
    """What moves the outcomes of the headline most, where it moves them at all."""
    found = [move for move in run.answer.changes.moves if told_of(move)]
    if not found or (run.answer.told.draws == 1 and not run.answer.subject.deterministic):
        return ()
    items: tuple[Words, ...] = tuple(move_words(run, move, paired=True) for move in found)
    return (Sentence("What moves the other outcomes most, beyond what chance may do:"), Items(items))


def _spread(run: RunReport) -> tuple[Piece, ...]:
    """What the spread of the endings comes from, and how much there is; nothing where hardly any world differs."""
    found, told = run.answer.changes.spread, run.answer.told
    others = 1 - told.endings.share[told.endings.modal] if told.draws else 0.0
    if found is None or others < _SPREAD:
        return ()
    return (Sentence(f"{percent(others)} of the worlds end otherwise than most often. {found.sentence()}"),)


def _flips(run: RunReport) -> tuple[Piece, ...]:
    found = [
        flip
        for flip in (*run.answer.changes.flips, *run.answer.changes.effects)
        if flip.changes_modal or (flip.seen if flip.change else flip.distance >= _SEEN)
    ]
    if not run.answer.changes.flips:
        reason = ", because chance plays no part in it" if run.answer.subject.deterministic else ""
        return (Sentence(f"Ends of ranges were not tried in this run{reason}."),)
    if not found:
        more = " by more than chance may do" if run.answer.changes.flips[0].change else ""
        if run.answer.told.endings.share[run.answer.told.endings.modal] == 1:
            return (Sentence(f"All worlds end alike, and no assumed number or convention tried changes that{more}."),)
        return (Sentence(f"No assumed number or convention tried changes the ending by itself{more}."),)
    words = (
        "Assumed numbers and conventions that alone make another ending the most frequent, or move the endings most"
        if any(flip.changes_modal for flip in found)
        else "No assumed number or convention tried alone changes which ending is the most frequent; these move it most"
    )
    draws = found[0].before.draws
    those = " that fit what was observed" if run.answer.group == "consistent" else ""
    tried = (
        f" (played again in {draws:,} other worlds{those}, which were not used to find them)" if found[0].change else ""
    )
    items: list[Words] = [
        (flip_words(run, flip), Span(f"\nAssumed: {flip.reason}", "small")) if flip.reason else flip_words(run, flip)
        for flip in found
    ]
    note = "The ± hold for all of these changes at once (95 %), so they are wider than those of a single one."
    notes = (Sentence(f"{note}{_more_draws(run, draws)}", "note"),) if found[0].change else ()
    return (Sentence(f"{words}{tried}."), Items(tuple(items)), *notes)


def _more_draws(run: RunReport, played: int) -> str:
    """How many draws would give enough worlds to tell changes by, where there are fewer."""
    if played >= ENOUGH or run.answer.fitting.share <= 0:
        return ""
    draws = math.ceil(ENOUGH / run.answer.fitting.share / _ROUND) * _ROUND
    return f" So few worlds tell only large changes; {counted(ENOUGH, 'such worlds')} take about --draws {draws}."


def flip_words(run: RunReport, found: Flip) -> str:
    """One assumed number or convention and where it would move the endings, on the sample it was tried on."""
    if found.kind == "number":
        end = found.setting.replace(" end, ", " end of its range, ")
        title, code = f"{number_title(run.scenario, found.name)}, at the {end}", ""
    else:
        title = f"If {convention_clause(run.scenario, found.name, found.setting)}"
        code = f" [{convention_code(found.name, found.setting)}]"
    before, after = found.before, found.after
    if not after.draws:
        return f"{title}: no world fits what was observed any more{code}"
    nouns = {name: words.noun for name, words in run.words.endings.items()}
    moved = sorted(before.share, key=lambda name: -abs(after.share[name] - before.share[name]))[:2]
    shares = ("; " if found.change else ", ").join(
        f"{nouns[name]} {percent(before.share[name])} → {percent(after.share[name])}{_shift(found, name)}"
        for name in moved
        if after.count[name] != before.count[name]
    )
    if found.change:
        old, new = nouns[before.modal], nouns[after.modal]
        if found.changes_modal:
            return f"{title}: most often {new} instead of {old} ({shares}){code}"
        still = f"most often still {old}" if old == new else f"{new} or {old} most often, chance may do either"
        return f"{title}: {shares}; {still}{code}"
    sample = f"in the {counted(before.draws, 'worlds')} tried"
    if found.changes_modal:
        new, old = nouns[after.modal], nouns[before.modal]
        return f"{title}: most often {new} instead of {old} ({sample}: {shares}){code}"
    return f"{title}: {shares}, {sample}; most often still {nouns[before.modal]}{code}"


def _shift(found: Flip, name: str) -> str:
    """The change of one share in points, with the half of its interval."""
    return f", {points(found.change[name])} {plus_minus(found.half[name])}" if found.change else ""


def _since(run: RunReport) -> tuple[Piece, ...]:
    found = run.answer.changes.since_last_run
    if found is None:
        return ()
    rows: list[Row] = [
        [(number_title(run.scenario, path), "\n", Span(path, "path")), before, after]
        for path, (before, after) in found.numbers.items()
    ]
    rows += [[path, before, after] for path, (before, after) in found.settings.items()]
    caption = f"What was edited since the last run of this case, {found.run}"
    table = Table("since-table", caption, ("what", "before", "after"), rows, stacked=True, most=_LISTED)
    told = []
    if found.endings_all is not None:
        told.append(f"What that did, in percentage points, in all worlds: {_moved(run, found.endings_all)}.")
    if run.answer.group == "consistent" or found.endings_all is None:
        told.append(f"In worlds that fit what was observed: {_moved(run, found.endings)}.")
    moved = tuple(change_in_words(run, change) for change in found.outcomes if change.moved >= MOVED and change.seen())
    more: tuple[Piece, ...] = (Sentence("What it did to what the case asks for:"), Items(moved)) if moved else ()
    return (Heading("Since the last run"), table, Sentence(" ".join(told)), *more)


def _moved(run: RunReport, change: Difference) -> str:
    moved = ", ".join(
        f"{run.words.endings[name].noun if name in run.words.endings else name} {points(share, change.error[name], 1)}"
        for name, share in change.share.items()
    )
    return moved if change.paired else f"{moved} (not the same worlds, so the ± is wider)"


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
