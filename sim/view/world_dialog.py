"""The window in which one world is opened: its story, and why each party said no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from sim.view.asked import Reasons
from sim.view.markup import Markup, bullets, element, escaped, joined
from sim.view.world import World


class WorldDialog:
    """One window, filled anew for each world.

    another: called for the next world of the same cell of the map
    adopt:   called to take its cell's numbers over to the sliders
    """

    def __init__(self, another: Callable[[], Any], adopt: Callable[[], Any]) -> None:
        with ui.dialog() as self._dialog, ui.card().classes("world").mark("world"):
            self._title = ui.html("", sanitize=False)
            self._reasons = ui.html("", sanitize=False)
            self._story = ui.html("", sanitize=False)
            with ui.element("div").classes("buttons"):
                self._of_cell = [
                    ui.button("Another world of this cell", on_click=another).props("outline"),
                    ui.button("Set the sliders like this", on_click=adopt).props("outline"),
                ]
                ui.button("Close", on_click=self._dialog.close).props("flat")

    def show(self, world: World, setting: str, *, cell: bool) -> None:
        """Open the window with this world.

        Args:
            setting: the numbers that were set, in words; may be empty
            cell:    whether it is a world of a cell of the map, which has more worlds
        """
        for button in self._of_cell:
            button.set_visibility(cell)
        rest = "All other numbers as they were drawn in this world." if setting else "All numbers as they were drawn."
        self._title.set_content(
            joined([
                element("h2", f"World {world.number:,}: {world.ending}"),
                element("p", f"{setting}. {rest}" if setting else rest, class_="note"),
            ])
        )  # fmt: skip
        parts = [element("h3", "Why each of them says yes or no"), *(reasons_block(found) for found in world.reasons)]
        if not any(reasons.refused for reasons in world.reasons):
            said = "Nobody stands in the way of these deals; what happens is up to the talks and to luck."
            parts.append(element("p", said, class_="note"))
        self._reasons.set_content(joined(parts))
        self._story.set_content(f'<pre class="story">{escaped(chr(10).join(world.story))}</pre>')
        self._dialog.open()

    def close(self) -> None:
        """Close the window."""
        self._dialog.close()


def reasons_block(reasons: Reasons) -> Markup:
    """A deal, what it settles, and what everybody says to it."""
    settles = "; ".join(reasons.levels) or "everything stays as it is"
    head = element("p", element("strong", f"The {reasons.deal}"), f" ({settles})", class_="note")
    return joined([head, bullets([str(voice) for voice in reasons.voices])])
