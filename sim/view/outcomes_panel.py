"""What the talks come to, beyond the bars: how things stand in time, who would sign what, the terms."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from sim.report.page.renderer import render_part
from sim.view.outcome_pieces import told_outcomes
from sim.view.session import Session
from sim.view.setting_results import SettingResults


class OutcomesPanel:
    """A card with what a full result comes to; while a slider moves it shows that it is of the setting before."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._shown: SettingResults | None = None
        with ui.element("div").classes("card outcomes"):
            self._body: Any = ui.html("", sanitize=False).classes("body")
        self.blank()

    def blank(self) -> None:
        """Show nothing of the case before."""
        self._shown = None
        self._body.set_content("")

    def show(self) -> None:
        """Show the last full number, unless it is on screen already."""
        full = self._session.full
        if full is None or full is self._shown:
            return
        self._shown = full
        self._body.set_content(render_part(told_outcomes(self._session.opened, full)))
