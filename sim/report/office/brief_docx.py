"""A brief as a Word document: the same pieces as on the page, in Word's own paragraphs, lists and tables."""

from __future__ import annotations

import io
from functools import singledispatch
from typing import Any, Final

from sim.report.office.extra import need_office
from sim.report.pieces import (
    Bars,
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
    placed,
    spans,
    unbroken,
)

#: Styles of words that Word has as bold or in letters of one width.
_BOLD: Final[frozenset[Style]] = frozenset({"strong", "warn"})
_VERBATIM: Final[frozenset[Style]] = frozenset({"code", "path"})
#: Points of letters, and of the smaller ones in tables.
_SIZE: Final = 9.5
_SMALL: Final = 8.5
_MARGIN_MM: Final = 15


def render_docx(story: Story, *, author: str = "") -> bytes:
    """Write a brief as the content of a .docx file.

    Args:
        author: what stands as author in the file
    Raises:  SimError if python-docx is not installed
    """
    need_office("docx", "Word files")
    import docx
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN_MM)
    normal = document.styles["Normal"]
    normal.font.size, normal.font.name = Pt(_SIZE), "Calibri"
    normal.paragraph_format.space_after, normal.paragraph_format.space_before = Pt(3), Pt(0)
    document.core_properties.title, document.core_properties.author = story.title, author
    document.core_properties.comments = ""
    document.add_heading(story.title, 1)
    if story.question:
        document.add_paragraph().add_run(story.question).italic = True
    for part in story.sections:
        if part.title:
            document.add_heading(part.title, 2)
        for piece in placed(Section("", "", part.pieces), "page"):
            _add(piece, document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _say(paragraph: Any, words: Words) -> None:
    """Put words into a paragraph, each part in its style."""
    for part in spans(words):
        run = paragraph.add_run(unbroken(part.text))
        run.bold = part.style in _BOLD or None
        if part.style in _VERBATIM:
            run.font.name = "Consolas"


@singledispatch
def _add(piece: Piece, _document: Any) -> None:
    """Add one piece; what only screens need is left out."""


@_add.register
def _(piece: Sentence, document: Any) -> None:
    bold = piece.role == "warning"
    _say(
        document.add_paragraph(),
        tuple(Span(part.text, "strong") for part in spans(piece.words)) if bold else piece.words,
    )


@_add.register
def _(piece: Items, document: Any) -> None:
    for words in piece.items:
        _say(document.add_paragraph(style="List Bullet"), words)


@_add.register
def _(piece: KeyValues, document: Any) -> None:
    for name, words in piece.pairs:
        paragraph = document.add_paragraph()
        _say(paragraph, (Span(f"{name}: ", "strong"),))
        _say(paragraph, words)


@_add.register
def _(piece: Bars, document: Any) -> None:
    rows: list[list[Words]] = [[part.words, part.shown] for part in piece.parts]
    _fill(document, [["", ""], *rows], piece.note)


@_add.register
def _(piece: Table, document: Any) -> None:
    rows = [[as_cell(cell).words for cell in row] for row in piece.rows]
    _fill(document, [list(piece.heads), *rows], piece.caption, numeric=frozenset(piece.numeric))


def _fill(document: Any, rows: list[list[Words]], caption: str, *, numeric: frozenset[int] = frozenset({1})) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    told = document.add_paragraph()
    told.paragraph_format.keep_with_next = True
    _say(told, (Span(caption, "strong"),))
    kept = rows if any(rows[0]) else rows[1:]
    grid = document.add_table(rows=len(kept), cols=len(kept[0]), style="Light List Accent 1" if any(rows[0]) else None)
    for line, row in zip(grid.rows, kept, strict=True):
        for n, (cell, words) in enumerate(zip(line.cells, row, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            _say(paragraph, words)
            if n in numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for run in paragraph.runs:
                run.font.size = Pt(_SMALL)
    document.add_paragraph().paragraph_format.space_after = Pt(0)
