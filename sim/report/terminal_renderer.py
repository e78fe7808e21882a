"""A story on a terminal: 80 columns are enough, colour is not needed."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from functools import singledispatch
from typing import Final, Literal

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from sim.report.pieces import (
    Bars,
    Cell,
    Command,
    FigurePiece,
    Heading,
    Items,
    KeyValues,
    Piece,
    Section,
    Sentence,
    Span,
    Story,
    Style,
    Table,
    Words,
    as_cell,
    joined_words,
    placed,
    plain_text,
    spans,
    unbroken,
)

_WIDEST: Final = 100
#: Characters of a bar that is full.
_BAR: Final = 24
#: Characters of a column of words that is not too narrow to read.
_NARROW: Final = 8
#: Stands for a space at which a line is not broken while words are wrapped; no text of people has it.
_TIED: Final = "\u2800"
_WORD: Final = re.compile(r"\S+")
#: Part of a word up to a hyphen or dash, after a letter, at which it may be broken.
_PART: Final = re.compile(r".+?[^\W\d_][-–](?=[^\W_])|.+")
_STYLES: Final[dict[Style, str]] = {"strong": "bold", "small": "dim", "same": "dim", "warn": "bold"}


def render_terminal(story: Story, console: Console | None = None) -> None:
    """Print a story.

    Args:
        console: where to; standard output, at most 100 columns wide, if left out
    """
    out = console or terminal()
    out.print(Text(story.title, style="bold"), soft_wrap=True)
    if story.question:
        _wrapped(out, story.question, style="dim")
    for section in story.sections:
        render_pieces(placed(section, "terminal"), out)


def render_pieces(pieces: Sequence[Piece], console: Console | None = None) -> None:
    """Print pieces one below the other."""
    out = console or terminal()
    for n, piece in enumerate(pieces):
        if n and isinstance(piece, Table | Heading) and not isinstance(pieces[n - 1], Heading):
            out.print()
        _print(piece, out)


def terminal() -> Console:
    """Standard output, at most 100 columns wide; looked up now, because tests put another stream there."""
    found = Console(file=sys.stdout, highlight=False, markup=False)
    return Console(file=sys.stdout, highlight=False, markup=False, width=min(found.width, _WIDEST))


@singledispatch
def _print(piece: Piece, _out: Console) -> None:
    """Print one piece; the glossary has a command of its own."""


@_print.register
def _(piece: Section, out: Console) -> None:
    if not piece.pieces:
        return
    out.print()
    first = piece.pieces[0]
    if not (isinstance(first, KeyValues) and first.role == "lead"):  # the answer needs no title
        out.print(Text(piece.title, style="bold"), soft_wrap=True)
    render_pieces(piece.pieces, out)


@_print.register
def _(piece: Heading, out: Console) -> None:
    _wrapped(out, piece.text, "  ", style="bold")


@_print.register
def _(piece: Sentence, out: Console) -> None:
    _wrapped(out, piece.words, "  ", style={"text": "", "note": "dim", "warning": "bold"}[piece.role])


@_print.register
def _(piece: Items, out: Console) -> None:
    for item in piece.items:
        _wrapped(out, item, "  - ", "    ")


@_print.register
def _(piece: KeyValues, out: Console) -> None:
    if piece.role == "lead":
        _lead(out, piece)
        return
    for name, words in piece.pairs:
        _wrapped(out, (f"{name}: ", *spans(words)), "  ", "    ")


@_print.register
def _(piece: Command, out: Console) -> None:
    _wrapped(out, piece.words, "  ")
    out.print(Text(f"    {piece.command}"), soft_wrap=True)


@_print.register
def _(piece: FigurePiece, out: Console) -> None:
    _wrapped(out, f"Figure {piece.key}: {piece.title}", "  ", style="dim")


def _lead(out: Console, piece: KeyValues) -> None:
    """The first sentence answers the question; the others are named."""
    for n, (name, words) in enumerate(piece.pairs):
        if n:
            _wrapped(out, (Span(f"{name}: ", "strong"), *spans(words)))
        else:
            _wrapped(out, words, style="bold")


@_print.register
def _(piece: Bars, out: Console) -> None:
    for part in piece.parts:
        full = "█" * round(_BAR * part.share) or "▏"
        out.print(Text(f"  {full:<{_BAR}}  {part.words} {part.shown}"), soft_wrap=True)
    if piece.hatching:
        _wrapped(out, piece.hatching, "  ")
    _wrapped(out, piece.note, "  ", style="dim")


@_print.register
def _(piece: Table, out: Console) -> None:
    rows = [[as_cell(cell) for cell in row] for row in piece.rows]
    if not rows:
        return
    _wrapped(out, piece.caption, "  ")
    shown = rows[: piece.most] if piece.most else rows
    if _fits(piece, rows, out.width):
        _grid(piece, rows, shown, out)
    else:
        _cards(piece, shown, out)
    if len(shown) < len(rows):
        _wrapped(out, f"and {len(rows) - len(shown):,} more", "  ", style="dim")


def _fits(piece: Table, rows: Sequence[Sequence[Cell]], width: int) -> bool:
    """Whether numbers and a few words in every other column stand side by side."""
    least = [_room(rows, n) if n in piece.numeric else _NARROW for n in range(len(piece.heads))]
    return sum(least) + 2 * len(least) <= width - 2


def _grid(piece: Table, rows: Sequence[Sequence[Cell]], shown: Sequence[Sequence[Cell]], out: Console) -> None:
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    widths = _widths(piece, rows, out.width - 2)
    for n, head in enumerate(piece.heads):
        number = n in piece.numeric
        room = _room(rows, n) if number else None
        width = None if widths is None else widths[n]
        side: Literal["left", "right"] = "right" if number else "left"
        grid.add_column(_parted(Text(head), width), justify=side, min_width=room, width=width, overflow="fold")
    for row in shown:
        grid.add_row(*(_parted(_tied(cell.words), widths[n] if widths else None) for n, cell in enumerate(row)))
    for line in out.render_lines(Padding(grid, (0, 0, 0, 2), expand=False)):
        text = Text.assemble(*((part.text.replace(_TIED, " "), part.style or "") for part in line))
        text.rstrip()  # nobody sees blanks at the end of a line, and what is kept in a file should not have them
        out.print(text, soft_wrap=True)


def _widths(piece: Table, rows: Sequence[Sequence[Cell]], width: int) -> list[int] | None:
    """Widths of columns in which no word and no number is broken, the rest shared out; none where all fits anyway.

    Where there is no room for that, words are parted at their hyphens, and where that is not enough anywhere.
    """
    columns = range(len(piece.heads))
    numbers = [_room(rows, n) if n in piece.numeric else 0 for n in columns]
    words = [max(_longest(piece.heads[n]), *(_longest(row[n].words) for row in rows)) for n in columns]
    parts = [max(_longest_part(piece.heads[n]), *(_longest_part(row[n].words) for row in rows)) for n in columns]
    for least in (
        [max(_longest(piece.heads[n]), numbers[n]) if n in piece.numeric else words[n] for n in columns],
        [max(_longest_part(piece.heads[n]), numbers[n]) if n in piece.numeric else parts[n] for n in columns],
        [numbers[n] if n in piece.numeric else min(parts[n], _NARROW) for n in columns],
    ):
        left = width - sum(least) - 2 * len(least)
        if left >= 0:
            break
    wanted = [max(len(piece.heads[n]), _room(rows, n)) - least[n] for n in columns]
    if sum(wanted) <= left:
        return None
    while left > 0:  # a column that wants more gets more, character by character
        n = max(columns, key=lambda one: wanted[one])
        least[n] += 1
        wanted[n] -= 1
        left -= 1
    return least


def _cards(piece: Table, shown: Sequence[Sequence[Cell]], out: Console) -> None:
    """Rows one below the other, where they are too wide to stand in columns."""
    for first, *rest in shown:
        _wrapped(out, first.words, "  ", style="bold")
        told: list[Words] = [
            (f"{head}: ", *spans(cell.words)) for head, cell in zip(piece.heads[1:], rest, strict=True)
        ]
        _wrapped(out, joined_words(told, "; "), "    ")


def _room(rows: Sequence[Sequence[Cell]], column: int) -> int:
    """Width in which no number of a column is broken."""
    return max(len(line) for row in rows for line in plain_text(row[column].words).split("\n"))


def _longest(words: Words) -> int:
    """Length of the longest word, a number with its unit counting as one."""
    return max((len(word) for word in _tied(words).plain.split()), default=0)


def _longest_part(words: Words) -> int:
    """Length of the longest part of a word between hyphens, each with the hyphen after it."""
    return max((len(part) for word in _tied(words).plain.split() for part in _PART.findall(word)), default=0)


def _parted(text: Text, width: int | None) -> Text:
    """Break words longer than a column after a hyphen, the last that has room."""
    if width is None:
        return text
    cuts = []
    for word in _WORD.finditer(text.plain):
        filled = 0
        for part in _PART.finditer(word[0]) if len(word[0]) > width else ():
            if filled and filled + len(part[0]) > width:
                cuts.append(word.start() + part.start())
                filled = 0
            filled += len(part[0])
    return Text("\n").join(text.divide(cuts)) if cuts else text


def _text(words: Words, style: str = "") -> Text:
    return Text.assemble(*((span.text, _STYLES.get(span.style, "")) for span in spans(words)), style=style)


def _tied(words: Words, style: str = "") -> Text:
    """Words in which numbers will not be parted from their units; the same length, so that styles stay in place."""
    text = _text(words, style)
    text.plain = unbroken(text.plain).replace("\u00a0", _TIED)
    return text


def _wrapped(out: Console, words: Words, first: str = "", rest: str | None = None, *, style: str = "") -> None:
    """Print words in lines of the console's width, styles kept, numbers on one line with their units."""
    rest = first if rest is None else rest
    lines = _tied(words, style).wrap(out, max(out.width - len(rest), 20))
    for n, line in enumerate(lines):
        line.rstrip()
        line.plain = line.plain.replace(_TIED, " ")
        out.print(Text(rest if n else first) + line, soft_wrap=True)
