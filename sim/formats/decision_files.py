"""Files of decisions that were taken: the layout of the DEU data sets, and a plain table of our own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal, TypeAlias

import numpy as np

from sim.backtest import Decision, DecisionSet, scoreable
from sim.formats.position_rows import number_in
from sim.formats.source_text import SourceText
from sim.foundations import Floats
from sim.scenario.cell_rows import TableCell, cell_rows

#: Whose capability counts: the file's, or the same for everybody; by default what the layout is published with.
Capabilities: TypeAlias = Literal["file", "equal"]

#: Columns of the plain table; the rest are groups.
_OWN: Final = (
    "decision",
    "issue",
    "actor",
    "position",
    "salience",
    "capability",
    "outcome",
    "status_quo",
    "low",
    "high",
)
_NEEDED: Final = ("issue", "actor", "position", "salience", "outcome")
#: Columns of the DEU layout: decision, issue, and what issues are grouped by, with what people call it.
_DECISION, _ISSUE, _OUTCOME, _STATUS_QUO = "prnr", "isnr", "out", "rp"
_GROUPS: Final = {"counvte": "voting rule", "proc": "procedure", "type": "type", "council": "council"}
_KNOWN, _UNKNOWN = "known", "not known"
_MISSING: Final = frozenset({"", ".", "na", "n/a", "nan"})
#: What full position and salience are in the DEU layout.
_FULL: Final = 100.0


def read_decisions(path: Path, *, least: int = 3, capability: Capabilities | None = None) -> DecisionSet:
    """Read a file of decisions.

    Two layouts are known by their first line. DEU (Thomson et al.): one row per issue, with a column ``p…`` of
    positions and a column ``s…`` of saliences for each actor, both 0 to 100, ``prnr`` and ``isnr`` (decision and
    issue), ``out`` (outcome) and ``rp`` (status quo); a row without a decision holds capabilities. A plain table: one
    row per actor and issue, with the columns issue, actor, position, salience, outcome, and if wanted decision,
    capability, status_quo, low and high (ends of the scale); any other column is a group that issues fall into.

    Args:
        least:      actors with a position and a salience that an issue needs, 1 or more
        capability: whose counts; by default ``equal`` for DEU, as its results are published, ``file`` for tables
    Raises:  InputError with everything that is wrong, with line and column
    """
    file = SourceText.read(path)
    rows = cell_rows(file.text)
    titles = [cell.text.lower() for cell in rows[0]] if rows else []
    pairs = _pairs(titles)
    if _OUTCOME in titles and len(pairs) >= 2:
        decisions, notes = _deu(file, rows, pairs, capability or "equal")
    elif {"actor", "position"} <= set(titles):
        decisions, notes = _plain(file, rows, capability or "file")
    else:
        allowed = f"{', '.join(_NEEDED)}; or the DEU layout: p… and s… for each actor, {_OUTCOME}"
        file.wrong("the first line names neither the columns of DEU nor those of a plain table", 1, 1, allowed)
        file.checked()
    file.checked()
    return scoreable(file.path.name, decisions, least=least, notes=tuple(notes))


def _pairs(titles: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Actor -> columns of his positions and of his saliences."""
    places = {title: n for n, title in enumerate(titles)}
    return {
        title[1:]: (n, places[f"s{title[1:]}"])
        for title, n in places.items()
        if title.startswith("p") and len(title) > 1 and f"s{title[1:]}" in places
    }


def _number(file: SourceText, cell: TableCell, low: float = -math.inf, high: float = math.inf) -> float:
    return math.nan if cell.text.lower() in _MISSING else number_in(file, cell, low, high)


def _deu(
    file: SourceText, rows: list[list[TableCell]], pairs: dict[str, tuple[int, int]], capability: Capabilities
) -> tuple[list[Decision], list[str]]:
    """One row per issue; rows of the same ``prnr`` are one decision."""
    places = {cell.text.lower(): n for n, cell in enumerate(rows[0])}
    actors = list(pairs)
    strength = np.ones(len(actors))
    found: dict[str, list[list[TableCell]]] = {}
    notes = ["read in the layout of DEU: positions and saliences 0 to 100"]
    for row in rows[1:]:
        if len(row) != len(rows[0]):
            file.wrong(f"{len(row)} cells, but the titles name {len(rows[0])}", row[0].line, row[0].column)
            continue
        name = row[places[_DECISION]].text if _DECISION in places else f"line {row[0].line}"
        if name:
            found.setdefault(name, []).append(row)
        elif capability == "file":
            strength = np.array([_number(file, row[place], 0) for place, _ in pairs.values()])
            strength = np.where(np.isnan(strength), 0.0, strength)
    counts = "those of the row without a decision" if capability == "file" else "the same for everybody"
    notes.append(f"capabilities: {counts}")
    if capability == "file" and (strength == 1).all():
        file.wrong("no row holds capabilities: a row without a decision does", 1, 1)
    decisions = []
    for name, own in found.items():
        position = np.array([[_number(file, row[p], 0, _FULL) for row in own] for p, _ in pairs.values()])
        salience = np.array([[_number(file, row[s], 0, _FULL) for row in own] for _, s in pairs.values()])
        quo = _column(file, own, places, _STATUS_QUO)
        issues = [row[places[_ISSUE]].text if _ISSUE in places else f"{name}.{n + 1}" for n, row in enumerate(own)]
        groups = [_deu_groups(row, places, known) for row, known in zip(own, ~np.isnan(quo), strict=True)]
        decisions.append(
            Decision(
                name,
                tuple(actors),
                tuple(issues),
                position,
                salience / _FULL,
                strength,
                np.zeros(len(own)),
                np.full(len(own), _FULL),
                quo,
                _column(file, own, places, _OUTCOME),
                tuple(groups),
            )
        )
    return decisions, notes


