"""The panels of the endings: how it ends now, and beside a setting that was pinned."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from sim.view.bars import endings_table
from sim.view.markup import bullets, element, joined
from sim.view.session import Session

_WAIT = "<p class='note'>Playing …</p>"


class EndingsPanel:
    """How it ends, and what differs from the pinned setting; two cards beside each other."""

    def __init__(self, session: Session) -> None:
        self._session = session
        with ui.element("div").classes("two"):
            with ui.element("div").classes("card"):
                ui.html("<h2>How it ends</h2>", sanitize=False)
                self._endings = ui.html(_WAIT, sanitize=False).mark("endings")
            with ui.element("div").classes("card"):
                ui.html("<h2>Pin and compare</h2>", sanitize=False)
                self._pins = ui.html("", sanitize=False).mark("pins")
                with ui.element("div").classes("buttons"):
                    _button("Pin this setting", "push_pin", self._pin)
                    self._unpin = ui.button("Unpin", on_click=self._drop).props("flat dense")

    def blank(self) -> None:
        """Show nothing of the case before."""
        self._endings.set_content(_WAIT)
        self.compare()

    def show(self, *, moving: bool) -> None:
        """Show what the session has to show.

        Args:
            moving: whether a slider is in the user's hand
        """
        shown = self._session.shown
        if shown is not None:
            table = endings_table(shown, self._session.opened.draws, self._session.pinned, moving=moving)
            self._endings.set_content(table)
        self.compare()

    def compare(self) -> None:
        """Show what differs from the pinned setting, if there is one."""
        differs, rows = self._session.comparison()
        self._unpin.set_visibility(self._session.pinned is not None)
        if not rows:
            said = "Pin a setting, move sliders, and see both side by side."
            self._pins.set_content(element("p", said, class_="note"))
            return
        names = ("Ending", "Pinned", "Now", "Change, points")
        heads = element("tr", *(element("th", name, scope="col") for name in names))
        body = [
            element("tr", element("th", row[0], scope="row"), *(element("td", cell) for cell in row[1:]))
            for row in rows
        ]
        table = element("table", element("thead", heads), element("tbody", *body), class_="pins")
        what = bullets(differs, class_="note") if differs else element("p", "Same setting as pinned.", class_="note")
        self._pins.set_content(joined([table, what]))

    def _pin(self) -> None:
        self._session.pin()
        self.show(moving=False)

    def _drop(self) -> None:
        self._session.pinned = None
        self.show(moving=False)


def _button(text: str, icon: str, action: Any) -> None:
    ui.button(text, icon=icon, on_click=action).props("outline dense padding='4px 10px'")
