"""The panel of the payoff plane: one typical world, its deals to click, what everybody says to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from sim.plots import PLOTS
from sim.plots.run.offer_path import silence
from sim.report.page.renderer import render_part
from sim.report.pieces import Items, Sentence
from sim.view.chart_with_table import ChartWithTable
from sim.view.deal_reasons import deal_words, reasons_on, world_of
from sim.view.plane_chart import PICKED, plane_options, plane_pairs, plane_table, spot
from sim.view.session import Session

_HINT = Sentence("Click a point to read the deal, and who says yes or no to it.", "note")


class PlanePanel:
    """The payoff plane of the most typical world on screen.

    story: called with (number of the world, deal or None) to read the world's story
    """

    def __init__(self, session: Session, story: Callable[[int, int | None], Any]) -> None:
        self._session, self._story = session, story
        self._deal: int | None = None
        ui.html("<h2>Payoff plane of one typical world</h2>", sanitize=False)
        self._says: Any = ui.html("", sanitize=False).classes("say")
        with ui.element("div").classes("falls") as self._place:
            self._charts: list[ChartWithTable] = []
        self._words: Any = ui.html("", sanitize=False).classes("deal").props("aria-live=polite")
        with ui.element("div").classes("buttons"):
            self._open = ui.button("Read this world's story", icon="menu_book", on_click=self._read)
            self._open.props("outline dense padding='4px 10px'")
        self.blank()

    def blank(self) -> None:
        """Show nothing of the case before."""
        self._says.set_content("")
        self._place.clear()
        self._charts.clear()
        self._words.set_content("")
        self._open.set_visibility(False)

    def show(self) -> None:
        """Show the typical world of what is on screen."""
        shown, plot = self._session.shown, PLOTS["payoff-plane"]
        if shown is None or not plot.fits(shown.results):
            self.blank()
            return
        pairs, table = plane_pairs(shown.results), plane_table(shown.results)
        number = int(shown.results.attrs["story_draw"])
        note = f"This is world {number:,}. {silence(shown.results)}"
        self._says.set_content(render_part([Sentence(f"{plot.title(shown.results)}."), Sentence(note, "note")]))
        if len(pairs) != len(self._charts):
            self._place.clear()
            with self._place:
                self._charts = [ChartWithTable("plane", self._clicked) for _ in pairs]
        for chart, pair in zip(self._charts, pairs, strict=True):
            options, height = plane_options(shown.results, pair)
            chart.show(options, [table], height)
        self._deal = None
        self._words.set_content(render_part([_HINT]))
        self._open.set_visibility(True)

    def _clicked(self, data: dict[str, Any]) -> None:
        shown, opened, deal = self._session.shown, self._session.opened, data.get("deal")
        if shown is None or type(deal) is not int or not 0 <= deal < shown.results.sizes["deal_index"]:
            return
        self._deal = number = int(shown.results["deal_index"].values[deal])
        for chart, pair in zip(self._charts, plane_pairs(shown.results), strict=True):
            chart.change({"id": PICKED, "data": [spot(shown.results, pair, deal)]})
        worlds = world_of(opened, shown.fixed, int(shown.results.attrs["story_draw"]))
        voices = Items(tuple(str(voice) for voice in reasons_on(worlds, number).voices))
        self._words.set_content(render_part([Sentence(deal_words(shown.results, opened, deal), "note"), voices]))

    async def _read(self) -> None:
        if self._session.shown is not None:
            await self._story(int(self._session.shown.results.attrs["story_draw"]), self._deal)
