"""A plain table of positions: one row per actor, with capability, and position and salience on each issue."""

from __future__ import annotations

import csv
import io
from typing import Final

from sim.formats.file_format import FORMATS, AbstractStakeholderFormat
from sim.formats.position_rows import checked_table, number_in
from sim.formats.source_text import SourceText
from sim.formats.stakeholder_table import Stakeholder, StakeholderIssue, StakeholderTable, fitting_scale
from sim.scenario.cell_rows import TableCell, cell_rows

#: Titles of columns that are about the actor, in the words that such tables use.
_ACTOR: Final = ("actor", "name", "stakeholder", "player")
_DESCRIPTION: Final = ("title", "description")
_CAPABILITY: Final = ("capability", "capabilities", "influence", "power", "clout", "resources", "votes")
_MEANING: Final = (
    "Saliences are read as how much of his capability an actor brings to bear on an issue. In talks they are the "
    "weights of issues and are normalised for each actor: with one issue they move nothing there, while the forecasts "
    "(collective choice) use them, times capability."
)


@FORMATS.register("positions-csv", source="Bueno de Mesquita 1994, in European Community Decision Making, p. 78")
class PositionsCsv(AbstractStakeholderFormat):
    """Reads and writes a plain table: actor, capability, position and salience, or a pair of columns per issue.

    Columns are called ISSUE and ISSUE.salience (or ISSUE.weight), or position and salience where there is one issue.

    Source: tables of Bueno de Mesquita 1994 and Thomson et al. 2006, The European Union Decides
    """

    suffixes = (".csv", ".tsv", ".txt")

    def recognises(self, file: SourceText) -> bool:
        """A first column of actors."""
        rows = cell_rows(file.text[:5000])
        return bool(rows) and rows[0][0].text.lower() in _ACTOR

    def read(self, files: list[SourceText]) -> StakeholderTable:
        """Read one file."""
        (file,) = files
        rows = cell_rows(file.text)
        titles, body = rows[0], rows[1:]
        pairs, about, strength = _columns(file, titles)
        file.checked()
        for row in body:
            if len(row) != len(titles):
                file.wrong(f"{len(row)} cells, but the titles name {len(titles)}", row[0].line, row[0].column)
        file.checked()
        positions = {name: [_maybe(file, row[place]) for row in body] for name, (place, _) in pairs.items()}
        saliences = {name: [_maybe(file, row[weight], 0) for row in body] for name, (_, weight) in pairs.items()}
        most = max((one for column in saliences.values() for one in column if one is not None), default=0.0)
        scales = {name: fitting_scale([one for one in column if one is not None]) for name, column in positions.items()}
        for name in pairs:
            for row, place, salience in zip(body, positions[name], saliences[name], strict=True):
                if place is None and salience:
                    cell = row[pairs[name][0]]
                    file.wrong(f'"{row[0].text}" has a salience but no position', cell.line, cell.column)
        actors = tuple(
            Stakeholder(
                row[0].text,
                (row[about].text if about is not None else "") or row[0].text,
                number_in(file, row[strength], 0) if strength is not None else 1.0,
                tuple(positions[name][n] for name in pairs),
                tuple(saliences[name][n] if positions[name][n] is not None else None for name in pairs),
            )
            for n, row in enumerate(body)
        )
        issues = tuple(StakeholderIssue(name, *scales[name]) for name in pairs)
        told = ", ".join(f"{issue.name} {issue.low:g} to {issue.high:g}" for issue in issues)
        notes = [f"the ends of the scales are not in the file, they are taken to be: {told}"]
        notes += ["capability is not in the file: the same for everybody"] if strength is None else []
        of = 1.0 if most <= 1 else 100.0
        table = StakeholderTable(file.path.stem, "", issues, actors, of, _MEANING, tuple(notes))
        return checked_table(file, body, table)

    def write(self, table: StakeholderTable) -> tuple[str, list[str]]:
        """Write one file."""
        notes = [f"the title: {table.title}"] if table.title else []
        for n, issue in enumerate(table.issues):
            places = [actor.position[n] for actor in table.actors]
            if fitting_scale([one for one in places if one is not None]) != (issue.low, issue.high):
                notes.append(f"the ends of the scale of {issue.name}: {issue.low:g} to {issue.high:g}")
        top = max((one for actor in table.actors for one in actor.salience if one is not None), default=0.0)
        if table.of > 1 >= top:
            notes.append("that saliences are of 100: none is above 1")
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        pairs = [word for issue in table.issues for word in (issue.name, f"{issue.name}.salience")]
        writer.writerow(["actor", "title", "capability", *pairs])
        for actor in table.actors:
            both = [
                "" if one is None else repr(one)
                for pair in zip(actor.position, actor.salience, strict=True)
                for one in pair
            ]
            title = actor.description if actor.description != actor.name else ""
            writer.writerow([actor.name, title, repr(actor.capability), *both])
        return text.getvalue(), notes


def _columns(file: SourceText, titles: list[TableCell]) -> tuple[dict[str, tuple[int, int]], int | None, int | None]:
    """Columns of each issue's positions and saliences, and of description and capability."""
    known: dict[str, int] = {}
    for n, cell in enumerate(titles):
        if not cell.text or cell.text in known:
            told = f'a second column is called "{cell.text}"' if cell.text else "a column without a title"
            file.wrong(told, cell.line, cell.column)
        known.setdefault(cell.text, n)
    lower = {name.lower(): n for name, n in known.items()}
    about = next((lower[word] for word in _DESCRIPTION if word in lower), None)
    strength = next((lower[word] for word in _CAPABILITY if word in lower), None)
    if "position" in lower and "salience" in lower:
        used = {0, about, strength, lower["position"], lower["salience"]}
        pairs = {"position": (lower["position"], lower["salience"])}
    else:
        used = {0, about, strength}
        pairs = {}
        for name, n in known.items():
            weight = next(
                (known[f"{name}.{word}"] for word in ("salience", "weight") if f"{name}.{word}" in known), None
            )
            if weight is not None and n not in used:
                pairs[name] = (n, weight)
                used |= {n, weight}
    for cell in [cell for n, cell in enumerate(titles) if n not in used and cell.text]:
        file.wrong(
            f'nothing is known of column "{cell.text}"',
            cell.line,
            cell.column,
            "actor, title, capability, and ISSUE with ISSUE.salience for each issue",
        )
    if not pairs:
        file.wrong("there is no column of positions with its saliences", titles[0].line, titles[0].column)
    return pairs, about, strength


def _maybe(file: SourceText, cell: TableCell, low: float = float("-inf")) -> float | None:
    return number_in(file, cell, low) if cell.text else None
