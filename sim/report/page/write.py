"""Results as one HTML file that needs nothing else: to send, to print, to read on a telephone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sim.report.page.pictures import ROOM, pictures, pictures_of, pieces_of
from sim.report.page.renderer import render_page
from sim.report.page.svg import Picture
from sim.report.pieces import Story
from sim.report.results_folder import ResultsFolder
from sim.report.stored import read_stored
from sim.report.stored_analysis import StoredAnalysis
from sim.report.stored_bridge import StoredBridge
from sim.report.stored_run import StoredRun
from sim.report.stored_sweep import StoredSweep
from sim.store.folder import HANDED_FILES, write_atomically
from sim.words import Vocabulary
from sim.words.outcome_colors import ENDING_COLORS, outcome_colors

#: Bytes that the points of a sweep may take on its page, which its figures must leave to them.
_POINTS_ROOM: Final = 350_000


def write_page(folder: Path | str, out: Path | None = None) -> Path:
    """Write the report of a results folder of any kind; by default ``report.html`` in it.

    Raises:  ResultsError if there is nothing finished in it, or the file cannot be written; InputError if the
             copied inputs do not fit this version any more
    """
    found = read_stored(folder)
    file = out if out is not None else Path(folder) / HANDED_FILES["report"]
    write_atomically(file, page(found).encode())
    return file


def page(kept: ResultsFolder, drawn: list[Picture] | None = None) -> str:
    """Write the report of a run, a sweep, a bridge or analyses as HTML.

    Args:
        drawn: its figures, if they were drawn already
    """
    shown = _drawn(kept) if drawn is None else drawn
    colors = outcome_colors(Vocabulary.of(kept.scenario))
    program = f"{kept.manifest.program} {kept.manifest.version}"
    return render_page(kept.story(pieces_of(shown)), shown, colors=colors, program=program)


def write_story(story: Story, file: Path, words: Vocabulary | None = None, drawn: Sequence[Picture] = ()) -> None:
    """Write a story that no results folder keeps as a page.

    Args:
        words: of its case, which has colours of its own
        drawn: its figures
    Raises:  ResultsError if the file cannot be written
    """
    colors = ENDING_COLORS if words is None else outcome_colors(words)
    write_atomically(file, render_page(story, drawn, colors=colors).encode())


def _drawn(kept: ResultsFolder) -> list[Picture]:
    """Every figure that fits."""
    if isinstance(kept, StoredAnalysis):
        return pictures_of(kept.found)
    if isinstance(kept, StoredSweep):
        return pictures(kept.results, room=ROOM - _POINTS_ROOM)
    return pictures(kept.results) if isinstance(kept, StoredRun | StoredBridge) else []
