"""The panel of the payoff plane: a typical world, its deals to click, what everybody says to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from nicegui import ui

from sim.plots import PLOTS
from sim.plots.run.offer_path import silence
from sim.view.asked import ask, deal_words, world_of
from sim.view.markup import bullets, element, escaped, joined
from sim.view.payoff_svg import payoff_planes
from sim.view.session import Session

#: The deal nearest to a click, so that small marks can be hit with a finger too.
_DEAL: Final = """(e) => { const plane = e.target.closest && e.target.closest("svg.plane"); if (!plane) return;
  let best = null, least = 16;
  for (const mark of plane.querySelectorAll("[data-deal]")) { const box = mark.getBoundingClientRect();
    const away = Math.hypot(box.x + box.width / 2 - e.clientX, box.y + box.height / 2 - e.clientY);
    if (away <= least) { best = mark; least = away; } }
  if (!best) return;
  for (const mark of document.querySelectorAll("svg.plane .picked")) mark.classList.remove("picked");
  best.classList.add("picked"); emit(best.dataset.deal); }"""
_HINT: Final = "Click a point to read the deal, and who says yes or no to it."


class PlanePanel:
    """The payoff plane of the most typical world on screen.

    story: called with (number of the world, deal or None) to read the world's story
    """

    def __init__(self, session: Session, story: Callable[[int, int | None], Any]) -> None:
        self._session, self._story = session, story
        self._deal: int | None = None
        ui.html("<h2>Payoff plane of one typical world</h2>", sanitize=False)
        self._says = ui.html("", sanitize=False).classes("say")
        self._silence = ui.html("", sanitize=False)
        self._plane = ui.html("", sanitize=False).mark("plane")
        self._plane.on("click", self._clicked, js_handler=_DEAL)
        self._words = ui.html("", sanitize=False).classes("deal").props("aria-live=polite")
        with ui.element("div").classes("buttons"):
            self._open = ui.button("Read this world's story", icon="menu_book", on_click=self._read)
            self._open.props("outline dense padding='4px 10px'")
        self.blank()

    def blank(self) -> None:
        """Show nothing of the case before."""
        for part in (self._says, self._silence, self._plane):
            part.set_content("")
        self._forget()
        self._open.set_visibility(False)

    def show(self) -> None:
        """Show the typical world of what is on screen."""
        shown, plot = self._session.shown, PLOTS["payoff-plane"]
        if shown is None or not plot.fits(shown.results):
            self.blank()
            return
        number = int(shown.results.attrs["story_draw"])
        self._says.set_content(escaped(f"World {number:,}, a typical one: {plot.title(shown.results)}."))
        silent = silence(shown.results)
        self._silence.set_content(element("p", silent, class_="note") if silent else "")
        self._plane.set_content(payoff_planes(shown.results))
        self._forget()
        self._open.set_visibility(True)

    def _forget(self) -> None:
        self._deal = None
        self._words.set_content(element("p", _HINT, class_="note"))

    def _clicked(self, event: Any) -> None:
        shown, opened = self._session.shown, self._session.opened
        if shown is None or not str(event.args).isdigit() or int(event.args) >= shown.results.sizes["deal_index"]:
            return
        self._deal = int(event.args)
        told = element("p", deal_words(shown.results, opened, self._deal), class_="note")
        worlds = world_of(opened, shown.fixed, int(shown.results.attrs["story_draw"]))
        voices = ask(worlds, self._deal).voices
        self._words.set_content(joined([told, bullets([str(voice) for voice in voices])]))

    async def _read(self) -> None:
        if self._session.shown is not None:
            await self._story(int(self._session.shown.results.attrs["story_draw"]), self._deal)
