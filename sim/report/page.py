"""A run as one HTML file that needs nothing else: to send, to print, to read on a telephone."""

from __future__ import annotations

import base64
import hashlib
import string
from importlib import resources
from pathlib import Path
from typing import Final

from sim.plots.style import STYLES
from sim.report.html_answer import head, short_answer
from sim.report.html_changes import changes
from sim.report.html_figures import figures, pictures
from sim.report.html_findings import findings
from sim.report.html_limits import limits
from sim.report.html_numbers import numbers
from sim.report.html_provenance import provenance
from sim.report.markup import Markup, element, escaped, joined
from sim.report.stored import StoredRun, read_stored
from sim.report.svg import Picture
from sim.store.folder import write_atomically

REPORT_FILE: Final = "report.html"

#: Sections that the list of contents names; those that a run does not have are left out.
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
    "numbers": "Every number",
    "assumed": "What was assumed",
    "claims": "What the article says",
    "limits": "Where not to trust it",
    "replay": "Run it again",
    "provenance": "Provenance",
}


def write_page(folder: Path | str, out: Path | None = None) -> Path:
    """Write the report of a results folder; by default ``report.html`` in it.

    Raises:  ResultsError if there is no finished run, or the file cannot be written; InputError if the
             copied inputs do not fit this version any more
    """
    run = read_stored(folder)
    file = out if out is not None else Path(folder) / REPORT_FILE
    write_atomically(file, page(run).encode())
    return file


def page(run: StoredRun, drawn: list[Picture] | None = None) -> str:
    """Write the report of a run as HTML.

    Args:
        drawn: its figures, if they were drawn already
    """
    body = joined(
        (
            short_answer(run.answer),
            figures(pictures(run.results) if drawn is None else drawn),
            findings(run),
            changes(run),
            numbers(run),
            limits(run),
            provenance(run),
        )
    )
    script = _asset("page.js")
    fields = {
        "title": escaped(run.answer.scenario.title),
        "description": escaped(run.answer.scenario.question),
        "script_hash": _hash(script),
        "style": _style(),
        "head": head(run),
        "contents": _contents(body),
        "body": body,
        "program": escaped(f"{run.manifest.program} {run.manifest.version}"),
        "script": script,
    }
    return string.Template(_asset("page.html")).substitute(fields)


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
    return (resources.files("sim.report") / "assets" / name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    """What the page's policy compares the script with before it runs it."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
