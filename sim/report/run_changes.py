"""What would change the answer of a run: what flips it, how much its worlds differ, edits since the last run."""

from __future__ import annotations

import math
from typing import Final

from sim.report.convention_words import convention_clause, convention_code
from sim.report.outcome_words import (
    MOVED,
    change_in_words,
    move_words,
    told_of,
)
from sim.report.pieces import Heading, Items, Piece, Row, Section, Sentence, ShownWhere, Span, Table, Words
from sim.report.run_report import RunReport
from sim.runs.difference import Difference
from sim.runs.flips import Flip
from sim.runs.proven_flips import ENOUGH
from sim.words import (
    counted,
    number_title,
    percent,
    plus_minus,
    points,
)

#: Changes of shares below this are not worth a line.
_SEEN = 0.005
#: Where fewer worlds end otherwise than most often, there is no spread to speak of.
_SPREAD = 0.01
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
