"""The panel of reasons: what the nearest deals are worth to each party, term by term."""

from __future__ import annotations

from nicegui import ui

from sim.plots import PLOTS
from sim.view.bars import waterfall_tables
from sim.view.markup import escaped
from sim.view.session import Session


class WhyPanel:
    """Waterfalls of the worlds on screen."""

    def __init__(self, session: Session) -> None:
        self._session = session
        ui.html("<h2>Why not: what the nearest deals are worth, term by term</h2>", sanitize=False)
        self._says = ui.html("", sanitize=False).classes("say")
        self._falls = ui.html("", sanitize=False).mark("falls")

    def blank(self) -> None:
        """Show nothing of the case before."""
        self._says.set_content("")
        self._falls.set_content("")

    def show(self) -> None:
        """Show what the session has to show."""
        shown, plot = self._session.shown, PLOTS["why-not"]
        if shown is not None:
            self._says.set_content(escaped(plot.title(shown.results)) if plot.fits(shown.results) else "")
            self._falls.set_content(waterfall_tables(shown))
