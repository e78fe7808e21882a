"""A chart on the page, with the same as a table behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from nicegui import ui
from nicegui.elements.echart import EChart

from sim.report.page.renderer import render_part
from sim.report.pieces import Piece
from sim.view.chart_frame import ChartOptions


def table_behind() -> Any:
    """A place, closed at first, for the table of what a chart shows; its content is set as HTML."""
    with ui.expansion("The same as a table"):
        return ui.html("", sanitize=False)


class ChartWithTable:
    """A chart whose numbers can be read by eye, and as a table by everybody.

    The chart itself is made when it is first shown: until then a page does without the library that draws it.

    Args:
        mark:    class of the chart on the page
        clicked: called with the data of a point that was clicked
    """

    def __init__(self, mark: str, clicked: Callable[[dict[str, Any]], Any] | None = None) -> None:
        self._mark, self._clicked = mark, clicked
        self._chart: EChart | None = None
        with ui.element("div") as self._whole:
            self._place = ui.element("div")
            self._table = table_behind()
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
        if self._chart is None:
            self._chart = self._made()
        self._chart.style(f"height: {height:.0f}px")
        self._chart.options.clear()
        self._chart.options.update(options)
        self._chart.update()
        self._table.set_content(render_part(pieces))

    def fade(self, *, faded: bool) -> None:
        """Show that a chart belongs to something that is over."""
        if self._chart is not None:
            self._chart.classes(add="stale" if faded else "", remove="" if faded else "stale")

    def change(self, series: ChartOptions) -> None:
        """Change one series, named by its ``id``, and leave the rest as it is."""
        if self._chart is not None:
            self._chart.run_chart_method("setOption", {"series": [series]})

    def _made(self) -> EChart:
        with self._place:
            chart = EChart({}, renderer="svg").classes(f"chart {self._mark}")
        if self._clicked is not None:
            chart.on("componentClick", self._click, ["data"])
        return chart

    async def _click(self, event: Any) -> None:
        """Hand on what was clicked; what is no point's data, whoever sent it, is passed over."""
        data = event.args.get("data") if isinstance(event.args, dict) else None
        if self._clicked is not None and isinstance(data, dict):
            found = self._clicked(data)
            if found is not None:
                await found
