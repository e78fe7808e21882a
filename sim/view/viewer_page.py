"""The page: what stands where, and which piece of work follows on what the user does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from nicegui import ui

from sim.foundations import SimError
from sim.plots.frame.style import BLUE
from sim.report.page.renderer import render_part
from sim.report.pieces import Sentence
from sim.view.early_picture import prepared
from sim.view.endings_panel import EndingsPanel
from sim.view.latest import Latest, Ticket
from sim.view.map_panel import MapPanel
from sim.view.outcomes_panel import OutcomesPanel
from sim.view.plane_panel import PlanePanel
from sim.view.positions_panel import PositionsPanel
from sim.view.session import Session
from sim.view.setting_results import SettingResults
from sim.view.slider_list import SliderList
from sim.view.stakeholders_panel import StakeholdersPanel
from sim.view.take_away import TakeAway
from sim.view.theory_panel import TheoryPanel
from sim.view.viewed_case import ViewedCase
from sim.view.why_panel import WhyPanel
from sim.view.world_opener import WorldOpener

_BASE = "(no overlay)"
_MAP, _TABLE, _WHY, _PLANE = "Map", "Positions", "Why not", "One typical world"
_WHO, _THEORY = "Who challenges whom", "Theory"


class ViewerPage:
    """One browser window.

    Args:
        opened: the case shown at first
        cases:  path -> name of the cases that can be chosen
        open_:  opens a case by path and overlay
        quick:  where a few worlds are played
        long:   where the full number, maps and single worlds are played
    """

    def __init__(
        self,
        opened: ViewedCase,
        cases: Mapping[str, str],
        open_: Callable[[str, str | None], ViewedCase],
        quick: Executor,
        long: Executor,
    ) -> None:
        self._cases, self._open_case = dict(cases), open_
        self._session = Session(opened)
        self._long = long
        self._played, self._map_work, self._world_work = Latest(quick), Latest(long), Latest(long)
        self._theory_work = Latest(long)
        self._progress = 0.0
        ui.add_css(Path(__file__).with_name("assets") / "view.css")
        ui.colors(primary=BLUE)
        self._build()
        self._name()
        if (early := prepared(opened)) is not None:
            ui.add_body_html(early)
            self._session.show(self._session.first_picture())
            self._endings.show(moving=False)
        ui.context.client.on_delete(self.close)
        ui.timer(0.05, self._load, once=True)
        ui.timer(0.3, self._show_progress)

    def close(self) -> None:
        """Give up whatever is being played for this window."""
        for work in (self._played, self._map_work, self._world_work, self._theory_work):
            work.supersede()

    def _build(self) -> None:
        with ui.element("header").classes("top"):
            with ui.element("div").classes("words"):
                with ui.element("h1"):
                    self._title = ui.label("")
                self._head: Any = ui.html("", sanitize=False)
            with ui.element("div").classes("choose"):
                self._case = ui.select(self._cases, label="Case", on_change=self._choose_case).props("dense outlined")
                self._overlay = ui.select({_BASE: _BASE}, label="Overlay", on_change=self._choose_overlay).props(
                    "dense outlined"
                )
        self._busy = ui.linear_progress(0, show_value=False, size="4px").classes("busy").props('aria-label="progress"')
        self._opener = WorldOpener(self._session, self._world_work, self._adopted)
        with ui.element("main").classes("page"):
            with ui.element("section").classes("first"):
                self._endings = EndingsPanel(self._session)
                self._outcomes = OutcomesPanel(self._session)
            with ui.element("section").classes("controls card"):
                self._build_controls()
            with ui.element("div").classes("rest card"):
                self._build_tabs()

    def _build_tabs(self) -> None:
        """What explains the endings, one behind the other: what nobody sees is not drawn."""
        with ui.tabs().props("dense no-caps align=left inline-label").classes("tabs") as self._tabs:
            for name in (_MAP, _TABLE, _WHY, _PLANE, _WHO, _THEORY):
                ui.tab(name)
        with ui.tab_panels(self._tabs, value=_MAP, animated=False, on_change=self._show_tab):
            with ui.tab_panel(_MAP):
                self._map = MapPanel(self._session, self._map_work, self._opener.cell)
            with ui.tab_panel(_TABLE):
                self._positions = PositionsPanel(self._session, self._adopted)
            with ui.tab_panel(_WHY):
                self._why = WhyPanel(self._session)
            with ui.tab_panel(_PLANE):
                self._plane = PlanePanel(self._session, self._opener.story)
            with ui.tab_panel(_THEORY):
                self._theory = TheoryPanel(self._session, self._theory_work)
            with ui.tab_panel(_WHO):
                self._stakeholders = StakeholdersPanel(self._session, Latest(self._long))

    async def _show_tab(self) -> None:
        """Draw what stands behind the tab that is open; the map draws itself."""
        if self._tabs.value == _TABLE:
            self._positions.show()
        elif self._tabs.value == _WHY:
            self._why.show()
        elif self._tabs.value == _PLANE:
            self._plane.show()
        elif self._tabs.value == _THEORY and not self._sliders.held:
            await self._theory.show()
        elif self._tabs.value == _WHO:
            self._stakeholders.show()

    def _build_controls(self) -> None:
        ui.html("<h2>Numbers that matter most</h2>", sanitize=False)
        self._hint = ui.label("").classes("note")
        self._sliders = SliderList(self._session, self._moving, self._settled)
        self._away = TakeAway(self._session)
        with ui.element("div").classes("buttons"):
            ui.button("All as drawn", icon="undo", on_click=self._reset).props("outline dense padding='4px 10px'")
            self._away.button()
        self._away.note()

    # ---- what the user does ------------------------------------------------------------------------------------

    async def _load(self) -> None:
        """Show a case: a few worlds at once, then the full number, the numbers that matter, the map."""
        session, opened = self._session, self._session.opened
        free = Session(opened)
        if await self._run(lambda _: free.glimpse()) is None:
            return
        found = await self._run(lambda ticket: free.play(opened.draws, self._told(ticket)), self._long)
        if found is None:
            return
        session.offer_sliders(found.results)
        self._sliders.rebuild()
        self._hint.set_text(
            "Each is drawn from its range until you move it. The undo arrow gives it back to its range."
            if session.sliders
            else "Every number of this case is fixed: there is nothing to move."
        )
        self._map.offer()
        await self._map.draw()

    def _name(self) -> None:
        """Say which case and overlay these are, before anything of it is played."""
        opened = self._session.opened
        self._title.set_text(opened.scenario.title)
        self._head.set_content(render_part([Sentence(opened.scenario.question, "note")]))
        self._case.set_options(self._cases, value=self._path_of(opened))
        self._overlay.set_options({_BASE: _BASE, **opened.overlay_titles}, value=opened.case.overlay or _BASE)
        self._hint.set_text("Playing, to find out which numbers matter …")

    async def _moving(self) -> None:
        """A slider is being dragged: a few worlds, and again until it stands still."""
        self._map.stale()
        await self._glimpse()

    async def _glimpse(self) -> None:
        typical = self._tabs.value == _PLANE
        await self._run(lambda _: self._session.glimpse(typical=typical))

    async def _settled(self) -> None:
        """A slider was released: the full number, then the map."""
        self._map.stale()
        self._sliders.refresh()
        if self._session.few < self._session.opened.draws and not self._session.glimpsed:
            await self._glimpse()
        elif self._session.shown is not None:  # what is on screen need not be played again, but nobody moves now
            self._endings.show(moving=False)
        if (
            await self._run(
                lambda ticket: self._session.play(self._session.opened.draws, self._told(ticket)), self._long
            )
            is not None
        ):
            self._sliders.refresh()
            await self._map.draw()

    async def _adopted(self) -> None:
        self._sliders.rebuild()
        await self._settled()

    async def _reset(self) -> None:
        if self._session.reset():
            self._sliders.refresh()
            await self._settled()

    async def _choose_case(self, event: Any) -> None:
        if event.value and event.value != self._path_of(self._session.opened):
            await self._reopen(str(event.value), None)

    async def _choose_overlay(self, event: Any) -> None:
        overlay = None if event.value == _BASE else str(event.value)
        if event.value and overlay != self._session.opened.case.overlay:
            await self._reopen(self._path_of(self._session.opened), overlay)

    async def _reopen(self, path: str, overlay: str | None) -> None:
        try:
            opened = self._open_case(path, overlay)
        except SimError as error:
            ui.notify(str(error), type="negative", multi_line=True)
            return
        self.close()
        self._session.open(opened)
        self._sliders.rebuild()
        panels = (
            self._endings, self._outcomes, self._positions, self._plane, self._why, self._map, self._away,
            self._stakeholders, self._theory,
        )  # fmt: skip
        for panel in panels:
            panel.blank()
        self._name()
        await self._load()

    # ---- what is shown -----------------------------------------------------------------------------------------

    async def _run(
        self, work: Callable[[Ticket], SettingResults], pool: Executor | None = None
    ) -> SettingResults | None:
        """Play in the background and show what comes, unless something newer was asked for."""
        session = self._session.opened
        self._progress = 0.05
        try:
            found = await self._played.run(work, pool)
        except SimError as error:
            ui.notify(str(error), type="negative", multi_line=True)
            return None
        if found is None or session is not self._session.opened:
            return None
        self._session.show(found)
        self._progress = 1.0 if found.draws >= session.draws else 0.1
        self._endings.show(moving=self._sliders.held)
        if not self._sliders.held:
            self._outcomes.show()
        await self._show_tab()
        return found

    def _told(self, ticket: Ticket) -> Callable[[int, int], None]:
        """Progress of the full number, and a look whether somebody still waits."""

        def told(done: int, total: int) -> None:
            ticket.check()
            self._progress = done / total  # shown by the timer: the page belongs to another thread

        return told

    def _show_progress(self) -> None:
        self._busy.set_value(self._progress)
        self._busy.style(f"visibility: {'visible' if self._progress < 1 else 'hidden'}")

    def _path_of(self, opened: ViewedCase) -> str:
        return next((path for path, name in self._cases.items() if name == opened.name), next(iter(self._cases), ""))
