"""Tables that can be sorted by the reader, without a server."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sim.report.page.markup import Markup, element
from sim.report.words import with_error


@dataclass(frozen=True)
class Cell:
    """One cell.

    shown: text or markup
    sort:  what the column is sorted by; the text itself if left out
    """

    shown: object
    sort: float | str | None = None


@dataclass(frozen=True)
class Table:
    """A table.

    identity: id of the element
    caption:  what it shows, in a sentence
    heads:    heads of the columns, the first of them names the rows
    rows:     cells, or plain text
    numeric:  columns that are aligned to the right
    long:     whether it may be broken between pages
    stacked:  whether rows become cards on a narrow screen, for tables with much text
    row_data: for each row attributes by which it is filtered
    """

    identity: str
    caption: str
    heads: Sequence[str]
    rows: Iterable[Sequence[object]]
    numeric: Sequence[int] = ()
    stacked: bool = False
    long: bool = False
    row_data: Sequence[Mapping[str, str]] = field(default=())

    def markup(self) -> Markup:
        """The table as HTML, inside a region that scrolls if the screen is too narrow."""
        # Roles stand explicitly where cards on a narrow screen would lose them.
        head = element(
            "tr",
            *(
                element("th", title, scope="col", role=self._role("columnheader"), class_=self._kind(n))
                for n, title in enumerate(self.heads)
            ),
            role=self._role("row"),
        )
        body = [self._row(n, row) for n, row in enumerate(self.rows)]
        table = element(
            "table",
            element("caption", self.caption, id=f"{self.identity}-caption"),
            element("thead", head, role=self._role("rowgroup")),
            element("tbody", *body, role=self._role("rowgroup")),
            id=self.identity,
            role=self._role("table"),
            class_=" ".join(["sortable", *(["stacked"] if self.stacked else []), *(["long"] if self.long else [])]),
        )
        return element("div", table, class_="scroll", role="region", aria_labelledby=f"{self.identity}-caption")

    def _row(self, index: int, row: Sequence[object]) -> Markup:
        cells = []
        for n, found in enumerate(row):
            cell = found if isinstance(found, Cell) else Cell(found)
            name, role = ("th", "rowheader") if n == 0 else ("td", "cell")
            cells.append(
                element(
                    name,
                    cell.shown,
                    scope="row" if n == 0 else None,
                    role=self._role(role),
                    class_=self._kind(n),
                    data_sort=_key(cell.sort),
                    data_label=self.heads[n] if self.stacked else None,
                )
            )
        data = self.row_data[index] if self.row_data else {}
        return element("tr", *cells, role=self._role("row"), **{f"data_{key}": value for key, value in data.items()})

    def _role(self, role: str) -> str | None:
        return role if self.stacked else None

    def _kind(self, column: int) -> str | None:
        return "number" if column in self.numeric else None


def _key(sort: float | str | None) -> str | None:
    if isinstance(sort, float):
        return f"{sort:.9g}" if math.isfinite(sort) else ""
    return None if sort is None else str(sort)


def _unbroken(text: str) -> str:
    """Keep a number and its error on one line, on paper too."""
    return text.replace(" ", "\u00a0")


def share(value: float, error: float = 0.0) -> Cell:
    """A share of draws with its 95 % half-width, sorted by the share."""
    return Cell(_unbroken(with_error(value, error)), float(value))


def share_bar(value: float, most: float, error: float = 0.0) -> Cell:
    """A share as a number and as a bar, the longest of which is ``most``."""
    width = 100 * value / most if most > 0 and value > 0 else 0.0
    bar = element("span", element("span", style=f"width:{width:.1f}%"), class_="bar", aria_hidden="true")
    told = element("span", _unbroken(with_error(value, error)))
    return Cell(element("span", bar, told, class_="barred"), float(value))
