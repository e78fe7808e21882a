"""Every table of a report as a sheet of an Excel file, numbers as numbers."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final

from sim.report.office.extra import need_office
from sim.report.pieces import Cell, KeyValues, Piece, Section, Story, Table, as_cell, placed, plain_text

#: A number that words begin with, with what comes after it.
_NUMBER: Final = re.compile(r"([+−-]?)(\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?)((?:\s?±\s?[\d.]+)?\s?%)?", re.ASCII)
#: Excel takes so many letters as the name of a sheet, and none of these in it.
_LONGEST: Final = 31
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
#: Widest column, in letters.
_WIDEST: Final = 60
#: The time of making would make two files of the same results differ.
_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def render_xlsx(story: Story, *, author: str = "") -> bytes:
    """Write the tables of a story, one sheet each, behind a sheet with its answer, as the content of an .xlsx file.

    A share stands as a number between 0 and 1, shown in per cent. Ends of intervals and ranges stand as numbers in
    columns of their own; where a cell says more than its number, another column has its words.

    Args:
        author: what stands as author in the file
    Raises:  SimError if openpyxl is not installed
    """
    need_office("openpyxl", "Excel files")
    import openpyxl

    book = openpyxl.Workbook()
    book.properties.creator, book.properties.title = author, story.title
    book.properties.created = book.properties.modified = _MADE
    first = book.active
    first.title = "Answer"
    rows = [["what", story.title], ["question", story.question], ["played", "; ".join(story.facts)], *_answer(story)]
    for row in rows:
        _append(first, [(text, None) for text in row])
    _finish(first, heads=0)
    names = {"answer"}
    for table in _tables(story):
        sheet = book.create_sheet(_name(table, names))
        _fill(sheet, table)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _pieces(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        yield from _pieces(piece.pieces) if isinstance(piece, Section) else (piece,)


def _answer(story: Story) -> Iterator[list[str]]:
    for piece in _pieces(story.sections):
        if isinstance(piece, KeyValues) and piece.role == "lead":
            yield from ([name, plain_text(words)] for name, words in piece.pairs)


def _tables(story: Story) -> Iterator[Table]:
    """Tables of the page, and those that only a terminal shows, each once."""
    seen: set[str] = set()
    for place in ("page", "terminal"):
        shown = (piece for section in story.sections for piece in placed(section, place))
        for piece in _pieces(shown):
            if isinstance(piece, Table) and piece.rows and piece.identity not in seen:
                seen.add(piece.identity)
                yield piece


def _name(table: Table, taken: set[str]) -> str:
    """A name for the sheet of a table that no other has."""
    start = _FORBIDDEN.sub(" ", table.identity.removesuffix("-table").replace("-table-", "-"))[:_LONGEST] or "table"
    name, n = start, 1
    while name.lower() in taken:
        n += 1
        name = f"{start[: _LONGEST - 4]}-{n}"
    taken.add(name.lower())
    return name


def _fill(sheet: Any, table: Table) -> None:
    rows = [[as_cell(cell) for cell in row] for row in table.rows]
    numbers = [[_number(cell) for cell in row] for row in rows]
    wordy = {
        n
        for n in range(len(table.heads))
        if any(_says_more(row[n], found[n]) for row, found in zip(rows, numbers, strict=True))
    }
    beside = [list(dict.fromkeys(name for row in rows for name in row[n].numbers)) for n in range(len(table.heads))]
    heads: list[tuple[Any, str | None]] = []
    for n, head in enumerate(table.heads):
        heads += [(head or " ", None), *((f"{head}, {name}", None) for name in beside[n])]
        heads += [(f"{head}, in words", None)] if n in wordy else []
    _append(sheet, [(table.caption, None)])
    _append(sheet, heads)
    for row, found in zip(rows, numbers, strict=True):
        line: list[tuple[Any, str | None]] = []
        for n, (cell, number) in enumerate(zip(row, found, strict=True)):
            text = plain_text(cell.words)
            line.append((text, None) if number is None else number)
            shown = None if number is None else number[1]
            line += [(cell.numbers.get(name), shown) for name in beside[n]]
            if n in wordy:
                line.append((text if number is not None else None, None))
        _append(sheet, line)
    _finish(sheet, heads=2)


def _number(cell: Cell) -> tuple[float, str | None] | None:
    """The number of a cell with how it is shown, as exact as it is known; ``None`` for one that is words."""
    text = plain_text(cell.words).strip()
    if text in {"<1 %", ">99 %"} and isinstance(cell.sort, float | int):
        return float(cell.sort), "0.0 %"
    found = _NUMBER.match(text)
    return None if found is None or not cell.whole else _said(cell, text, found)


def _said(cell: Cell, text: str, found: re.Match[str]) -> tuple[float, str | None] | None:
    """The number that words begin with."""
    sign = -1.0 if found[1] in {"-", "−"} else 1.0
    said = sign * float(found[2].replace(",", ""))
    percent = found[3] is not None
    if not isinstance(cell.sort, float | int):
        if found.end() != len(text):
            return None
        return (said / 100, "0.0 %") if percent else (said, None)
    if not math.isfinite(cell.sort):
        return None
    exact = float(cell.sort) if math.copysign(1.0, cell.sort) == sign else -float(cell.sort)
    near = min((1.0, 100.0), key=lambda scale: abs(scale * exact - said))
    if percent:
        return (exact if near == 100 else exact / 100, "0.0 %")
    return (near * exact, None)


def _says_more(cell: Cell, number: tuple[float, str | None] | None) -> bool:
    """Whether the words of a cell hold more than its number."""
    if number is None:
        return False
    text = plain_text(cell.words).strip()
    found = _NUMBER.match(text)
    return found is not None and (found.end() != len(text) or "±" in text)


def _append(sheet: Any, cells: list[tuple[Any, str | None]]) -> None:
    row = sheet.max_row + (sheet.max_row > 1 or sheet.cell(1, 1).value is not None)
    for column, (value, shown) in enumerate(cells, start=1):
        if value is None:
            continue
        cell = sheet.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # what begins with "=" is no formula
        if shown:
            cell.number_format = shown


def _finish(sheet: Any, heads: int) -> None:
    """Make heads bold, columns as wide as what they hold, and keep the heads in sight."""
    from openpyxl.styles import Alignment, Font

    for row in range(1, heads + 1):
        for cell in sheet[row]:
            cell.font = Font(bold=True)
    for n, column in enumerate(sheet.iter_cols(min_row=max(1, heads)), start=1):
        longest = max((len(str(cell.value)) for cell in column if cell.value is not None), default=8)
        sheet.column_dimensions[sheet.cell(1, n).column_letter].width = min(_WIDEST, longest + 2)
        for cell in column:
            cell.alignment = Alignment(wrap_text=longest > _WIDEST, vertical="top")
    if heads:
        sheet.freeze_panes = sheet.cell(heads + 1, 2)
