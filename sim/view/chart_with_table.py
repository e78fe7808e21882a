"""A chart on the page, with the same as a table behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from nicegui import ui

from sim.report.page.renderer import render_part
from sim.report.pieces import Piece
from sim.view.chart_frame import ChartOptions


class ChartWithTable:
    """A chart whose numbers can be read by eye, and as a table by everybody.

    Args:
        mark:    class of the chart on the page
        clicked: called with the data of a point that was clicked
    """

    def __init__(self, mark: str, clicked: Callable[[dict[str, Any]], Any] | None = None) -> None:
        self._clicked = clicked
        with ui.element("div") as self._whole:
            self._chart = ui.echart({}, renderer="svg").classes(f"chart {mark}")
            with ui.expansion("The same as a table"):
                self._table: Any = ui.html("", sanitize=False)
        if clicked is not None:
            self._chart.on("componentClick", self._click, ["data"])
        self.blank()

    def blank(self) -> None:
        """Show nothing."""
        self._whole.set_visibility(False)

    def show(self, options: ChartOptions, pieces: Sequence[Piece], height: float) -> None:
        """Show a chart in place of the one before.

        Args:
            pieces: the same as a table
            height: in pixels
        """
        self._whole.set_visibility(True)
        self._chart.style(f"height: {height:.0f}px")
        self._chart.options.clear()
        self._chart.options.update(options)
        self._chart.update()
        self._table.set_content(render_part(pieces))

    def fade(self, *, faded: bool) -> None:
        """Show that a chart belongs to something that is over."""
        self._chart.classes(add="stale" if faded else "", remove="" if faded else "stale")

    def change(self, series: ChartOptions) -> None:
        """Change one series, named by its ``id``, and leave the rest as it is."""
        self._chart.run_chart_method("setOption", {"series": [series]})

    async def _click(self, event: Any) -> None:
        """Hand on what was clicked; what is no point's data, whoever sent it, is passed over."""
        data = event.args.get("data") if isinstance(event.args, dict) else None
        if self._clicked is not None and isinstance(data, dict):
            found = self._clicked(data)
            if found is not None:
                await found
