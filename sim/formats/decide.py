"""Decide's tables: lines of actors (#A), issues (#P), ends of scales (#M) and positions (#D)."""

from __future__ import annotations

from typing import Final

from sim.formats.file_format import FORMATS, AbstractStakeholderFormat
from sim.formats.position_rows import checked_table, number_in
from sim.formats.source_text import SourceText
from sim.formats.stakeholder_table import Stakeholder, StakeholderIssue, StakeholderTable
from sim.scenario.cell_rows import TableCell, cell_rows

_CELLS: Final = {"#A": 2, "#P": 2, "#M": 3, "#D": 6}
_MEANING: Final = (
    "In Decide, a salience from 0 to 1 is how much of his power an actor brings to bear on an issue, each issue by "
    "itself. In talks, saliences are the weights of issues and are normalised for each actor; the forecasts "
    "(collective choice) use them, times power, as Decide does."
)


@FORMATS.register("decide", source="Stokman & Van Oosten 1994; Decide exchange model, input files")
class Decide(AbstractStakeholderFormat):
    """Reads and writes Decide's tables: power, and position and salience on each issue.

    Source: Stokman & Van Oosten 1994, The exchange of voting positions, in European Community Decision Making
    """

    suffixes = (".txt", ".csv", ".tsv")

    def recognises(self, file: SourceText) -> bool:
        """A first line that begins with #A."""
        return file.text.lstrip().lstrip("'\"").startswith("#A")

    def read(self, files: list[SourceText]) -> StakeholderTable:
        """Read one file."""
        (file,) = files
        rows = _rows(file)
        names = {row[1].text: _told(row) for row in rows["#A"]}
        issues = _issues(file, rows)
        found, power = _positions(file, rows["#D"], list(names), issues)
        for name, amounts in power.items():
            if len(set(amounts)) > 1:
                file.notes.append(
                    f"the power of {name} by issue ({min(amounts):g} to {max(amounts):g}): the most is held"
                )
        actors = tuple(
            Stakeholder(
                name,
                description or name,
                max(power[name], default=0.0),
                tuple(None if one is None else one[0] for one in found[name]),
                tuple(None if one is None else one[1] for one in found[name]),
            )
            for name, description in names.items()
        )
        table = StakeholderTable(file.path.stem, "", tuple(issues), actors, 1, _MEANING, tuple(file.notes))
        return checked_table(file, [row[1:] for row in rows["#A"]], table)

    def write(self, table: StakeholderTable) -> tuple[str, list[str]]:
        """Write one file."""
        notes = [f"the title: {table.title}"] if table.title else []
        words = [table.title, *(issue.name for issue in table.issues)]
        words += [word for actor in table.actors for word in (actor.name, actor.description)]
        if any(set(word) & set("'\t\n") for word in words[1:]):
            notes.append("apostrophes, tabs and line ends in names: written as ’ and spaces")
        silent = [actor.name for actor in table.actors if not any(one is not None for one in actor.position)]
        notes += [f"the capability of {name}, who has no position" for name in silent]
        lines: list[list[str | float]] = [
            ["#A", actor.name, actor.name, actor.description if actor.description != actor.name else ""]
            for actor in table.actors
        ]
        for issue in table.issues:
            lines.append(["#P", issue.name, issue.name, ""])
            lines += [["#M", issue.name, issue.low], ["#M", issue.name, issue.high]]
        for actor in table.scaled(1).actors:
            for issue, place, salience in zip(table.issues, actor.position, actor.salience, strict=True):
                if place is not None:
                    lines.append(["#D", actor.name, issue.name, place, salience or 0.0, actor.capability])
        return "".join("\t".join(map(_cell, line)) + "\n" for line in lines), notes


def _cell(found: object) -> str:
    if isinstance(found, float | int):
        return repr(float(found))
    return "'{}'".format(str(found).replace("'", "’").replace("\t", " ").replace("\n", " "))


def _told(row: list[TableCell]) -> str:
    """What a line says of an actor or issue besides its name: the last cell that differs from it."""
    others = [cell.text for cell in row[2:] if cell.text and cell.text != row[1].text]
    return others[-1] if others else ""


def _issues(file: SourceText, rows: dict[str, list[list[TableCell]]]) -> list[StakeholderIssue]:
    """Issues with the ends of their scales."""
    issues: list[StakeholderIssue] = []
    for row in rows["#P"]:
        name = row[1].text
        ends = [number_in(file, mark[2]) for mark in rows["#M"] if mark[1].text == name]
        if len(ends) < 2 or min(ends) >= max(ends):
            file.wrong(f'issue "{name}" needs two #M lines or more, for the ends of its scale', row[0].line, 1)
            ends = [0.0, 1.0]
        if any(issue.name == name for issue in issues):
            file.wrong(f'issue "{name}" has a #P line already', row[1].line, row[1].column)
        if len(set(ends)) > 2:
            file.notes.append(f"points of {name} between the ends of its scale")
        if _told(row) not in {name, ""}:
            file.notes.append(f'the description of issue {name}: "{_told(row)}"')
        issues.append(StakeholderIssue(name, min(ends), max(ends)))
    known = [issue.name for issue in issues]
    for row in rows["#M"]:
        if row[1].text not in known:
            file.unknown("issue", row[1].text, known, row[1].line, row[1].column)
    return issues


def _positions(
    file: SourceText, rows: list[list[TableCell]], actors: list[str], issues: list[StakeholderIssue]
) -> tuple[dict[str, list[tuple[float, float] | None]], dict[str, list[float]]]:
    """Per actor: position and salience on each issue, and the power on each that he has a position on."""
    scale = {issue.name: n for n, issue in enumerate(issues)}
    found: dict[str, list[tuple[float, float] | None]] = {name: [None] * len(issues) for name in actors}
    power: dict[str, list[float]] = {name: [] for name in actors}
    for row in rows:
        actor, issue = row[1].text, row[2].text
        if actor not in found:
            file.unknown("actor", actor, list(found), row[1].line, row[1].column)
        elif issue not in scale:
            file.unknown("issue", issue, list(scale), row[2].line, row[2].column)
        else:
            at = scale[issue]
            if found[actor][at] is not None:
                file.wrong(f'"{actor}" has a #D line on "{issue}" already', row[1].line, row[1].column)
            place = number_in(file, row[3], issues[at].low, issues[at].high)
            found[actor][at] = (place, number_in(file, row[4], 0, 1))
            power[actor].append(number_in(file, row[5], 0))
    return found, power


def _rows(file: SourceText) -> dict[str, list[list[TableCell]]]:
    """Lines by their kind; lines of no kind and with too few cells are problems."""
    found: dict[str, list[list[TableCell]]] = {kind: [] for kind in _CELLS}
    first = file.text.lstrip().partition("\n")[0]
    for row in cell_rows(file.text, delimiter="\t" if "\t" in first else "", quote="'" if "'" in first else '"'):
        kind = row[0].text
        if kind not in found:
            file.unknown("kind of line", kind, list(found), row[0].line, row[0].column)
        elif len(row) < _CELLS[kind]:
            file.wrong(f"a {kind} line has {_CELLS[kind]} cells or more, here are {len(row)}", row[0].line, 1)
        else:
            found[kind].append(row)
    for kind in ("#A", "#P", "#D"):
        if not found[kind]:
            file.wrong(f"there is no {kind} line", 1, 1)
    file.checked()
    return found
