"""Import of foreign files as cases, and export of cases as foreign files."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.evidence import validate
from sim.formats.file_format import (
    FORMATS,
    AbstractFileFormat,
    AbstractStakeholderFormat,
    AbstractUtilityFormat,
)
from sim.formats.source_text import SourceText
from sim.formats.stakeholder_table import StakeholderTable, scenario_text, table_of
from sim.formats.utility_domain import domain_of, domain_scenario_text
from sim.foundations import InputError, Problem
from sim.scenario import DEAL_LIMIT, Scenario, rule_problems


@dataclass(frozen=True)
class ImportedCase:
    """A case made of foreign files.

    format:   name of the format
    scenario: text of its scenario file
    readme:   text of its README
    notes:    what the files say that it does not hold, and what they do not say, in phrases
    """

    format: str
    scenario: str
    readme: str
    notes: tuple[str, ...]


def imported(paths: Sequence[Path], name: str, format_name: str | None = None) -> ImportedCase:
    """Read files of one of the field's formats as a case.

    Args:
        name: name of the case
        format_name: the format; ``None``: the first that recognises every file
    Raises:  InputError with everything that is wrong, with file, line and column
    """
    files = [SourceText.read(path) for path in paths]
    chosen, kind = _format(files, format_name)
    if len(files) > 1 and issubclass(kind, AbstractStakeholderFormat):
        raise InputError(Problem(f"{chosen} holds a case in one file", file=str(files[1].path)))
    found = kind().read(files)
    source = f"{', '.join(file.path.name for file in files)} ({chosen})"
    notes = list(found.notes)
    if isinstance(found, StakeholderTable):
        text, meaning = scenario_text(found, name, source), found.meaning
        if (finest := 101) > found.points:
            notes.append(
                f"settlements between the {found.points} points of an issue: with {finest} the deals would not be "
                "played in seconds (raise `points` where it matters; of millions of deals the best are searched for)"
            )
    else:
        text, more = domain_scenario_text(found, name, source)
        notes += more
        meaning = ""
        if found.deals > DEAL_LIMIT:
            notes.append(f"{found.deals:,} deals are more than the {DEAL_LIMIT:,} that a case may have: leave some out")
    _sound(text, str(files[0].path))
    return ImportedCase(chosen, text, _readme(name, files, chosen, meaning, notes), tuple(notes))


def exported(scenario: Scenario, format_name: str) -> tuple[dict[str, str], list[str]]:
    """Names and texts of the files that hold a scenario in one of the field's formats, and what they do not hold.

    The one file of a format that needs no more has an empty name.

    Raises:  InputError where the format cannot hold it at all
    """
    kind = FORMATS[format_name]()
    if isinstance(kind, AbstractStakeholderFormat):
        table = table_of(scenario)
        if not table.issues:
            raise InputError(f"{format_name} holds positions, and no issue of this case has an order")
        text, notes = kind.write(table)
        return {"": text}, [*table.notes, *notes]
    assert isinstance(kind, AbstractUtilityFormat)
    domain = domain_of(scenario)
    texts, notes = kind.write(domain)
    return texts, list(dict.fromkeys([*domain.notes, *notes]))


def _format(files: Sequence[SourceText], name: str | None) -> tuple[str, type[AbstractFileFormat]]:
    """The format that is named, or the first that recognises every file."""
    if name is not None:
        return name, FORMATS[name]
    for entry in FORMATS:
        if all(entry.member().recognises(file) for file in files):
            return entry.name, entry.member
    known = ", ".join(FORMATS.names)
    lost = [file for file in files if not any(entry.member().recognises(file) for entry in FORMATS)]
    message = "of no format that is read" if lost else "these files are of different formats"
    raise InputError(Problem(message, file=str((lost or files)[0].path), allowed=f"{known} (or name it with --format)"))


def _sound(text: str, file: str) -> None:
    """Refuse what could not be checked and run.

    Raises:  InputError that names the file it comes from
    """
    scenario, problems = validate(Scenario, tomllib.loads(text))
    if scenario is not None:
        problems = [one for one in rule_problems(scenario) if "deals, above the limit" not in one.message]
    if problems:
        raise InputError([Problem(f"{one.where}: {one.message}", file=file, allowed=one.allowed) for one in problems])


def _readme(name: str, files: Sequence[SourceText], chosen: str, meaning: str, notes: Sequence[str]) -> str:
    """What a reader of the case is told of where it comes from."""
    lines = [f"# {name.replace('_', ' ').replace('-', ' ').capitalize()}", "", f"Imported from ({chosen}):", ""]
    lines += [f"- `{file.path.name}`, SHA-256 {file.sha256}" for file in files]
    if meaning:
        lines += ["", meaning]
    if notes:
        lines += ["", "Not in the files, or not held:", "", *(f"- {note}" for note in notes)]
    return "\n".join(lines) + "\n"
