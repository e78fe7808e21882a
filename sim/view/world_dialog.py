"""The window in which one world of the map is opened: its story, and why each party said no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from sim.report.markup import bullets, element, escaped, joined
from sim.view.world import World


class WorldDialog:
    """One window, filled anew for each world.

    another: called for the next world of the same cell
    adopt:   called to take its cell's numbers over to the sliders
    """

    def __init__(self, another: Callable[[], Any], adopt: Callable[[], Any]) -> None:
        with ui.dialog() as self._dialog, ui.card().classes("world").mark("world"):
            self._title = ui.html("", sanitize=False)
            self._reasons = ui.html("", sanitize=False)
            self._story = ui.html("", sanitize=False)
            with ui.element("div").classes("buttons"):
                ui.button("Another world of this cell", on_click=another).props("outline")
                ui.button("Set the sliders like this", on_click=adopt).props("outline")
                ui.button("Close", on_click=self._dialog.close).props("flat")

    def show(self, world: World, setting: str) -> None:
        """Open the window with this world."""
        self._title.set_content(
            joined([
                element("h2", f"World {world.number:,}: {world.ending}"),
                element("p", f"{setting}. All other numbers as they were drawn in this world.", class_="note"),
            ])
        )  # fmt: skip
        parts = [
            element(
                "h3", "Why each of them says yes or no", style="font-size:1rem;line-height:1.4;font-weight:650;margin:0"
            )
        ]
        for reasons in world.reasons:
            settles = "; ".join(reasons.levels) or "everything stays as it is"
            parts += [
                element("p", element("strong", f"The {reasons.deal}"), f" ({settles})", class_="note"),
                bullets(reasons.says),
            ]
        if all(" says no" not in line for reasons in world.reasons for line in reasons.says):
            parts.append(
                element(
                    "p",
                    "Nobody stands in the way of these deals; what happens is up to the talks and to luck.",
                    class_="note",
                )
            )
        self._reasons.set_content(joined(parts))
        self._story.set_content(f'<pre class="story">{escaped(chr(10).join(world.story))}</pre>')
        self._dialog.open()

    def close(self) -> None:
        """Close the window."""
        self._dialog.close()
