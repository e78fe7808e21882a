"""The window in which one world is opened: its story, and why each party said no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from sim.report.page.renderer import render_part
from sim.report.pieces import Heading, Items, Piece, Sentence, Span
from sim.view.deal_reasons import DealReasons
from sim.view.opened_world import OpenedWorld


class WorldDialog:
    """One window, filled anew for each world.

    another: called for the next world of the same cell of the map
    adopt:   called to take its cell's numbers over to the sliders
    """

    def __init__(self, another: Callable[[], Any], adopt: Callable[[], Any]) -> None:
        with ui.dialog() as self._dialog, ui.card().classes("world").mark("world"):
            with ui.element("div").classes("bar"):
                self._title = ui.label().classes("title").props("role=heading aria-level=2")
                ui.button("Close", icon="close", on_click=self._dialog.close).props("flat dense")
            self._body: Any = ui.html("", sanitize=False).classes("body")
            with ui.element("div").classes("buttons") as self._of_cell:
                ui.button("Another world of this cell", on_click=another).props("outline dense padding='4px 10px'")
                ui.button("Set the sliders like this", on_click=adopt).props("outline dense padding='4px 10px'")

    def show(self, world: OpenedWorld, setting: str, *, cell: bool) -> None:
        """Open the window with this world.

        Args:
            setting: the numbers that were set, in words; may be empty
            cell:    whether it is a world of a cell of the map, which has more worlds
        """
        self._of_cell.set_visibility(cell)
        self._title.set_text(f"World {world.number:,}: {world.ending}")
        rest = "All other numbers as they were drawn in this world." if setting else "All numbers as they were drawn."
        nobody = "Nobody stands in the way of these deals; what happens is up to the talks and to luck."
        pieces: list[Piece] = [
            Sentence(f"{setting}. {rest}" if setting else rest, "note"),
            Heading("Why each of them says yes or no"),
            *(piece for found in world.reasons for piece in _reasons(found)),
            Sentence("" if any(reasons.refused for reasons in world.reasons) else nobody, "note"),
            Heading("What happens"),
            *(Sentence(line) for line in world.story),
        ]
        self._body.set_content(render_part(pieces))
        self._dialog.open()

    def close(self) -> None:
        """Close the window."""
        self._dialog.close()


def _reasons(found: DealReasons) -> tuple[Piece, ...]:
    """A deal, what it settles, and what everybody says to it."""
    settles = "; ".join(found.levels) or "everything stays as it is"
    head = Sentence((Span(f"The {found.deal}", "strong"), f" ({settles})"), "note")
    return head, Items(tuple(str(voice) for voice in found.voices))
