"""A table of actors beside the scenario: one row each, columns for what the file would say of everybody alike."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from sim.evidence import Place, TomlFile, shown
from sim.foundations import InputError, Problem, brief, nearest
from sim.scenario.cell_rows import TableCell, cell_rows

#: Columns of numbers that are about the actor himself; each may have .low and .high beside it.
OWN_NUMBERS: Final = (
    "patience",
    "reservation",
    "capability",
    "power",
    "war_cost",
    "power_shift",
    "collapse_damage",
    "posture",
)
_WORDS: Final = ("title", "role")
_VOTES: Final = ("votes",)
_ENDS: Final = ("low", "high")
#: What follows the name of an issue in the title of a column -> where the number stands in an actor.
_PARTS: Final[Mapping[str, str]] = {"": "position", "weight": "salience", "shape": "shape"}
_RED: Final = "red_line"
_CLAIMS: Final = "claims"
#: No more of a sheet is looked at.
_LONGEST: Final = 2_000
_WIDEST: Final = 1_000
_LARGEST: Final = 20_000_000


@dataclass
class ActorsTable:
    """Actors as a table gives them.

    file:     the table, with its hash
    raw:      what the scenario file would say instead
    cells:    where each key of ``raw`` comes from: the cell, and the title of its column
    problems: what is wrong in the table itself
    """

    file: TomlFile
    raw: dict[str, Any] = field(default_factory=dict)
    cells: dict[Place, tuple[TableCell, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def locate(self, problem: Problem, place: Place) -> Problem:
        """Add file, row, column and the names of both to a problem with something that the table gives."""
        cell, title = self.cells[place]
        who = f'of "{place[1]}"' if place[0] == "actors" else f'of "{place[-1]}"'
        return self._at(replace(problem, message=f'{problem.message} (row {who}, column "{title}")'), cell)

    def wrong(self, message: str, cell: TableCell, allowed: str = "", near: str | None = None) -> None:
        """Note that something is wrong with a cell."""
        self.problems.append(self._at(Problem(message, allowed=allowed, nearest=near), cell))

    def _at(self, problem: Problem, cell: TableCell) -> Problem:
        lines = self.file.text.split("\n") if not cell.name else []
        source = lines[cell.line - 1] if cell.line <= len(lines) else ""
        column = cell.column if source else max(1, cell.column)
        return replace(problem, file=str(self.file.path), line=cell.line, column=column, source=source)


def read_actors_table(path: Path, issues: Mapping[str, Any]) -> ActorsTable:
    """Read a table of actors, in CSV or XLSX.

    Args:
        issues: the issues as the scenario file has them, by name
    Raises:  InputError if there is no table to be read
    """
    file, rows = _rows(path)
    table = ActorsTable(file)
    if not rows or rows[0][0].text.lower() not in {"actor", "name", "actors"}:
        cell = rows[0][0] if rows else TableCell("", 1, 1)
        table.wrong(f'the first column is called "{brief(cell.text, 40)}"', cell, '"actor", with a name in each row')
        return table
    columns = list(_columns(table, rows[0][1:], issues))
    actors: dict[str, Any] = {}
    weights: dict[str, float] = {}
    for row in rows[1:]:
        name = row[0].text
        if not name or name in actors:
            table.wrong(f'"{name}" has a row already' if name else "a row without the name of an actor", row[0])
            continue
        for cell in row[len(rows[0]) :]:
            if cell.text:
                table.wrong(f'"{brief(cell.text, 40)}" stands in no column', cell, f"{len(rows[0])} columns")
        actors[name] = {}
        table.cells["actors", name] = (row[0], rows[0][0].text)
        for column, cell in zip(columns, row[1:], strict=False):
            if column is None or not cell.text:
                continue
            if column.place == _VOTES:
                weights[name] = _number(table, cell)
                table.cells["talks", "sign", "weights", name] = (cell, column.title)
            else:
                _put(table, actors[name], column, cell, ("actors", name))
        _finish(table, actors[name], issues, ("actors", name))
    table.raw = {"actors": actors, **({"talks": {"sign": {"weights": weights}}} if weights else {})}
    return table


@dataclass(frozen=True)
class _Column:
    """What a column gives: the keys of an actor that its cells stand for.

    place: keys below the actor; ``_VOTES`` for votes
    text:  whether cells are words, or levels that look like numbers
    """

    title: str
    place: tuple[str, ...]
    words: tuple[str, ...] | None = ()


def _columns(table: ActorsTable, titles: list[TableCell], issues: Mapping[str, Any]) -> Iterator[_Column | None]:
    """The meaning of each column; ``None`` for one without any."""
    seen: set[str] = set()
    for cell in titles:
        title = cell.text
        if title in seen:
            table.wrong(f'a second column is called "{title}"', cell)
            yield None
            continue
        seen.add(title)
        found = _meaning(title, issues)
        if found is None and title:
            known = [*_WORDS, *OWN_NUMBERS, *_VOTES, "assumed"]
            known += [f"{issue}{part}" for issue in issues for part in ("", ".weight", ".low", ".high", f".{_RED}")]
            told = "title, role, votes, assumed, a number of an actor, ISSUE, ISSUE.weight, ISSUE.red_line"
            message = f'column "{brief(title, 60)}" is about nothing that the scenario has'
            table.wrong(message, cell, f"{told}, .low and .high of them, or ISSUE.LEVEL", nearest(title, known))
        yield found


def _meaning(title: str, issues: Mapping[str, Any]) -> _Column | None:
    head, _, rest = title.partition(".")
    if title in _VOTES:
        return _Column(title, _VOTES)
    if title in _WORDS or title == "assumed":
        return _Column(title, (title,), None)
    if head in issues:
        return _on_issue(title, head, rest, issues[head])
    if head in OWN_NUMBERS and rest in {"", *_ENDS}:
        return _Column(title, (head, rest or "value"))
    return None


def _on_issue(title: str, issue: str, rest: str, found: Any) -> _Column | None:
    """A column about an issue: a position, a weight, a red line, or the value of one of its levels."""
    named = found.get("levels", ()) if isinstance(found, Mapping) and found.get("kind") != "numeric" else ()
    levels = tuple(str(level) for level in named) if isinstance(named, list | tuple) else ()
    part, _, end = rest.partition(".") if rest not in _ENDS else ("", "", rest)
    if part in _PARTS and end in {"", *_ENDS}:
        return _Column(title, (_PARTS[part], issue, end or "value"), levels if part == "" else ())
    if part == _RED and end in {"", *_ENDS}:
        return _Column(title, ("red_lines", issue, "begins", end or "value"), levels)
    if rest == _CLAIMS:
        return _Column(title, ("position", issue, _CLAIMS), None)
    if part == _RED and end in {"firmness", "cost"}:
        return _Column(title, ("red_lines", issue, end, "value"))
    if rest in levels:
        return _Column(title, ("values", issue, rest, "value"))
    return None


def _put(table: ActorsTable, actor: dict[str, Any], column: _Column, cell: TableCell, above: Place) -> None:
    """Write what a cell says under its keys."""
    words = column.words is None or cell.text in column.words
    found: Any = cell.text if words or cell.number is None else cell.number
    if column.place[-1] == _CLAIMS:
        found = cell.text.split()
    here: dict[str, Any] = actor
    for depth, key in enumerate(column.place[:-1], 1):
        table.cells.setdefault((*above, *column.place[:depth]), (cell, column.title))
        here = here.setdefault(key, {})
    here[column.place[-1]] = found
    table.cells[*above, *column.place] = (cell, column.title)


def _finish(table: ActorsTable, actor: dict[str, Any], issues: Mapping[str, Any], above: Place) -> None:
    """Give the reason of the row to its numbers, and the far end and firmness to its red lines."""
    reason = actor.pop("assumed", None)
    for issue, line in actor.get("red_lines", {}).items():
        line["issue"] = issue
        line.setdefault("firmness", {"value": 1, "assumed": "as drawn in the table"})
        stands = actor.get("position", {}).get(issue, {}).get("value")
        line["rejects"] = _far_end(issues[issue], line.get("begins", {}).get("value"), stands)
        cell = table.cells[*above, "red_lines", issue]
        for key in ("issue", "firmness", "rejects"):
            table.cells.setdefault((*above, "red_lines", issue, key), cell)
    if reason:
        for number in _numbers(actor):
            number.setdefault("assumed", reason)


def _numbers(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict):
        if "value" in found or _CLAIMS in found:
            yield found
        else:
            for value in found.values():
                yield from _numbers(value)


def _far_end(issue: Any, begins: Any, position: Any) -> Any:
    """The last level beyond a red line, seen from a position; the line itself where that cannot be told."""
    if not isinstance(issue, Mapping):
        return begins
    named = issue.get("levels", ())
    levels = list(named) if isinstance(named, list | tuple) else []
    low, high = (levels[0], levels[-1]) if levels else (issue.get("low"), issue.get("high"))
    try:
        first, own = ((levels.index(one) if isinstance(one, str) else float(one)) for one in (begins, position))
    except (TypeError, ValueError, OverflowError):
        return begins
    return high if first > own else low


def _number(table: ActorsTable, cell: TableCell) -> float:
    if cell.number is None:
        table.wrong(f'"{brief(cell.text, 40)}" is no number', cell)
    return cell.number or 0.0


def _rows(path: Path) -> tuple[TomlFile, list[list[TableCell]]]:
    """A table's rows, and the file that they were read from."""
    path = shown(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(Problem(f"larger than {_LARGEST:,} bytes; not read", file=str(path)))
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(Problem(f"cannot be read: {reason}", file=brief(str(path)))) from None
    sha256 = hashlib.sha256(content).hexdigest()
    if path.suffix.lower() == ".xlsx":
        return TomlFile(path, "", {}, sha256), _sheet(path)
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        raise InputError(Problem("not UTF-8 text", file=str(path), line=line, column=column)) from None
    return TomlFile(path, text, {}, sha256), cell_rows(text)


def _sheet(path: Path) -> list[list[TableCell]]:
    """Rows of the first sheet of an XLSX file, as its formulas were last worked out."""
    try:
        from openpyxl import load_workbook
        from openpyxl.utils import get_column_letter
    except ModuleNotFoundError:
        message = "tables in XLSX need openpyxl: pip install 'negotiation-sim[office]', or save as CSV"
        raise InputError(Problem(message, file=str(path))) from None
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        rows = [
            [
                TableCell("" if value is None else str(value).strip(), line, at, f"{get_column_letter(at)}{line}")
                for at, value in enumerate(row[:_WIDEST], 1)
            ]
            for line, row in enumerate(itertools.islice(book.worksheets[0].iter_rows(values_only=True), _LONGEST), 1)
        ]
        book.close()
    except Exception as error:  # noqa: BLE001 - whatever a broken archive makes the library raise
        raise InputError(Problem(f"not an XLSX file: {brief(str(error))}", file=str(path))) from None
    return [row for row in rows if any(cell.text for cell in row)]
