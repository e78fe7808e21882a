"""The panel of stakeholders: who challenges whom, who moves, what would be decided, turn by turn."""

from __future__ import annotations

from html import escape
from typing import Any

from nicegui import ui

from sim.foundations import SimError
from sim.report.page.renderer import render_part
from sim.report.pieces import Sentence
from sim.view.latest import Latest
from sim.view.session import Session
from sim.view.setting_results import SettingResults
from sim.view.stakeholder_pieces import STAKEHOLDER_WORLDS, told_stakeholders


class StakeholdersPanel:
    """What models of challenges say of the last full number, worked out when somebody looks."""

    def __init__(self, session: Session, work: Latest) -> None:
        self._session, self._work = session, work
        self._shown: SettingResults | None = None
        ui.html("<h2>Who challenges whom, turn by turn</h2>", sanitize=False)
        self._says: Any = ui.html("", sanitize=False).classes("body stakeholders")
        self._place = ui.element("div").classes("stakeholder-figures")

    def blank(self) -> None:
        """Show nothing of the case before."""
        self._work.supersede()
        self._shown = None
        self._says.set_content("")
        self._place.clear()

    def show(self) -> None:
        """Show the last full number, unless it is on screen already."""
        full = self._session.full
        if full is None or full is self._shown:
            return
        self._shown = full
        with self._place:
            ui.timer(0.01, self._fill, once=True)

    async def _fill(self) -> None:
        full, opened = self._shown, self._session.opened
        if full is None:
            return
        self._says.set_content(
            render_part([Sentence(f"Following stakeholders in up to {STAKEHOLDER_WORLDS} worlds …", "note")])
        )
        try:
            found = await self._work.run(lambda _: told_stakeholders(opened, full))
        except SimError as error:
            ui.notify(str(error), type="negative", multi_line=True)
            return
        if found is None or full is not self._shown:
            return
        worlds = Sentence(f"In the first {min(full.draws, STAKEHOLDER_WORLDS)} worlds of the setting.", "note")
        self._says.set_content(render_part([*found.pieces, worlds]))
        self._place.clear()
        with self._place:
            for figure in found.figures:
                words = f'alt="{escape(figure.title)}" src="data:image/png;base64,{figure.png}"'
                ui.html(f'<img style="width: 100%; max-width: 60rem" {words}>', sanitize=False)
