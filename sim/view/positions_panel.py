"""Positions, weights and red lines as a table that can be edited: a row for each actor, a column for each issue."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from nicegui import ui

from sim.view.actor_numbers import ActorNumber, table_cells
from sim.view.session import Session
from sim.words import actor_title, issue_title

#: What is edited -> its word for people.
ASPECTS: Final = {"position": "Positions", "salience": "Weights", "red_lines": "Red lines"}
#: A list with more places than this is thinned, so that it can be read.
_PLACES: Final = 24
#: Stands for a number that is drawn from its range.
_DRAWN: Final = -1


class PositionsPanel:
    """The table behind its tab; what is set there is set by a slider too.

    settled: called when a number was set or given back to its range
    """

    def __init__(self, session: Session, settled: Callable[[], Awaitable[None]]) -> None:
        self._session, self._settled = session, settled
        self._aspect = "position"
        ui.toggle(ASPECTS, value="position", on_change=self._choose).props("dense no-caps").mark("aspect")
        self._body = ui.element("div").classes("scroll positions")

    def blank(self) -> None:
        """Show nothing of the case before."""
        self._body.clear()

    def show(self) -> None:
        """Show the table as the setting is now."""
        scenario = self._session.opened.scenario
        self._body.clear()
        with self._body, ui.element("table"):
            with ui.element("thead"), ui.element("tr"):
                for head in ("", *(issue_title(scenario, issue) for issue in scenario.issues)):
                    with ui.element("th").props("scope=col"):
                        ui.label(head)
            with ui.element("tbody"):
                for actor in scenario.actors:
                    with ui.element("tr"):
                        with ui.element("th").props("scope=row"):
                            ui.label(actor_title(scenario, actor))
                        for issue in scenario.issues:
                            with ui.element("td"):
                                cells = table_cells(scenario, actor, issue, self._aspect)
                                for cell in cells:
                                    self._cell(cell, f"{actor_title(scenario, actor)}, {issue_title(scenario, issue)}")
                                if not cells:
                                    ui.label("–").classes("fixed")

    def _cell(self, cell: ActorNumber, whose: str) -> None:
        if cell.words:
            ui.label(cell.words).classes("note")
        if not cell.free:
            ui.label(cell.shown).classes("fixed")
            return
        slider = self._session.slider(cell.path)
        step = max(1, -(-len(slider.stops) // _PLACES))
        stop = self._session.fixed.get(cell.path)
        kept = sorted(
            {*range(0, len(slider.stops), step), len(slider.stops) - 1, *([slider.stops.index(stop)] if stop else [])}
        )
        options = {-1: f"drawn: {slider.drawn}", **{n: slider.stops[n].text for n in kept}}
        now = -1 if stop is None else slider.stops.index(stop)
        box = ui.select(options, value=now, on_change=lambda event: self._set(cell.path, event.value))
        name = whose.replace('"', "'")
        box.props(f'dense outlined options-dense aria-label="{name}"').classes("moved" if stop else "")

    async def _set(self, path: str, index: Any) -> None:
        if index == _DRAWN:
            changed = self._session.free(path)
        else:
            self._session.add(path)
            changed = self._session.move(path, int(index))
        if changed:
            await self._settled()

    def _choose(self, event: Any) -> None:
        self._aspect = str(event.value)
        self.show()
