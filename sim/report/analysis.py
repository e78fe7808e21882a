"""Analyses in the terminal: a sentence first, then a table that fits 80 columns."""

from __future__ import annotations

from typing import Final

import xarray as xr
from rich.console import Console
from rich.table import Table

from sim.report.analysis_told import leading_measure as leading_measure
from sim.report.analysis_told import tell
from sim.report.listing import Figure, Listing
from sim.scenario import Scenario

#: Rows of a list that are printed; a page shows more.
_ROWS: Final = 12


def print_analysis(found: xr.Dataset, scenario: Scenario | None, console: Console | None = None) -> None:
    """Print one analysis, whichever method it is of."""
    console = console or Console(highlight=False, markup=False)
    for piece in tell(found, scenario):
        if isinstance(piece, Listing):
            _print(console, piece)
        else:
            console.print(piece)


def _print(console: Console, found: Listing) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    for n, name in enumerate(found.heads):
        table.add_column(name, justify="left" if n == 0 else "right", overflow="fold", no_wrap=n > 0)
    for row in found.rows[:_ROWS]:
        table.add_row(*(cell.shown if isinstance(cell, Figure) else cell for cell in row))
    console.print(table)
