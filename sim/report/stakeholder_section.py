"""Who challenges whom, who moves and who backs whom, turn by turn, as models of challenges have it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.report.forecast_section import place_words, span_cell
from sim.report.pieces import Cell, Items, Piece, Row, Section, Sentence, ShownWhere, Table, Words
from sim.report.run_report import RunReport
from sim.report.stakeholder_findings import CHALLENGES, StakeholderTurnsTold
from sim.words import capital, enumerated, percent

#: Shares of the scale that a move must have so that it is told.
_MOVES: Final = 0.02
#: So many are named in a sentence, and so many turns stand in a table.
_NAMED: Final = 3
_SHOWN: Final = (0, 1, 2, 5, 10)
#: Issues that a terminal tells.
_ISSUES: Final = 3
_SAID: Final = {
    "conflict": "both challenge",
    "upper hand": "the first presses the other",
    "under pressure": "the other presses the first",
    "peace": "let be",
}


def stakeholder_section(run: RunReport, shown: ShownWhere) -> Section:
    """Tell what stakeholders do: in short in a terminal, with tables on a page."""
    found = {issue: models for issue, models in run.answer.stakeholders.items() if CHALLENGES in models}
    if not found:
        return Section("stakeholders", "Who challenges whom", ())
    short = tuple(_short(run, issue, models[CHALLENGES]) for issue, models in list(found.items())[:_ISSUES])
    pieces: list[Piece] = [Items(short)]
    more = len(found) - _ISSUES
    if more > 0:
        pieces.append(Sentence(f"{capital(_more(more))} on the page.", "note"))
    tables: list[Piece] = []
    for issue, models in found.items():
        tables += [_movement(run, issue, models), _challenges(run, issue, models), _pairs(run, issue, models)]
    note = (
        "A challenge is what somebody expects to gain most by; models of challenges assume that who loses by one gives "
        "in, trades or is beaten, turn by turn. They know nothing of talks, red lines or what no deal is worth."
    )
    parts = (*pieces, Section("stakeholder-tables", "", tuple(tables), shown="page"), Sentence(note, "note"))
    return Section("stakeholders", "Who challenges whom, turn by turn", parts, shown=shown, folded=True)


def _more(count: int) -> str:
    return "one more issue stands" if count == 1 else f"{count} more issues stand"


def _short(run: RunReport, issue: str, told: StakeholderTurnsTold) -> Words:
    """An issue in some sentences: challenges, movement, outcome."""
    said = [f"{run.issue(issue)}: {_targets(run, told)}."]
    places = [place for one in told.movements for place in one.by_turn]
    movers = sorted(
        (one for one in told.movements if abs(one.way) > _MOVES * (max(places) - min(places))),
        key=lambda one: -abs(one.way),
    )
    words = [
        f"{run.actor(one.actor)} from {_near(run, issue, one.by_turn[0])} to {_near(run, issue, one.by_turn[-1])}"
        for one in movers[:_NAMED]
    ]
    rest = len(movers) - _NAMED
    more = f", and {rest} more" if rest > 0 else ""
    said.append(f"Who moves, by medians: {'; '.join(words)}{more}." if words else "Hardly anybody moves.")
    first, one, last = (_near(run, issue, told.outcomes[turn].median) for turn in (0, 1, -1))
    if first == one == last:
        said.append(f"The outcome stays at {first}.")
    else:
        said.append(f"The outcome is {first} at first, {one} after one turn and {last} after the last.")
    return " ".join(said)


def _near(run: RunReport, issue: str, value: float) -> str:
    """A place in a sentence: a level goes between quotation marks."""
    words = place_words(run, issue, value)
    return words if run.scenario.issues[issue].kind == "numeric" else f"“{words}”"


def _targets(run: RunReport, told: StakeholderTurnsTold) -> str:
    """Who is challenged first, by whom."""
    by: dict[str, list[str]] = {}
    for one in told.challenges:
        if one.first >= 0.5:
            by.setdefault(one.challenged, []).append(run.actor(one.challenger))
    if not by:
        return "whom each challenges first differs from world to world"
    ranked = sorted(by.items(), key=lambda item: -len(item[1]))
    words = []
    for target, who in ranked[:2]:
        told_of = enumerated(who) if len(who) <= _NAMED else f"{len(who)} actors"
        words.append(f"{run.actor(target)} (by {told_of})")
    return f"challenged first, in most worlds, {'is' if len(words) == 1 else 'are'} {enumerated(words)}"


def _movement(run: RunReport, issue: str, models: Mapping[str, StakeholderTurnsTold]) -> Table:
    turns = [turn for turn in _SHOWN if turn < len(models[CHALLENGES].outcomes)]
    rows: list[Row] = []
    kinds: list[str] = []
    for model, told in models.items():
        for one in told.movements:
            places = [Cell(place_words(run, issue, one.by_turn[turn], bare=True), one.by_turn[turn]) for turn in turns]
            rows.append([run.actor(one.actor), model, *places, _span(run, issue, one.low, one.high)])
            kinds.append(model)
        places = [
            Cell(place_words(run, issue, told.outcomes[turn].median, bare=True), told.outcomes[turn].median)
            for turn in turns
        ]
        last = told.outcomes[-1]
        rows.append(["what would be decided", model, *places, _span(run, issue, last.low, last.high)])
        kinds.append(model)
    caption = f"{run.issue(issue)}: where each stands after so many turns, median over {run.these_worlds}"
    heads = ["who", "model", *(f"turn {turn}" for turn in turns), "80 % of worlds, last turn"]
    names = {model: model for model in models}
    return Table(f"movement-{issue}", caption, heads, rows, kinds=names, row_kinds=kinds, long=True)


def _span(run: RunReport, issue: str, low: float, high: float) -> Cell:
    ends = (place_words(run, issue, low, bare=True), place_words(run, issue, high, bare=True))
    return span_cell(*ends, low, high)


def _challenges(run: RunReport, issue: str, models: Mapping[str, StakeholderTurnsTold]) -> Table:
    rows: list[Row] = []
    kinds: list[str] = []
    for model, told in models.items():
        for one in told.challenges:
            first, mean = Cell(percent(one.first), one.first, bar=one.first), Cell(percent(one.mean), one.mean)
            rows.append([run.actor(one.challenger), run.actor(one.challenged), model, first, mean])
            kinds.append(model)
    caption = f"{run.issue(issue)}: who expects to gain most by challenging whom"
    heads = ("challenger", "challenged", "model", "first turn", "all turns")
    names = {model: model for model in models}
    return Table(f"challenges-{issue}", caption, heads, rows, (3, 4), kinds=names, row_kinds=kinds, long=True)


def _pairs(run: RunReport, issue: str, models: Mapping[str, StakeholderTurnsTold]) -> Table:
    """Pairs that do not just let each other be, in most worlds."""
    told = models[CHALLENGES]
    rows: list[Row] = []
    for one in told.pairs:
        code = max(one.shares, key=lambda name: one.shares[name])
        if code == "peace":
            continue
        start, end = told.backing[one.one][one.other], told.backing_last[one.one][one.other]
        share = one.shares[code]
        shares = [Cell(percent(part), part) for part in (share, start, end)]
        rows.append([run.actor(one.one), run.actor(one.other), _SAID[code], *shares])
    caption = (
        f"{run.issue(issue)}: pairs in the first turn as the first of them sees it, and whether it would back the other"
    )
    heads = ("first", "other", "how they stand", "in worlds", "backs at the start", "after the last turn")
    return Table(f"pairs-{issue}", caption, heads, rows, (3, 4, 5), long=True)
