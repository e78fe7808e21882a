"""Results as one HTML file that needs nothing else: to send, to print, to read on a telephone."""

from __future__ import annotations

import base64
import hashlib
import string
from importlib import resources
from pathlib import Path
from typing import Final

from sim.plots.frame.outcomes import outcome_colors
from sim.plots.frame.style import STYLES
from sim.report.kept import Kept
from sim.report.page.analysis import analysis_body, analysis_head
from sim.report.page.bridge import bridge_body, bridge_head
from sim.report.page.markup import Markup, element, escaped, joined
from sim.report.page.pictures import ROOM, figures, pictures, pictures_of, pieces_of
from sim.report.page.renderer import render_page
from sim.report.page.svg import Picture
from sim.report.page.words import words_on_paper
from sim.report.stored import read_stored
from sim.report.stored_analysis import StoredAnalysis
from sim.report.stored_bridge import StoredBridge
from sim.report.stored_run import StoredRun
from sim.report.stored_sweep import StoredSweep
from sim.store.folder import write_atomically
from sim.words import Vocabulary

REPORT_FILE: Final = "report.html"
#: Bytes that the points of a sweep may take on its page, which its figures must leave to them.
_POINTS_ROOM: Final = 350_000

#: Sections that the list of contents names; those that a page does not have are left out.
CONTENTS: Final = {
    "answer": "The answer",
    "figures": "Figures",
    "happens": "What happens",
    "why": "Why",
    "observations": "What was observed",
    "solutions": "Textbook solutions",
    "flips": "What would change it",
    "conventions": "Conventions",
    "overlays": "What if",
    "effects": "What moves it",
    "points": "Every point",
    "axes": "What was varied",
    "failures": "What failed",
    "levers": "The levers",
    "frontier": "What chance costs",
    "obstacles": "What stands in the way",
    "consent": "Who moves, who refuses",
    "trust": "How far to trust it",
    "sobol": "Sobol indices",
    "morris": "Morris screening",
    "delta": "Delta indices",
    "pawn": "PAWN indices",
    "tornado": "Tornado",
    "flip": "Flip distances",
    "prim": "Discovery",
    "posterior": "Posterior",
    "null-coding": "Null coding",
    "leave-one-out": "Without each claim",
    "spread": "Where the spread is from",
    "complete": "Are the data complete?",
    "numbers": "Every number",
    "assumed": "What was assumed",
    "claims": "What the article says",
    "limits": "Where not to trust it",
    "replay": "Run it again",
    "provenance": "Provenance",
}


def write_page(folder: Path | str, out: Path | None = None) -> Path:
    """Write the report of a results folder of any kind; by default ``report.html`` in it.

    Raises:  ResultsError if there is nothing finished in it, or the file cannot be written; InputError if the
             copied inputs do not fit this version any more
    """
    found = read_stored(folder)
    file = out if out is not None else Path(folder) / REPORT_FILE
    write_atomically(file, page(found).encode())
    return file


def page(kept: Kept, drawn: list[Picture] | None = None) -> str:
    """Write the report of a run, a sweep, a bridge or analyses as HTML.

    Args:
        drawn: its figures, if they were drawn already
    """
    shown = _drawn(kept) if drawn is None else drawn
    program = f"{kept.manifest.program} {kept.manifest.version}"
    if isinstance(kept, StoredRun | StoredSweep):
        colors = outcome_colors(Vocabulary.of(kept.scenario))
        return render_page(kept.story(pieces_of(shown)), shown, colors=colors, program=program)
    title, question, top, body = _parts(kept, figures(shown))
    script = _asset("page.js")
    fields = {
        "title": escaped(title),
        "description": escaped(question),
        "script_hash": _hash(script),
        "style": _style(),
        "head": top,
        "contents": _contents(body),
        "body": joined((body, words_on_paper())),
        "program": escaped(f"{kept.manifest.program} {kept.manifest.version}"),
        "script": script,
    }
    return string.Template(_asset("page.html")).substitute(fields)


def _drawn(kept: Kept) -> list[Picture]:
    """Every figure that fits."""
    if isinstance(kept, StoredAnalysis):
        return pictures_of(kept.found)
    if isinstance(kept, StoredSweep):
        return pictures(kept.results, room=ROOM - _POINTS_ROOM)
    return pictures(kept.results) if isinstance(kept, StoredRun | StoredBridge) else []


def _parts(kept: Kept, drawn: Markup) -> tuple[str, str, Markup, Markup]:
    """Title, question, head and body, by what the folder holds."""
    title, question = kept.scenario.title, kept.scenario.question
    match kept:
        case StoredBridge():
            return f"Bridge: {title}", question, bridge_head(kept), bridge_body(kept, drawn)
        case StoredAnalysis():
            return f"Analysis: {title}", question, analysis_head(kept), analysis_body(kept, drawn)
    raise TypeError(f"no page is written about {type(kept).__name__}")


def _contents(body: Markup) -> Markup:
    found = [(name, words) for name, words in CONTENTS.items() if f'<section id="{name}"' in body]
    return element("ul", *(element("li", element("a", words, href=f"#{name}")) for name, words in found))


def _style() -> str:
    """The style sheet with the colours of the figures, so that figures and page match."""
    light, dark = STYLES["screen"], STYLES["dark"]
    fields = {
        f"{name}_{key}": getattr(look, key)
        for name, look in (("light", light), ("dark", dark))
        for key in ("background", "ink", "muted", "grid")
    }
    return string.Template(_asset("page.css")).substitute(fields)


def _asset(name: str) -> str:
    return (resources.files("sim.report.page") / "assets" / name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    """What the page's policy compares the script with before it runs it."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
