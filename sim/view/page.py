"""The page: what stands where, and which piece of work follows on what the user does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from nicegui import ui

from sim.foundations import SimError
from sim.plots import PLOTS
from sim.plots.style import BLUE
from sim.report.markup import bullets, element, escaped, joined
from sim.view.bars import endings_table, waterfall_tables
from sim.view.latest import Latest, Ticket
from sim.view.map_panel import MapPanel
from sim.view.opened import Opened
from sim.view.payoff_svg import payoff_planes
from sim.view.played import Played, play
from sim.view.session import Session
from sim.view.slider_list import SliderList
from sim.view.world import World, deal_words, open_world
from sim.view.world_dialog import WorldDialog

_DEAL = """(e) => { const c = e.target.closest && e.target.closest("[data-deal]"); if (c) emit(c.dataset.deal); }"""
_BASE = "(no overlay)"


class Page:
    """One browser window.

    Args:
        opened: the case shown at first
        cases:  name -> path of the cases that can be chosen
        open_:  opens a case by path and overlay
        pool:   where the work is done
    """

    def __init__(
        self, opened: Opened, cases: Mapping[str, str], open_: Callable[[str, str | None], Opened], pool: Executor
    ) -> None:
        self._cases, self._open_case, self._pool = dict(cases), open_, pool
        self._session = Session(opened)
        self._played, self._map_work, self._world_work = Latest(pool), Latest(pool), Latest(pool)
        self._cell: tuple[int, int, int] | None = None
        self._progress = 0.0
        ui.add_css(Path(__file__).with_name("assets") / "view.css")
        ui.colors(primary=BLUE)
        self._build()
        ui.context.client.on_delete(self.close)
        ui.timer(0.05, self._load, once=True)
        ui.timer(0.3, self._show_progress)

    def close(self) -> None:
        """Give up whatever is being played for this window."""
        for work in (self._played, self._map_work, self._world_work):
            work.supersede()

    def _build(self) -> None:
        with ui.element("header").classes("top"):
            self._head = ui.html("", sanitize=False).classes("words")
            with ui.element("div").classes("choose"):
                self._case = ui.select(self._cases, label="Case", on_change=self._choose_case).props("dense outlined")
                self._overlay = ui.select([_BASE], label="Overlay", on_change=self._choose_overlay).props(
                    "dense outlined"
                )
        self._busy = ui.linear_progress(0, show_value=False, size="4px").classes("busy").props('aria-label="progress"')
        with ui.element("main").classes("page"):
            with ui.element("section").classes("first"):
                self._build_endings()
            with ui.element("section").classes("controls card"):
                ui.html("<h2>Numbers that matter most</h2>", sanitize=False)
                self._hint = ui.label("").classes("note")
                self._sliders = SliderList(self._session, self._moving, self._settled)
                with ui.element("div").classes("buttons"):
                    ui.button("All as drawn", icon="undo", on_click=self._reset).props(
                        "outline dense padding='4px 10px'"
                    )
                    ui.button("Download as overlay", icon="download", on_click=self._download).props(
                        "outline dense padding='4px 10px'"
                    ).mark("download")
            with ui.element("div").classes("rest"):
                self._build_rest()
        self._dialog = WorldDialog(self._another, self._adopt)

    def _build_endings(self) -> None:
        with ui.element("div").classes("two"):
            with ui.element("div").classes("card"):
                self._title = ui.html("<h2>How it ends</h2>", sanitize=False)
                self._endings = ui.html("<p class='note'>Playing …</p>", sanitize=False).mark("endings")
            with ui.element("div").classes("card"):
                ui.html("<h2>Pin and compare</h2>", sanitize=False)
                self._pins = ui.html("", sanitize=False).mark("pins")
                with ui.element("div").classes("buttons"):
                    ui.button("Pin this setting", icon="push_pin", on_click=self._pin).props(
                        "outline dense padding='4px 10px'"
                    )
                    self._unpin = ui.button("Unpin", on_click=self._drop_pin).props("flat dense")

    def _build_rest(self) -> None:
        with ui.element("div").classes("two"):
            with ui.element("div").classes("card"):
                ui.html("<h2>Payoff plane of one typical world</h2>", sanitize=False)
                self._plane_says = ui.html("", sanitize=False).classes("say")
                self._plane = ui.html("", sanitize=False).mark("plane")
                self._plane.on("click", self._deal, js_handler=_DEAL)
                self._deal_words = ui.label("Click a point to read the deal.").classes("note").props("aria-live=polite")
            with ui.element("div").classes("card"):
                self._map = MapPanel(self._session, self._map_work, self._open_cell)
        with ui.element("div").classes("card"):
            ui.html("<h2>Why not: what the nearest deals are worth, term by term</h2>", sanitize=False)
            self._why = ui.html("", sanitize=False).classes("say")
            self._falls = ui.html("", sanitize=False).mark("falls")

    # ---- what the user does ------------------------------------------------------------------------------------

    async def _load(self) -> None:
        """Show a case: a few worlds at once, then the full number, the numbers that matter, the map."""
        session, opened = self._session, self._session.opened
        scenario = opened.scenario
        self._head.set_content(joined([element("h1", scenario.title), element("p", scenario.question, class_="note")]))
        self._case.set_options(self._cases, value=self._path_of(opened))
        self._overlay.set_options([_BASE, *opened.case.overlays], value=opened.case.overlay or _BASE)
        self._hint.set_text("Playing, to find out which numbers matter …")
        self._comparison()
        free = Session(opened)
        if await self._run(lambda _: play(opened, {}, session.few)) is None:
            return
        found = await self._run(lambda ticket: free.play(opened.draws, self._told(ticket)))
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

    async def _moving(self) -> None:
        """A slider is being dragged: a few worlds, and again until it stands still."""
        self._map.stale()
        await self._run(lambda _: self._session.play(self._session.few))

    async def _settled(self) -> None:
        """A slider was released: the full number, then the map."""
        self._map.stale()
        self._sliders.refresh()
        if self._session.few < self._session.opened.draws and not self._session.glimpsed:
            await self._run(lambda _: self._session.play(self._session.few))
        if (
            await self._run(lambda ticket: self._session.play(self._session.opened.draws, self._told(ticket)))
            is not None
        ):
            self._sliders.refresh()
            await self._map.draw()

    async def _reset(self) -> None:
        if self._session.reset():
            self._sliders.refresh()
            await self._settled()

    def _pin(self) -> None:
        self._session.pin()
        self._comparison()
        self._refresh_endings()

    def _drop_pin(self) -> None:
        self._session.pinned = None
        self._comparison()
        self._refresh_endings()

    def _download(self) -> None:
        try:
            text = self._session.overlay()
        except SimError as error:
            ui.notify(f"This setting cannot be written down: {error}", type="negative", multi_line=True)
            return
        ui.download.content(text.encode(), "my-world.toml", "application/toml")

    def _deal(self, event: Any) -> None:
        shown = self._session.shown
        if shown is not None and str(event.args).isdigit() and int(event.args) < shown.results.sizes["deal_index"]:
            self._deal_words.set_text(deal_words(shown.results, self._session.opened, int(event.args)))

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
        self._blank()
        await self._load()

    # ---- one world ---------------------------------------------------------------------------------------------

    async def _open_cell(self, column: int, row: int, turn: int = 0) -> None:
        drawn, opened = self._session.map, self._session.opened
        cell = None if drawn is None else drawn.cells.get((column, row))
        if drawn is None or cell is None:
            return
        worlds = cell.typical()
        number = worlds[turn % len(worlds)]
        setting = drawn.setting(column, row)
        self._cell = (column, row, turn)

        def work(_: Ticket) -> World:
            return open_world(opened, setting, number)

        world = await self._world_work.run(work)
        if world is not None:
            said = "; ".join(f"{slider.title}: {setting[slider.path].text}" for slider in (drawn.x, drawn.y))
            self._dialog.show(world, said)

    async def _another(self) -> None:
        if self._cell is not None:
            column, row, turn = self._cell
            await self._open_cell(column, row, turn + 1)

    async def _adopt(self) -> None:
        if self._cell is not None and self._session.map is not None:
            self._session.adopt(self._session.map.setting(*self._cell[:2]))
            self._dialog.close()
            self._sliders.rebuild()
            await self._settled()

    # ---- what is shown -----------------------------------------------------------------------------------------

    async def _run(self, work: Callable[[Ticket], Played]) -> Played | None:
        """Play in the background and show what comes, unless something newer was asked for."""
        session = self._session.opened
        self._progress = 0.05
        try:
            found = await self._played.run(work)
        except SimError as error:
            ui.notify(str(error), type="negative", multi_line=True)
            return None
        if found is None or session is not self._session.opened:
            return None
        self._session.show(found)
        self._refresh(found)
        return found

    def _told(self, ticket: Ticket) -> Callable[[int, int], None]:
        """Progress of the full number, and a look whether somebody still waits."""

        def told(done: int, total: int) -> None:
            ticket.check()
            self._progress = done / total  # shown by the timer: the page belongs to another thread

        return told

    def _refresh(self, played: Played) -> None:
        results = played.results
        self._progress = 1.0 if played.draws >= self._session.opened.draws else 0.1
        self._refresh_endings()
        why, plane = PLOTS["why-not"], PLOTS["payoff-plane"]
        self._why.set_content(escaped(why.title(results)) if why.fits(results) else "")
        self._falls.set_content(waterfall_tables(played))
        if plane.fits(results):
            number = int(results.attrs["story_draw"])
            self._plane_says.set_content(escaped(f"World {number:,}, a typical one: {plane.title(results)}."))
            self._plane.set_content(payoff_planes(results))
        self._comparison()

    def _blank(self) -> None:
        """Show nothing of the case before."""
        self._endings.set_content("<p class='note'>Playing …</p>")
        for panel in (self._why, self._falls, self._plane_says, self._plane):
            panel.set_content("")
        self._deal_words.set_text("Click a point to read the deal.")
        self._map.blank()

    def _show_progress(self) -> None:
        self._busy.set_value(self._progress)
        self._busy.style(f"visibility: {'visible' if self._progress < 1 else 'hidden'}")

    def _refresh_endings(self) -> None:
        if self._session.shown is not None:
            full = self._session.opened.draws
            self._endings.set_content(endings_table(self._session.shown, full, self._session.pinned))

    def _comparison(self) -> None:
        differs, rows = self._session.comparison()
        self._unpin.set_visibility(self._session.pinned is not None)
        if not rows:
            said = "Pin a setting, move sliders, and see both side by side."
            self._pins.set_content(element("p", said, class_="note"))
            return
        heads = element(
            "tr", *(element("th", head, scope="col") for head in ("Ending", "Pinned", "Now", "Change, points"))
        )
        body = [
            element("tr", element("th", row[0], scope="row"), *(element("td", cell) for cell in row[1:]))
            for row in rows
        ]
        table = element("table", element("thead", heads), element("tbody", *body), class_="pins")
        what = bullets(differs, class_="note") if differs else element("p", "Same setting as pinned.", class_="note")
        self._pins.set_content(joined([table, what]))

    def _path_of(self, opened: Opened) -> str:
        return next((path for path, name in self._cases.items() if name == opened.name), next(iter(self._cases), ""))