def _column(file: SourceText, rows: list[list[TableCell]], places: dict[str, int], title: str) -> Floats:
    """(I,) numbers of a column, nan where it is not there."""
    if title not in places:
        return np.full(len(rows), np.nan)
    return np.array([_number(file, row[places[title]], 0, _FULL) for row in rows])


def _deu_groups(row: list[TableCell], places: dict[str, int], known: bool) -> dict[str, str]:
    found = {words: row[places[title]].text for title, words in _GROUPS.items() if title in places}
    return {**found, "status quo": _KNOWN if known else _UNKNOWN}


def _plain(file: SourceText, rows: list[list[TableCell]], capability: Capabilities) -> tuple[list[Decision], list[str]]:
    """One row per actor and issue."""
    titles = [cell.text.lower() for cell in rows[0]]
    places = {title: n for n, title in enumerate(titles)}
    for title in _NEEDED:
        if title not in places:
            file.wrong(f'there is no column "{title}"', 1, 1, ", ".join(_OWN))
    for n, title in enumerate(titles):
        if titles.index(title) != n:
            file.wrong(f'a second column is called "{title}"', rows[0][n].line, rows[0][n].column)
    file.checked()
    groups = [title for title in titles if title and title not in _OWN]
    found: dict[str, dict[str, list[list[TableCell]]]] = {}
    for row in rows[1:]:
        if len(row) != len(titles):
            file.wrong(f"{len(row)} cells, but the titles name {len(titles)}", row[0].line, row[0].column)
            continue
        issue = row[places["issue"]].text
        name = row[places["decision"]].text if "decision" in places else issue
        found.setdefault(name, {}).setdefault(issue, []).append(row)
    file.checked()
    numbers = [_number(file, row[places["salience"]], 0) for row in rows[1:]]
    full = 1.0 if max((one for one in numbers if not math.isnan(one)), default=0.0) <= 1 else _FULL
    decisions = [_decision(file, name, own, places, groups, full, capability) for name, own in found.items()]
    return decisions, [f"read as a plain table: full salience is {full:g}"]


def _decision(
    file: SourceText,
    name: str,
    own: dict[str, list[list[TableCell]]],
    places: dict[str, int],
    groups: list[str],
    full: float,
    capability: Capabilities,
) -> Decision:
    """Rows of one decision, by issue."""
    actors = list(dict.fromkeys(row[places["actor"]].text for rows in own.values() for row in rows))
    position, salience = np.full((2, len(actors), len(own)), np.nan)
    strength = np.ones(len(actors))
    ends = np.full((4, len(own)), np.nan)
    said: list[dict[str, str]] = []
    for k, rows in enumerate(own.values()):
        for row in rows:
            n = actors.index(row[places["actor"]].text)
            if not math.isnan(position[n, k]):
                cell = row[places["actor"]]
                file.wrong(f'"{cell.text}" has a row already on this issue', cell.line, cell.column)
            position[n, k] = _number(file, row[places["position"]])
            salience[n, k] = _number(file, row[places["salience"]], 0, full) / full
            if "capability" in places and capability == "file":
                strength[n] = _number(file, row[places["capability"]], 0)
        for m, title in enumerate(("low", "high", "status_quo", "outcome")):
            ends[m, k] = _once(file, rows, places, title)
        low, high = _scale([*position[:, k], *ends[2:, k]])
        ends[0, k] = low if math.isnan(ends[0, k]) else ends[0, k]
        ends[1, k] = high if math.isnan(ends[1, k]) else ends[1, k]
        _on_scale(file, rows, places, ends[0, k], ends[1, k])
        said.append({title: rows[0][places[title]].text for title in groups})
    strength = np.where(np.isnan(strength), 0.0, strength)
    return Decision(
        name, tuple(actors), tuple(own), position, salience, strength, ends[0], ends[1], ends[2], ends[3], tuple(said)
    )


def _once(file: SourceText, rows: list[list[TableCell]], places: dict[str, int], title: str) -> float:
    """What all rows of an issue say of it; nan where they say nothing."""
    if title not in places:
        return math.nan
    cells = [row[places[title]] for row in rows if row[places[title]].text.lower() not in _MISSING]
    numbers = [_number(file, cell) for cell in cells]
    for cell, number in zip(cells, numbers, strict=True):
        if number != numbers[0]:
            file.wrong(f"{title} is {numbers[0]:g} in another row of this issue", cell.line, cell.column)
    return numbers[0] if numbers else math.nan


def _scale(numbers: list[float]) -> tuple[float, float]:
    """Ends of a scale that the file does not name: 0 to 100 where everything fits, else from least to most."""
    known = [one for one in numbers if not math.isnan(one)]
    low, high = min(known, default=0.0), max(known, default=_FULL)
    return (0.0, _FULL) if low >= 0 and 1 < high <= _FULL else (low, high)


def _on_scale(file: SourceText, rows: list[list[TableCell]], places: dict[str, int], low: float, high: float) -> None:
    """Refuse what lies outside of its scale, and a scale without a length."""
    if not low < high:
        cell = rows[0][places["high" if "high" in places else "position"]]
        file.wrong(f"the scale runs from {low:g} to {high:g}, which is no length", cell.line, cell.column)
        return
    for row in rows:
        for title in ("position", "outcome", "status_quo"):
            found = row[places[title]] if title in places else None
            if found is not None and found.number is not None and not low <= found.number <= high:
                file.wrong(f"{found.text} lies outside of the scale, {low:g} to {high:g}", found.line, found.column)
