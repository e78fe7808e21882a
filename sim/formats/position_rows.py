"""What all files of positions share: numbers in cells, names given once, somebody to whom something matters."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.formats.source_text import SourceText
from sim.formats.stakeholder_table import StakeholderTable
from sim.foundations import brief
from sim.scenario.cell_rows import TableCell


def number_in(file: SourceText, cell: TableCell, low: float = -math.inf, high: float = math.inf) -> float:
    """The number in a cell; the low end or 0, and a problem, where there is none or it lies outside."""
    found = cell.number
    if found is None:
        file.wrong(f'"{brief(cell.text, 60)}" is no number', cell.line, cell.column)
    elif not low <= found <= high:
        wanted = f"{low:g} or more" if math.isinf(high) else f"{low:g} to {high:g}"
        file.wrong(f"{found:g} is not allowed here: must be {wanted}", cell.line, cell.column)
    else:
        return found
    return 0.0 if math.isinf(low) else low


def checked_table(file: SourceText, rows: Sequence[Sequence[TableCell]], table: StakeholderTable) -> StakeholderTable:
    """Return a table in which every actor has one row and two of them care about something.

    Raises:  InputError with all that has been found wrong in the file
    """
    seen: dict[str, int] = {}
    for row in rows:
        name = row[0].text
        if not name:
            file.wrong("an actor without a name", row[0].line, row[0].column)
        elif name in seen:
            file.wrong(f'"{brief(name)}" has a row already, in line {seen[name]}', row[0].line, row[0].column)
        seen.setdefault(name, row[0].line)
    if not file.problems and sum(any(actor.salience) for actor in table.actors) < 2:
        file.wrong("two actors or more with a salience above 0 are needed", 1, 1)
    file.checked()
    return table
