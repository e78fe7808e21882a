"""The panel of the map of endings: two numbers to choose, progress, cells to click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from sim.view.chart_with_table import ChartWithTable
from sim.view.ending_map import EndingMap
from sim.view.latest import Latest, Ticket
from sim.view.map_chart import map_options, map_table, theory_words
from sim.view.session import Session
from sim.view.sliders import make_slider, movable
from sim.words import Vocabulary


class MapPanel:
    """The map of one page; it is drawn in the background and gives way to everything else.

    opened: called with (column, row) when a cell is clicked
    """

    def __init__(self, session: Session, latest: Latest, opened: Callable[[int, int], Any]) -> None:
        self._session, self._latest, self._open = session, latest, opened
        self._x: Any = None
        self._y: Any = None
        ui.html("<h2>Map: how it mostly ends over two numbers</h2>", sanitize=False)
        with ui.element("div").classes("two"):
            self._x = self._choice("across")
            self._y = self._choice("upwards")
        self._progress = ui.linear_progress(0, show_value=False, size="4px").props('aria-label="progress of the map"')
        self._chart = ChartWithTable("map", self._clicked)
        self._note = ui.label().classes("note")
        with ui.element("div").classes("buttons"):
            self._here = ui.button("Open a world where it stands now", icon="menu_book", on_click=self._open_here)
            self._here.props("outline dense padding='4px 10px'")
        ui.timer(0.4, self._tick)
        self._drawn = 0
        self._stale = False
        self.blank()

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
        across, upwards = (make_slider(opened.scenario, path, article) for path in (x, y))
        drawn = EndingMap(across, upwards, dict(self._session.fixed))

        def work(ticket: Ticket) -> bool:
            drawn.play(opened, ticket.check)
            return True

        self._session.map, self._drawn, self._stale = drawn, -1, False
        self._chart.fade(faded=False)
        await self._latest.run(work)

    def blank(self) -> None:
        """Show no map."""
        self._session.map = None
        self._chart.blank()
        self._progress.set_visibility(False)
        self._here.set_visibility(False)
        self._note.set_text("")

    def stale(self) -> None:
        """Fade the map: it belongs to an earlier setting."""
        self._latest.supersede()
        if self._stale:
            return  # faded already: while a slider is dragged this is asked many times
        if self._session.map is not None:
            self._chart.fade(faded=True)
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
        words = Vocabulary.of(self._session.opened.scenario)
        options, height = map_options(drawn, words)
        self._chart.show(options, [map_table(drawn, words)], height)
        done = self._drawn == drawn.size
        self._here.set_visibility(done)
        self._progress.set_visibility(not done)
        self._progress.set_value(self._drawn / drawn.size)
        fit = int(next(iter(drawn.cells.values())).fitting.sum()) if drawn.cells else 0
        counted = f"; the {fit} that fit what was observed count" if fit < drawn.worlds else ""
        self._note.set_text(
            f"{self._drawn} of {drawn.size} cells, the same {drawn.worlds} worlds in each{counted}. Faint: less sure. "
            f"{theory_words(drawn)}Click a cell to open one of its worlds."
        )

    async def _clicked(self, data: dict[str, Any]) -> None:
        cell = data.get("cell")
        if isinstance(cell, list) and len(cell) == 2 and all(type(place) is int for place in cell):
            await self._open(cell[0], cell[1])

    async def _open_here(self) -> None:
        if self._session.map is not None:
            await self._open(*self._session.map.here)
