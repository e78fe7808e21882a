"""A brief as one HTML page that prints to one sheet of A4: letters as large as they may be for that."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from sim.report.page.renderer import render_sheet
from sim.report.pieces import Bars, Items, KeyValues, Piece, Section, Sentence, Story, Table, as_cell, plain_text
from sim.words.outcome_colors import ENDING_COLORS

#: Sizes of letters, in points, the largest first.
_SIZES: Final = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
#: What can be printed on, in points: A4 without margins of 12 mm, and 12 mm less as heights are only reckoned.
_WIDTH: Final = 186 / 25.4 * 72
_HEIGHT: Final = 261 / 25.4 * 72
#: Height of a line and width of a letter over the size of letters, rather too much than too little.
_LINE: Final = 1.14
_LETTER: Final = 0.49
#: Rows of a table below which the sheet leaves out whole parts instead.
_FEWEST_ROWS: Final = 3
#: Tables whose rows are parts of one whole, of which none can be left out.
_WHOLE: Final = frozenset({"timeline-table"})
#: Letters of a cell beyond which it is broken into lines.
_CELL: Final = 44


def render_brief(story: Story, *, colors: Mapping[str, str] = ENDING_COLORS, program: str = "sim") -> str:
    """Write a brief as HTML for one sheet; what would not fit in the smallest letters is left out from below.

    Args:
        colors:  code of an ending -> colour of its bar
        program: what wrote it, with its version
    """
    fitted, size = fitting_sheet(story)
    return render_sheet(fitted, size, colors=colors, program=program)


def fitting_sheet(story: Story) -> tuple[Story, float]:
    """Find the largest letters in which a brief fits on a sheet, with fewer rows and parts where none would do.

    Returns:
        what fits, and the size of letters in points
    """
    for size in _SIZES:
        if _height(story, size) <= _HEIGHT:
            return story, size
    for shorter in _shorter(story):
        if _height(shorter, _SIZES[-1]) <= _HEIGHT:
            return shorter, _SIZES[-1]
    raise ValueError("no brief fits on a sheet")  # the last of the shorter ones says no more than a title


def _shorter(story: Story) -> Iterator[Story]:
    """The story with less and less: rows of tables first, then whole parts between answer and caveats."""
    longest = max(
        (len(piece.rows) for part in story.sections for piece in part.pieces if isinstance(piece, Table)), default=0
    )
    for most in range(longest - 1, _FEWEST_ROWS - 1, -1):
        story = replace(story, sections=tuple(_cut(section, most) for section in story.sections))
        yield story
    parts = list(story.sections)
    while len(parts) > 1:
        parts.pop(-3 if len(parts) > 3 else -1)
        yield replace(story, sections=tuple(parts))
    yield replace(story, sections=(), question=story.question[:400], title=story.title[:200])


def _cut(section: Section, most: int) -> Section:
    pieces = (
        replace(piece, rows=piece.rows[:most]) if isinstance(piece, Table) and piece.identity not in _WHOLE else piece
        for piece in section.pieces
    )
    return replace(section, pieces=tuple(pieces))


def _height(story: Story, size: float) -> float:
    """Points that a story takes in letters of a size."""
    head = 2.6 * _lines(story.title, 1.9 * size) + 1.3 * _lines(story.question, 1.1 * size) + 2
    body = sum(_of(piece, size) for section in story.sections for piece in section.pieces)
    titles = 2.2 * sum(1 for section in story.sections if section.title)
    return (head + body + titles + 1.5) * size * _LINE


def _of(piece: Piece, size: float) -> float:
    """Lines that a piece takes."""
    if isinstance(piece, KeyValues):
        return sum(1.45 + 1.1 * _lines(plain_text(words), 1.1 * size) for _, words in piece.pairs)
    if isinstance(piece, Items):
        return sum(0.25 + _lines(plain_text(words), size, indent=2) for words in piece.items)
    if isinstance(piece, Bars):
        letters = sum(len(part.words) + len(part.shown) + 7 for part in piece.parts)
        return 3.4 + math.ceil(letters * _LETTER * size / _WIDTH) + _lines(piece.note, size)
    if isinstance(piece, Sentence):
        return 0.4 + _lines(plain_text(piece.words), size)
    return _table(piece, size) if isinstance(piece, Table) else 0


def _table(piece: Table, size: float) -> float:
    texts = [[head.split("\n") for head in piece.heads]]
    texts += [[plain_text(as_cell(cell).words).split("\n") for cell in row] for row in piece.rows]
    columns = list(zip(*texts, strict=True))
    wide = [min(_CELL, max(len(line) for cell in column for line in cell) + 2) for column in columns]
    room = _WIDTH / (_LETTER * 0.95 * size)
    scale = min(1.0, room / sum(wide))
    high = [
        max(
            sum(max(1, math.ceil(len(line) / max(1.0, width * scale))) for line in cell)
            for cell, width in zip(row, wide, strict=True)
        )
        for row in texts
    ]
    return 1.2 * _lines(piece.caption, size) + sum(0.97 * lines for lines in high) + 0.5


def _lines(text: str, size: float, indent: float = 0) -> int:
    """Lines of a text as wide as the sheet; words that do not fit any more begin the next one."""
    room = _WIDTH / (_LETTER * size) - indent
    return sum(max(1, math.ceil(len(line) / (room - 4))) for line in text.split("\n")) if text else 0
