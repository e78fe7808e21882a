"""Tables of inputs in order of importance, and the numbers in them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from sim.report.pieces import Cell, Row, Table, as_cell
from sim.words import NOTHING, points, value_with_half

#: Rows that a terminal prints.
_MOST: Final = 12


def ranked_table(caption: str, heads: Sequence[str], rows: Sequence[Row]) -> Table:
    """Put rows together, the most important first; columns of numbers are those of numbers in the first row.

    The section that it stands in gives the table its identity.

    Example:
        >>> ranked_table("Who", ["name", "index"], [["a", index_cell(0.5, 0.1)]]).numeric
        (1,)
    """
    cells = [as_cell(cell) for cell in rows[0]] if rows else []
    numeric = tuple(n for n, cell in enumerate(cells) if isinstance(cell.sort, float))
    return Table("", caption, tuple(heads), tuple(rows), numeric, long=True, most=_MOST)


def index_cell(value: float, half: float) -> Cell:
    """Return an index with half the width of its interval."""
    return Cell(value_with_half(float(value), float(half)), float(value))


def change_cell(change: float, error: float) -> Cell:
    """Return a change of a share in percentage points with its interval, from its standard error."""
    return Cell(points(float(change), float(error)), float(change))


def number_cell(value: float, form: str) -> Cell:
    """Return a number in a format."""
    return Cell(NOTHING if math.isnan(value) else format(float(value), form), float(value))
