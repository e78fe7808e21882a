"""The button that gives the setting on screen as a file, and says what to do with it."""

from __future__ import annotations

from typing import Any, Final

from nicegui import ui

from sim.foundations import SimError
from sim.report.page.renderer import render_part
from sim.report.pieces import Sentence, Span
from sim.scenario.case_files import OVERLAY_FOLDER
from sim.view.overlay_text import command, saved_as
from sim.view.session import Session

_NAME: Final = "my-world"
#: The clipboard is there on this machine's own pages; elsewhere the line is marked, to be copied by hand.
_COPY: Final = """() => { const line = document.querySelector(".saved code"); if (!line) return;
  getSelection().selectAllChildren(line);
  if (navigator.clipboard) navigator.clipboard.writeText(line.innerText); }"""


class TakeAway:
    """Download of the overlay that reproduces what is on screen."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def button(self) -> None:
        """Put the button here."""
        found = ui.button("Download as overlay", icon="download", on_click=self._download)
        found.props("outline dense padding='4px 10px'").mark("download")

    def note(self) -> None:
        """Put what is said after a download here."""
        with ui.element("div").classes("saved").props("role=status") as self._note:
            self._said: Any = ui.html("", sanitize=False)
            copy = ui.button("Copy the command", icon="content_copy").props("flat dense padding='2px 8px'")
            copy.on("click", js_handler=_COPY)
        self.blank()

    def blank(self) -> None:
        """Say nothing: another case was chosen."""
        self._note.set_visibility(False)

    def _download(self) -> None:
        opened = self._session.opened
        try:
            text = self._session.overlay(_NAME)
        except SimError as error:
            ui.notify(f"This setting cannot be written down: {error}", type="negative", multi_line=True)
            return
        ui.download.content(text.encode(), f"{_NAME}.toml", "application/toml")
        folder = (opened.case.folder / OVERLAY_FOLDER).as_posix()
        elsewhere = "If it is saved elsewhere, put its path into the command. Or put it into "
        by_name = Span(f"--overlay {_NAME}", "code")
        pieces = (
            Sentence((Span(f"{_NAME}.toml saved.", "strong"), " To play it again, in a terminal:")),
            Sentence(Span(command(opened, saved_as(_NAME), here=True), "code")),
            Sentence((elsewhere, Span(folder, "code"), " and write ", by_name, "."), "note"),
        )
        self._said.set_content(render_part(pieces))
        self._note.set_visibility(True)
