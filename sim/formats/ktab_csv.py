"""KTAB's CSV: a line of head data, then a row per actor with influence, positions and saliences."""

from __future__ import annotations

import csv
import io
from typing import Final

from sim.formats.file_format import FORMATS, AbstractStakeholderFormat
from sim.formats.position_rows import checked_table, number_in
from sim.formats.source_text import SourceText
from sim.formats.stakeholder_table import Stakeholder, StakeholderIssue, StakeholderTable
from sim.scenario.cell_rows import TableCell, cell_rows

#: What the salience of KTAB's files means, and what is made of it here.
KTAB_SALIENCE: Final = (
    "In KTAB, a salience from 0 to 100 is the share of an actor's influence that it brings to bear on a dimension; "
    "over all dimensions they sum to 100 at most, and what is left goes to matters outside. In talks, saliences are "
    "the weights of issues and are normalised for each actor: with one dimension they move nothing there, while the "
    "forecasts (collective choice) use them, times influence, as KTAB does."
)


@FORMATS.register("ktab-csv", source="KAPSARC Toolkit for Behavioral Analysis (MIT), scenario files of the SMP model")
class KtabCsv(AbstractStakeholderFormat):
    """Reads and writes KTAB's CSV: influence, and position and salience from 0 to 100 on each dimension.

    Source: Wise, Lester & Efird 2015, An Introduction to the KAPSARC Toolkit for Behavioral Analysis
    """

    suffixes = (".csv",)

    def recognises(self, file: SourceText) -> bool:
        """Two counts at the end of the first line, and a second line of titles that begins with Actor."""
        rows = cell_rows(file.text[:5000], delimiter=",")[:2]
        return len(rows) == 2 and rows[1][0].text.lower() == "actor" and rows[1][1:2] != [] and (
            rows[1][1].text.lower() == "description" and rows[0][0].text.lower() != "actor"
        )  # fmt: skip

    def read(self, files: list[SourceText]) -> StakeholderTable:
        """Read one file."""
        (file,) = files
        rows = [_less_last(row) for row in cell_rows(file.text, delimiter=",")]
        if len(rows) < 3:
            file.wrong("a line of head data, a line of titles and a line per actor are needed", 1, 1)
            file.checked()
        head, titles, body = rows[0], rows[1], rows[2:]
        names = _dimensions(file, titles)
        width = 3 + 2 * len(names)
        actors = []
        for row in body:
            if len(row) != width:
                file.wrong(f"{len(row)} cells, but the titles name {width}", row[0].line, row[0].column)
                continue
            numbers = [number_in(file, cell, 0, 100) for cell in row[3:]]
            actors.append(
                Stakeholder(
                    row[0].text,
                    row[1].text or row[0].text,
                    number_in(file, row[2], 0),
                    tuple(numbers[0::2]),
                    tuple(numbers[1::2]),
                )
            )
            if sum(numbers[1::2]) > 100 + 1e-9:
                file.wrong(f"saliences sum to {sum(numbers[1::2]):g}, above 100", row[4].line, row[4].column)
        _counts(file, head, len(body), len(names))
        about = ", ".join(cell.text for cell in head[1:-2] if cell.text)
        issues = tuple(StakeholderIssue(name) for name in names)
        return checked_table(
            file, body, StakeholderTable(head[0].text, about, issues, tuple(actors), 100, KTAB_SALIENCE)
        )

    def write(self, table: StakeholderTable) -> tuple[str, list[str]]:
        """Write one file; positions of scales other than 0 to 100 are moved to it."""
        found, notes = on_hundred(table)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([found.title, found.about, len(found.actors), len(found.issues)])
        pairs = [f"{issue.name} {word}" for issue in found.issues for word in ("Position", "Salience")]
        writer.writerow(["Actor", "Description", "Influence", *pairs])
        for actor in found.actors:
            both = [_word(one) for pair in zip(actor.position, actor.salience, strict=True) for one in pair]
            writer.writerow([actor.name, actor.description, _word(actor.capability), *both])
        return text.getvalue(), notes


def on_hundred(table: StakeholderTable) -> tuple[StakeholderTable, list[str]]:
    """The table on scales from 0 to 100 with a position for everybody, as KTAB's files have it, and what that costs."""
    notes = []
    moved = [issue for issue in table.issues if (issue.low, issue.high) != (0, 100)]
    if moved:
        notes.append(f"the scale of {', '.join(issue.name for issue in moved)}: positions are told from 0 to 100")
    gaps = [actor.name for actor in table.actors if None in actor.position]
    if gaps:
        notes.append(f"that {', '.join(gaps)} has no position on some issue: told as 50 with salience 0")
    full = table.scaled(100)
    actors = []
    for actor in full.actors:
        places = tuple(
            50.0 if one is None else one if (issue.low, issue.high) == (0, 100) else _hundredth(issue, one)
            for one, issue in zip(actor.position, table.issues, strict=True)
        )
        salience = tuple(one or 0.0 for one in actor.salience)
        if sum(salience) > 100 + 1e-9:
            notes.append(f"saliences of {actor.name} sum to {sum(salience):g}: told as shares of 100")
            salience = tuple(one * 100 / sum(salience) for one in salience)
        actors.append(Stakeholder(actor.name, actor.description, actor.capability, places, salience))
    issues = tuple(StakeholderIssue(issue.name) for issue in table.issues)
    return StakeholderTable(table.title, table.about, issues, tuple(actors), 100), notes


def _hundredth(issue: StakeholderIssue, position: float) -> float:
    return (position - issue.low) / (issue.high - issue.low) * 100


def _word(number: float | None) -> str:
    return "" if number is None else f"{number:.15g}" if float(f"{number:.15g}") == number else repr(number)


def _less_last(row: list[TableCell]) -> list[TableCell]:
    """A row without the empty cells that a comma at the end makes."""
    while len(row) > 1 and not row[-1].text:
        row = row[:-1]
    return row


def _dimensions(file: SourceText, titles: list[TableCell]) -> list[str]:
    """Names of the dimensions, from the titles of their positions."""
    if len(titles) < 5 or len(titles) % 2 == 0:
        file.wrong(
            f"{len(titles)} titles: Actor, Description, Influence, then a position and a salience per dimension",
            titles[0].line,
            titles[0].column,
        )
        file.checked()
    found: list[str] = []
    for cell in titles[3::2]:
        name = cell.text
        for word in (" Position", " position"):
            name = name.removesuffix(word)
        if not name or name in found:
            file.wrong(f'a second dimension is called "{name}"' if name else "a title is empty", cell.line, cell.column)
        found.append(name)
    return found


def _counts(file: SourceText, head: list[TableCell], actors: int, dimensions: int) -> None:
    """Compare the counts that the first line gives with what follows."""
    if len(head) < 4:
        file.wrong("name, description, number of actors and of dimensions are needed", head[0].line, head[0].column)
        return
    for cell, count, kind in zip(head[-2:], (actors, dimensions), ("actors", "dimensions"), strict=True):
        if cell.number != count:
            file.wrong(f'"{cell.text}" {kind} are announced, {count} follow', cell.line, cell.column)
