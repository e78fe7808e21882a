"""The panel of reasons: what the nearest deals are worth to each party, term by term."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from sim.plots import PLOTS
from sim.report.page.renderer import render_part
from sim.report.pieces import Heading, Sentence
from sim.view.chart_with_table import ChartWithTable
from sim.view.session import Session
from sim.view.waterfall_chart import waterfalls

_KEY = (
    "Blue speaks for the deal, vermilion against it; terms are laid end to end from the line at 0, whiskers hold 80 % "
    "of worlds. Whoever has a total of 0 or more signs, unless a red line bars the deal."
)


class WhyPanel:
    """Waterfalls of the worlds on screen."""

    def __init__(self, session: Session) -> None:
        self._session = session
        ui.html("<h2>Why not: what the nearest deals are worth, term by term</h2>", sanitize=False)
        self._says: Any = ui.html("", sanitize=False).classes("say")
        with ui.element("div").classes("falls") as self._place:
            self._charts: list[tuple[Any, ChartWithTable]] = []

    def blank(self) -> None:
        """Show nothing of the case before."""
        self._says.set_content("")
        self._place.clear()
        self._charts.clear()

    def show(self) -> None:
        """Show what the session has to show."""
        shown, plot = self._session.shown, PLOTS["why-not"]
        if shown is None:
            return
        falls = waterfalls(shown)
        said = plot.title(shown.results) if plot.fits(shown.results) else "There is no deal to take apart"
        self._says.set_content(render_part([Sentence(f"{said}."), Sentence(_KEY, "note")][: 1 + bool(falls)]))
        if len(falls) != len(self._charts):
            self._place.clear()
            with self._place:
                self._charts = [self._panel() for _ in falls]
        for n, (fall, (head, chart)) in enumerate(zip(falls, self._charts, strict=True)):
            head.set_content(render_part([Heading(fall.title)]))
            chart.show(fall.options(), [fall.table(f"fall-{n}")], fall.height)

    def _panel(self) -> tuple[Any, ChartWithTable]:
        with ui.element("div"):
            return ui.html("", sanitize=False), ChartWithTable("fall")
