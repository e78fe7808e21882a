"""What a report is made of: sections, sentences, lists, tables, bars and figures, as plain data for any renderer.

Words are text of people: a renderer escapes them, wraps them and keeps numbers with their units on one line. A line
break in them is a line break everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from sim.words import WORDS, Proportion, Word

#: How a part of some words is set off: "small" is quieter, "code" verbatim, "path" a dotted name, "warn" what to be
#: wary of, "same" what does not change; "link" leads to a section of the page, "word" to the meaning of a word.
Style = Literal["plain", "strong", "small", "code", "path", "warn", "same", "link", "word"]
#: Where a section stands; what is left out in one place is worded in no other way there.
ShownWhere = Literal["everywhere", "page", "terminal"]


@dataclass(frozen=True)
class Span:
    """Some words in one style.

    target: id of the section that a "link" leads to, or of the word that a "word" is explained at
    hint:   what is shown when one points at it
    """

    text: str
    style: Style = "plain"
    target: str = ""
    hint: str = ""


#: Text, text in one style, or parts of both kinds one after another.
Words = str | Span | tuple[str | Span, ...]


@dataclass(frozen=True)
class Cell:
    """One cell of a table.

    sort: what the column is sorted by; the words themselves if left out
    bar:  length of a bar beside the words, 0..1; none if left out
    numbers: head -> a number that the words hold beside the one they begin with, or instead of one: a column of its
        own in a spreadsheet
    whole: whether the words begin with one number; where they are a range they do not
    """

    words: Words
    sort: float | str | None = None
    bar: float | None = None
    numbers: Mapping[str, float] = field(default_factory=dict)
    whole: bool = True


Row = Sequence[Cell | Words]


@dataclass(frozen=True)
class Heading:
    """A title within a section."""

    text: str


@dataclass(frozen=True)
class Sentence:
    """One or more sentences that make a paragraph.

    role: "note" explains what stands beside it, "warning" is what nobody should read on without
    """

    words: Words
    role: Literal["text", "note", "warning"] = "text"


@dataclass(frozen=True)
class Items:
    """A list.

    summary: what stands for it on a screen until it is opened; empty: it is always open
    """

    items: tuple[Words, ...]
    summary: str = ""


@dataclass(frozen=True)
class KeyValues:
    """Names and what belongs to each.

    role: "lead" for the sentences that answer the question, each below what it is about; "facts" for a list
    """

    pairs: tuple[tuple[str, Words], ...]
    role: Literal["facts", "lead"] = "facts"


@dataclass(frozen=True)
class Table:
    """A table that readers sort by its heads.

    identity: id on the page, unique there
    caption:  what it shows, in a sentence; people who do not see it hear it first
    heads:    heads of the columns, the first of which names the rows
    rows:     cells or words, as many as heads in each
    numeric:  columns that are aligned to the right
    stacked:  whether rows become cards on a narrow screen, for tables with much text
    long:     whether it may be broken between pages of paper
    kinds:    code -> words, by which readers narrow the rows; empty: they cannot
    row_kinds: for each row its code among these
    most:     rows that a terminal prints, 0: all
    """

    identity: str
    caption: str
    heads: Sequence[str]
    rows: Sequence[Row]
    numeric: Sequence[int] = ()
    stacked: bool = False
    long: bool = False
    kinds: Mapping[str, str] = field(default_factory=dict)
    row_kinds: Sequence[str] = ()
    most: int = 0


@dataclass(frozen=True)
class Bar:
    """One part of a bar.

    code:    what its colour stands for: an ending or another code of the house's colours
    words:   what it is called
    shown:   how much it is, in words
    share:   of the whole bar, 0..1
    hatched: of the whole bar, 0..``share``; that much of it is hatched
    """

    code: str
    words: str
    shown: str
    share: float
    hatched: float = 0.0


@dataclass(frozen=True)
class Bars:
    """Shares as one bar with a legend that says the same.

    hatching: what hatched parts are, with how much they are together; empty if nothing is hatched
    note:     what the shares are of
    """

    parts: tuple[Bar, ...]
    note: str
    hatching: Words = ""


@dataclass(frozen=True)
class FigurePiece:
    """A figure, whose drawing the page brings along.

    key:     what tells it apart on its page: its name, or more where two figures of one name stand there
    title:   what is seen, in a sentence
    caption: what is shown and how sure it is
    leading: whether it carries news, so that it stands on paper too
    """

    key: str
    title: str
    caption: str
    leading: bool = True


@dataclass(frozen=True)
class Command:
    """A command that readers copy.

    identity: id on the page, unique there
    words:    what it does or where it is typed
    """

    identity: str
    words: str
    command: str


@dataclass(frozen=True)
class Glossary:
    """The words of a report with what each means; only pages show it.

    words: those of the case
    """

    words: tuple[Word, ...] = WORDS


@dataclass(frozen=True)
class Section:
    """Pieces below a title; without a title they only belong together.

    identity: id on the page, unique there
    contents: what the list of contents calls it; the title if left out
    shown:    where it stands
    folded:   whether a page shows only its title until it is opened: for what is looked up, not read
    """

    identity: str
    title: str
    pieces: tuple[Piece, ...]
    contents: str = ""
    shown: ShownWhere = "everywhere"
    folded: bool = False


Piece = (
    Heading | Sentence | Items | KeyValues | Table | Bars | FigurePiece | Command | Glossary | Section
)  # fmt: skip


@dataclass(frozen=True)
class Story:
    """Everything that is told about some results.

    title, question: what they are about
    sections: what is told, in its order
    kicker:   what kind of results they are, above the title of a page
    facts:    what was played, each in a few words, below the title of a page
    """

    title: str
    question: str
    sections: tuple[Section, ...]
    kicker: str = ""
    facts: tuple[str, ...] = ()


def spans(words: Words) -> tuple[Span, ...]:
    """Words as parts that each have one style, empty ones left out.

    Example:
        >>> spans(("in ", Span("all", "strong")))
        (Span(text='in ', style='plain', target='', hint=''), Span(text='all', style='strong', target='', hint=''))
    """
    parts = words if isinstance(words, tuple) else (words,)
    found = (part if isinstance(part, Span) else Span(part) for part in parts)
    return tuple(part for part in found if part.text)


def plain_text(words: Words) -> str:
    """Words without their styles.

    Example:
        >>> plain_text(("in ", Span("all", "strong"), " worlds"))
        'in all worlds'
    """
    return "".join(part.text for part in spans(words))


def joined_words(parts: Sequence[Words], between: str = "\n") -> Words:
    """Words one after another, with text between them.

    Example:
        >>> joined_words(["a", (Span("b", "code"), "c")], ", ")
        (Span(text='a', style='plain', target='', hint=''), ', ', Span(text='b', style='code', target='', hint=''), \
Span(text='c', style='plain', target='', hint=''))
    """
    found: list[str | Span] = []
    for part in parts:
        found += [between, *spans(part)] if found else spans(part)
    return tuple(found)


#: A number with its magnitude and unit.
_UNITS: Final = re.compile(
    r"\d (?:(?:[MT]|bn|thousand|million|billion)\b(?: (?:[A-Z]{3}\b|[$€£]|[a-z]+[²³]))?"
    r"|(?:years?|months?|weeks?|days?|points?|per cent)\b|[A-Z]{3}\b)"
)


def unbroken(text: str) -> str:
    r"""Text with spaces that keep numbers with their units and intervals on one line.

    Example:
        >>> unbroken("in 52 ± 3 % of worlds") == "in 52\u00a0±\u00a03\u00a0% of worlds"
        True
        >>> unbroken("at 3.52 M USD a turbine, in 6 weeks").split(" ")
        ['at', '3.52\xa0M\xa0USD', 'a', 'turbine,', 'in', '6\xa0weeks']
    """
    tied = text.replace(" %", "\u00a0%").replace(" ± ", "\u00a0±\u00a0")
    return _UNITS.sub(lambda found: found[0].replace(" ", "\u00a0"), tied)


def as_cell(found: Cell | Words) -> Cell:
    """Return a cell of a table, of whatever a row holds."""
    return found if isinstance(found, Cell) else Cell(found)


def share_cell(found: Proportion, *, bar: bool = False) -> Cell:
    """Return a share with its interval as a cell, sorted by the share; with a bar that is full at 1 if wanted.

    Example:
        >>> share_cell(Proportion(52, 100)).words
        '52 ± 10 %'
    """
    return Cell(str(found), found.share, found.share if bar else None, interval_numbers(found))


def interval_numbers(found: Proportion) -> dict[str, float]:
    """The ends of the interval of a share, by the heads of their columns; none of one world or of none."""
    low, high = found.interval
    return {"low": low, "high": high} if found.size > 1 else {}


def placed(piece: Piece, place: ShownWhere) -> tuple[Piece, ...]:
    """Return what stands in a place: pieces of sections without a title among the others, nothing that is empty."""
    if isinstance(piece, Section):
        if piece.shown not in {"everywhere", place}:
            return ()
        inner = tuple(one for part in piece.pieces for one in placed(part, place))
        return inner if not piece.title or not inner else (replace(piece, pieces=inner),)
    empty = (
        (isinstance(piece, Sentence) and not spans(piece.words))
        or (isinstance(piece, Items) and not piece.items)
        or (isinstance(piece, Table) and not piece.rows)
    )
    return () if empty else (piece,)
