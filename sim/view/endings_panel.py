"""The panels that come first: how things stand at the end, and a setting that was pinned beside the present one."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from sim.report.page.renderer import render_part
from sim.report.pieces import Sentence
from sim.view.chart_with_table import table_behind
from sim.view.endings_chart import ENDINGS_TITLE, endings_bars, endings_note, endings_table
from sim.view.session import Session


class EndingsPanel:
    """How things stand at the end, and what differs from the pinned setting; cards beside each other."""

    def __init__(self, session: Session) -> None:
        self._session = session
        with ui.element("div").classes("two"):
            with ui.element("div").classes("card"):
                ui.html(f"<h2>{ENDINGS_TITLE}</h2>", sanitize=False)
                with ui.element("div") as self._whole:
                    self._bars: Any = ui.html("", sanitize=False)
                    self._table = table_behind()
                self._note: Any = ui.html("", sanitize=False).classes("count")
            with ui.element("div").classes("card"):
                ui.html("<h2>Pin and compare</h2>", sanitize=False)
                self._pins: Any = ui.html("", sanitize=False).classes("pins")
                with ui.element("div").classes("buttons"):
                    pin = ui.button("Pin this setting", icon="push_pin", on_click=self._pin)
                    pin.props("outline dense padding='4px 10px'")
                    self._unpin = ui.button("Unpin", on_click=self._drop).props("flat dense")
        self.blank()

    def blank(self) -> None:
        """Show nothing of the case before."""
        self._whole.set_visibility(False)
        self._bars.set_content("")
        self._note.set_content(render_part([Sentence("Playing …", "note")]))
        self._compare()

    def show(self, *, moving: bool) -> None:
        """Show what the session has to show.

        Args:
            moving: whether a slider is in the user's hand
        """
        shown, full = self._session.shown, self._session.opened.draws
        if shown is not None:
            self._whole.set_visibility(True)
            self._bars.set_content(endings_bars(shown, self._session.pinned))
            self._table.set_content(render_part([endings_table(shown)]))
            self._note.set_content(render_part([endings_note(shown, full, moving=moving)]))
        self._compare()

    def _compare(self) -> None:
        self._unpin.set_visibility(self._session.pinned is not None)
        self._pins.set_content(render_part(self._session.comparison()))

    def _pin(self) -> None:
        self._session.pin()
        self.show(moving=False)

    def _drop(self) -> None:
        self._session.pinned = None
        self.show(moving=False)
