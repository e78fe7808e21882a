"""Tables as rows of cells that know where they stand: CSV of any delimiter, and sheets of XLSX."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

DELIMITERS: Final = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell.

    text:   what stands in it, without quotes and the space around it
    line:   1-based line of the text it begins in, or row of the sheet
    column: 1-based character of that line, or column of the sheet
    name:   the cell as spreadsheets call it, e.g. ``C4``; empty where only line and column are known
    """

    text: str
    line: int
    column: int
    name: str = ""

    @property
    def number(self) -> float | None:
        """The finite number in the cell, or ``None``."""
        try:
            found = float(self.text)
        except ValueError:
            return None
        return found if math.isfinite(found) and "_" not in self.text else None


def cell_rows(text: str, *, delimiter: str = "", quote: str = '"') -> list[list[TableCell]]:
    r"""Split delimited text into rows of cells; rows in which nothing stands are left out.

    Args:
        delimiter: what stands between cells; empty: the first comma, semicolon or tab outside of quotes
        quote: the mark around cells that hold delimiters or line ends; doubled, it stands for itself
    Example:
        >>> [[(cell.text, cell.line, cell.column) for cell in row] for row in cell_rows('a, b\n"x\ny",2\n')]
        [[('a', 1, 1), ('b', 1, 4)], [('x\ny', 2, 1), ('2', 3, 4)]]
    """
    if not delimiter:
        delimiter = next((letter for letter in _unquoted(text, quote) if letter in DELIMITERS), ",")
    rows: list[list[TableCell]] = []
    row: list[TableCell] = []
    at, line, start = 0, 1, 0
    while at <= len(text):
        while at < len(text) and text[at] in " \t" and text[at] != delimiter:
            at += 1
        place = line, at - start + 1
        if at < len(text) and text[at] == quote:
            found, at = _quoted(text, at + 1, quote)
            line += found.count("\n")
            start = text.rfind("\n", 0, at) + 1
            end = _end(text, at, delimiter)
            found += text[at:end].rstrip()
        else:
            end = _end(text, at, delimiter)
            found = text[at:end].strip()
        row.append(TableCell(found, *place))
        at = end + 1
        if end >= len(text) or text[end] == "\n":
            if any(cell.text for cell in row):
                rows.append(row)
            row, line, start = [], line + 1, at
    return rows


def _unquoted(text: str, quote: str) -> Iterator[str]:
    """Letters of the first line that stand outside of quotes."""
    quoted = False
    for letter in text.lstrip():
        quoted ^= letter == quote
        if letter == "\n" and not quoted:
            return
        if not quoted:
            yield letter


def _end(text: str, at: int, delimiter: str) -> int:
    """Where the cell that goes on at a character ends."""
    ends = (text.find(mark, at) for mark in (delimiter, "\n"))
    return min((end for end in ends if end >= 0), default=len(text))


def _quoted(text: str, at: int, quote: str) -> tuple[str, int]:
    """Text of a quoted cell, and where it goes on behind the closing quote."""
    parts: list[str] = []
    while True:
        end = text.find(quote, at)
        if end < 0:
            return "".join([*parts, text[at:]]), len(text)
        parts.append(text[at:end])
        if text[end + 1 : end + 2] != quote:
            return "".join(parts), end + 1
        parts.append(quote)
        at = end + 2
