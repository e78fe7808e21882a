"""A conflict and the stability of its states, as a story."""

from __future__ import annotations

from typing import Final

from sim.games.conflict_graph import CONCEPTS, ConflictGraph, SolvedConflict
from sim.report.pieces import Items, KeyValues, Row, Section, Sentence, Story, Table, Words
from sim.words import capital, enumerated

#: Concept of stability -> its short name in the literature, and what it says.
_SHORT: Final = {"nash": "Nash", "general": "GMR", "symmetric": "SMR", "sequential": "SEQ"}
_MEANS: Final = {
    "nash": "no move of one's own is an improvement",
    "general": "others can answer every improvement so that it is none",
    "symmetric": "and there is no way out of the answer",
    "sequential": "they can so answer by moves that are improvements for them",
}
_MOST_STATES: Final = 64


def conflict_story(conflict: ConflictGraph, found: SolvedConflict) -> Story:
    """Tell what is stable for whom."""
    pairs: list[tuple[str, Words]] = [
        (f"{capital(_SHORT[name])} ({_MEANS[name]})", _named(conflict, found.equilibria[name])) for name in CONCEPTS
    ]
    sections = [
        Section("answer", "", (KeyValues((("Equilibria", _lead(conflict, found)),), "lead"),)),
        Section("equilibria", "States that are stable for everybody", (KeyValues(tuple(pairs)),)),
        Section("states", "Each state", (_states(conflict, found),)),
    ]
    if found.escapes:
        items: list[Words] = []
        for one in found.escapes:
            together = enumerated([conflict.makers[d] for d in one.coalition])
            items.append(f"{together} would leave {conflict.names[one.state]} together")
        title = "What nobody leaves alone, but some would together"
        sections.append(Section("coalitions", title, (Items(tuple(items)),)))
    patterns = Sentence(
        "Options, in the order of the patterns: "
        + enumerated([f"{conflict.makers[d]}: {option}" for d, option in conflict.options])
        + ". Y is taken, N is not, - is either.",
        "note",
    )
    sections[2] = Section("states", "Each state", (*sections[2].pieces, patterns))
    return Story(conflict.title, "", tuple(sections), "Conflict")


def _lead(conflict: ConflictGraph, found: SolvedConflict) -> str:
    nash, ahead = found.equilibria["nash"], found.equilibria["sequential"]
    told = f"{_named(conflict, nash)} by Nash stability"
    more = [one for one in ahead if one not in nash]
    if more:
        return f"{told}; {_named(conflict, tuple(more))} as well where everybody reckons with answers (SEQ)."
    return f"{told}, and no more where everybody reckons with answers (SEQ)."


def _named(conflict: ConflictGraph, states: tuple[int, ...]) -> str:
    return enumerated([conflict.names[s] for s in states]) or "none"


def _states(conflict: ConflictGraph, found: SolvedConflict) -> Table:
    rows: list[Row] = []
    for s, name in enumerate(conflict.names):
        cells: list[str] = []
        for d in range(len(conflict.makers)):
            held = [_SHORT[concept] for concept in CONCEPTS if found.stable[concept][d, s]]
            cells.append("all four" if len(held) == len(CONCEPTS) else ", ".join(held) or "leaves")
        rows.append([name, conflict.states[s], *cells])
    heads = ("state", "options", *conflict.makers)
    return Table("state-table", "By which concepts each would stay", heads, rows, most=_MOST_STATES)
