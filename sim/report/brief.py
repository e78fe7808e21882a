"""A brief: of everything that is told about some results what fits on one page, in the very same words.

It picks pieces out of a story, so nothing here is worded: what a reader of the brief meets again in the whole report
stands there in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from sim.report.pieces import (
    Bars,
    Command,
    FigurePiece,
    Glossary,
    Heading,
    Items,
    KeyValues,
    Piece,
    Section,
    Sentence,
    Span,
    Story,
    Table,
    Words,
    joined_words,
    plain_text,
    spans,
)

#: Sections that a brief leaves to the whole report.
_LONG: Final = frozenset({
    "answer", "calibration", "forecasts", "overlay-outcomes", "stakeholders", "figures", "why", "observations",
    "solutions", "theory", "important", "conventions", "measures", "points", "axes", "numbers", "assumed", "claims",
    "rates", "limits", "replay", "provenance", "record", "complete", "spread",
})  # fmt: skip
#: Tables that say in another cut what stands in a brief already.
_SAID: Final = frozenset({"endings-table", "signed-table", "force-table", "deal-table", "benchmarks-table"})
#: Sections whose table has a place whatever comes before it.
_ALWAYS: Final = frozenset({"packages"})
#: Sections that may say in a sentence what others have tables for.
_SENTENCES: Final = frozenset({"packages", "flips"})
#: Facts of the provenance that tell one set of results from another.
_FACTS: Final = ("program", "case", "draws", "seed", "changed on the command line", "ranges widened", "started, took",
                 "code", "digest of the results")  # fmt: skip
#: So many caveats, items of a list, rows of a table, and tables besides those of a run.
_CAVEATS: Final = 3
_ITEMS: Final = 4
_ROWS: Final = 9
_TABLES: Final = 3


def brief_story(story: Story) -> Story:
    """Pick one page out of the story of any kind of results.

    The answer; how things stand in time, the terms and who would sign what, or else what comes first of other kinds of
    results; what would change it; three caveats; where it comes from.
    """
    told = {section.identity: section for section in story.sections if section.identity}
    sections = [_answer(told["answer"]), *_body(story.sections)]
    if "limits" in told:
        sections.append(_limits(told["limits"]))
    if "provenance" in told:
        sections.append(_provenance(told))
    return replace(story, sections=tuple(section for section in sections if section.pieces))


def _answer(section: Section) -> Section:
    """What the answer says, with its bar or its table."""
    every = list(_within(section.pieces))
    lead = [piece for piece in every if isinstance(piece, KeyValues)]
    seen = [piece for piece in every if isinstance(piece, Bars | Table)][:1]
    return Section("answer", "", tuple(_plain(piece) for piece in (*lead, *seen)))


def _body(sections: Iterable[Section]) -> Iterator[Section]:
    """What comes between the answer and the caveats, with few tables."""
    left = _TABLES
    for section in sections:
        if section.identity in _LONG or not section.title:
            continue
        found: list[Piece] = []
        for piece in _within(section.pieces):
            room = left > 0 or section.identity in _ALWAYS
            if isinstance(piece, Table) and piece.rows and piece.identity not in _SAID and room:
                found.append(_plain(replace(piece, rows=piece.rows[:_ROWS], most=0, kinds={}, row_kinds=())))
                found.extend(_left(len(piece.rows) - _ROWS))
                left -= 1
            elif isinstance(piece, Items) and piece.items and not piece.summary:
                found.append(_plain(replace(piece, items=piece.items[:_ITEMS])))
                found.extend(_left(len(piece.items) - _ITEMS))
            elif isinstance(piece, Sentence) and piece.role == "text" and section.identity in _SENTENCES:
                found.append(_plain(piece))
        told = _introductions(found)
        if told:
            yield Section(section.identity, section.title, told)


def _left(count: int) -> list[Piece]:
    """Say how many rows or items more the whole report has; nothing where a brief has them all."""
    return [Sentence(f"… and {count} more in the whole report", "note")] if count > 0 else []


def _introductions(found: list[Piece]) -> tuple[Piece, ...]:
    """Pieces without sentences that stand behind lists, unless there are only sentences; what is left out is said."""
    if all(isinstance(piece, Sentence) for piece in found):
        return tuple(found[:1])
    return tuple(
        piece
        for piece, after in zip(found, [*found[1:], None], strict=True)
        if not isinstance(piece, Sentence) or piece.role == "note" or isinstance(after, Items)
    )


def _limits(section: Section) -> Section:
    """The caveats of these results, then those of all."""
    lists = [piece.items for piece in section.pieces if isinstance(piece, Items)]
    own, always = (lists[0], lists[-1]) if len(lists) > 1 else ((), lists[0])
    chosen = (*own[: _CAVEATS - 1], *always)[:_CAVEATS]
    return Section("limits", section.title, (_plain(Items(chosen)),))


def _provenance(told: dict[str, Section]) -> Section:
    """What was run, and how to run it again."""
    facts = [piece for piece in told["provenance"].pieces if isinstance(piece, KeyValues)]
    pairs = {name: plain_text(words) for found in facts for name, words in found.pairs}
    listed = "; ".join(f"{name}: {pairs[name]}" for name in _FACTS if name in pairs)
    grounds = (
        [piece for piece in told["assumed"].pieces if isinstance(piece, Sentence)][:1] if "assumed" in told else []
    )
    again = [piece for piece in told["replay"].pieces if isinstance(piece, Command)] if "replay" in told else []
    command: Words = (f"{again[-1].words} ", Span(again[-1].command, "code")) if again else ""
    pieces = (*(_plain(piece) for piece in grounds), Sentence(f"{listed}.", "note"), Sentence(command, "note"))
    return Section("provenance", told["provenance"].title, pieces)


def _within(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces one after another, those of sections without a title among them."""
    for piece in pieces:
        if isinstance(piece, Section):
            yield from _within(piece.pieces)
        elif not isinstance(piece, FigurePiece | Glossary | Heading):
            yield piece


def _plain(piece: Piece) -> Piece:
    """A piece without links, which lead nowhere on one page, and without the small print of lists."""
    if isinstance(piece, KeyValues):
        return replace(piece, pairs=tuple((name, _here(words)) for name, words in piece.pairs))
    if isinstance(piece, Items):
        return replace(piece, items=tuple(_here(words, small=False) for words in piece.items))
    if isinstance(piece, Sentence):
        return replace(piece, words=_here(piece.words))
    return piece


def _here(words: Words, *, small: bool = True) -> Words:
    kept = [part for part in spans(words) if small or part.style != "small"]
    return joined_words([part.text if part.style in {"link", "word"} else part for part in kept], "")
