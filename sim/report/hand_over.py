"""Files about a results folder to hand over: the whole page, a brief, the brief in Word, every table in Excel."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final, Literal, get_args

from sim.foundations import InputError
from sim.report.brief import brief_story
from sim.report.office.brief_docx import render_docx
from sim.report.office.tables_xlsx import render_xlsx
from sim.report.page.paper import render_brief
from sim.report.page.write import page
from sim.report.results_folder import ResultsFolder
from sim.report.stored import read_stored
from sim.store.folder import HANDED_FILES, write_atomically
from sim.words import Vocabulary
from sim.words.outcome_colors import outcome_colors

#: Kinds of files.
Handed = Literal["report", "brief", "docx", "xlsx"]
#: What is written where nothing else is asked for.
WHOLE: Final[tuple[Handed, ...]] = ("report",)
#: Kind -> name of the file in the results folder.
FILES: Final[dict[Handed, str]] = {kind: HANDED_FILES[kind] for kind in get_args(Handed)}


def hand_over(folder: Path | str, kinds: Collection[Handed] = WHOLE, out: Path | None = None) -> dict[Handed, Path]:
    """Write files about results of any kind; by default each into the results folder.

    Args:
        kinds: which, in any order
        out:   the file itself, where one kind is asked for
    Returns:
        kind -> file
    Raises:  ResultsError if there is nothing finished in the folder, or a file cannot be written; InputError if the
             copied inputs do not fit this version any more; SimError if a package for office files is missing
    Example:
        >>> sorted(FILES.values())
        ['brief.docx', 'brief.html', 'report.html', 'tables.xlsx']
    """
    if out is not None and len(kinds) != 1:
        raise InputError("--out names one file, so ask for one kind of file with it")
    kept = read_stored(folder)
    content = {kind: _content(kept, kind) for kind in FILES if kind in kinds}  # all or none is written
    files = {kind: out if out is not None else Path(folder) / FILES[kind] for kind in content}
    for kind, file in files.items():
        write_atomically(file, content[kind])
    return files


def _content(kept: ResultsFolder, kind: Handed) -> bytes:
    program = f"{kept.manifest.program} {kept.manifest.version}"
    if kind == "report":
        return page(kept).encode()
    if kind == "xlsx":
        return render_xlsx(kept.story(), author=program)
    brief = brief_story(kept.story())
    if kind == "docx":
        return render_docx(brief, author=program)
    return render_brief(brief, colors=outcome_colors(Vocabulary.of(kept.scenario)), program=program).encode()
