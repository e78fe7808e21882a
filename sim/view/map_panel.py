"""The panel of the regime map: two numbers to choose, progress, cells to click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from sim.view.latest import Latest, Ticket
from sim.view.map_svg import regime_svg
from sim.view.regime_map import RegimeMap
from sim.view.session import Session
from sim.view.sliders import make_slider, movable

_CLICK = """(e) => { const c = e.target.closest && e.target.closest("[data-cell]");
  if (!c || (e.type === "keydown" && e.key !== "Enter" && e.key !== " ")) return;
  e.preventDefault(); emit(c.dataset.cell); }"""


class MapPanel:
    """The regime map of one page; it is drawn in the background and gives way to everything else.

    opened: called with (column, row) when a cell is clicked
    """

    def __init__(self, session: Session, latest: Latest, opened: Callable[[int, int], Any]) -> None:
        self._session, self._latest, self._open = session, latest, opened
        self._x: Any = None
        self._y: Any = None
        ui.html("<h2>Regime map: how it mostly ends over two numbers</h2>", sanitize=False)
        with ui.element("div").classes("two"):
            self._x = self._choice("across")
            self._y = self._choice("upwards")
        self._progress = ui.linear_progress(0, show_value=False, size="4px").props('aria-label="progress of the map"')
        self._picture = ui.html("", sanitize=False).classes("regime").mark("map")
        self._picture.on("click", self._clicked, js_handler=_CLICK)
        self._picture.on("keydown", self._clicked, js_handler=_CLICK)
        self._note = ui.label().classes("note")
        ui.timer(0.4, self._tick)
        self._drawn = 0
        self._stale = False

    def offer(self) -> None:
        """Offer the numbers of the case; the two that matter most are chosen."""
        scenario = self._session.opened.scenario
        first = list(self._session.sliders)
        options = {path: make_slider(scenario, path).title for path in [*first, *movable(scenario)]}
        for select, n in ((self._x, 0), (self._y, 1)):
            select.set_options(options, value=first[n] if len(first) > n else None)

    async def draw(self) -> None:
        """Draw the map for the numbers as they are set now."""
        x, y = self._x.value, self._y.value
        if x is None or y is None or x == y:
            self.blank()
            self._note.set_text(
                "Choose two different numbers with a range."
                if self._x.options
                else "No number of this case has a range, so there is nothing to map."
            )
            return
        opened, article = self._session.opened, self._session.opened.case.article
        fixed = dict(self._session.fixed)
        drawn = RegimeMap(make_slider(opened.scenario, x, article), make_slider(opened.scenario, y, article), fixed)

        def work(ticket: Ticket) -> bool:
            drawn.play(opened, ticket.check)
            return True

        self._session.map, self._drawn, self._stale = drawn, -1, False
        await self._latest.run(work)

    def blank(self) -> None:
        """Show no map."""
        self._session.map = None
        self._picture.set_content("")
        self._progress.set_visibility(False)
        self._note.set_text("")

    def stale(self) -> None:
        """Fade the map: it belongs to an earlier setting."""
        self._latest.supersede()
        if self._stale:
            return  # faded already: while a slider is dragged this is asked many times
        if self._session.map is not None:
            self._picture.set_content(regime_svg(self._session.map, stale=True))
            self._progress.set_visibility(False)
            self._note.set_text("Belongs to the setting before; it is drawn anew when the full number is there.")
        self._stale = True

    def _choice(self, words: str) -> Any:
        return (
            ui.select({}, label=f"Number {words}", with_input=True, on_change=lambda _: self.draw())
            .props("dense outlined options-dense")
            .style("width: 100%; margin: 6px 0")
        )

    def _tick(self) -> None:
        drawn = self._session.map
        if drawn is None or self._stale or len(drawn.cells) == self._drawn:
            return
        self._drawn = len(drawn.cells)
        self._picture.set_content(regime_svg(drawn))
        done = self._drawn == drawn.size
        self._progress.set_visibility(not done)
        self._progress.set_value(self._drawn / drawn.size)
        fit = int(next(iter(drawn.cells.values())).fitting.sum()) if drawn.cells else 0
        counted = f"; the {fit} that fit what was observed count" if fit < drawn.worlds else ""
        self._note.set_text(
            f"{self._drawn} of {drawn.size} cells, the same {drawn.worlds} worlds in each{counted}. "
            "Click a cell to open one of its worlds."
        )

    async def _clicked(self, event: Any) -> None:
        column, _, row = str(event.args).partition(",")
        if column.isdigit() and row.isdigit():
            await self._open(int(column), int(row))
