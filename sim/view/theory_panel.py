"""The panel of theory: what equilibria and solutions predict for the numbers as they are set, beside the talks."""

from __future__ import annotations

from typing import Any, Final

from nicegui import ui

from sim.foundations import SimError
from sim.report.page.renderer import render_part
from sim.report.pieces import Heading, Piece, Section, Sentence
from sim.report.theory_story import theory_sections
from sim.runs.theory_beside import TheoryBeside, theory_beside
from sim.view.latest import Latest, Ticket
from sim.view.session import Session
from sim.view.viewed_case import ViewedCase

#: Worlds in which theory is asked; it takes longer than the talks.
_WORLDS: Final = 60


class TheoryPanel:
    """What theory says of the setting on screen; it is asked when the panel is opened, and anew after a change."""

    def __init__(self, session: Session, latest: Latest) -> None:
        self._session, self._latest = session, latest
        ui.html("<h2>What theory predicts, beside these talks</h2>", sanitize=False)
        self._note = ui.label("").classes("note")
        self._says: Any = ui.html("", sanitize=False)
        self._asked: object = None

    def blank(self) -> None:
        """Show nothing of the case before."""
        self._asked = None
        self._note.set_text("")
        self._says.set_content("")

    async def show(self) -> None:
        """Ask, unless this setting has been asked about already."""
        opened, fixed = self._session.opened, dict(self._session.fixed)
        setting = (opened, tuple(sorted((path, stop.place) for path, stop in fixed.items())))
        if setting == self._asked:
            return
        self._asked = setting
        self._note.set_text("Theory is being asked about this setting …")

        def work(ticket: Ticket) -> TheoryBeside | SimError:
            try:
                return theory_of(opened, {path: stop.place for path, stop in fixed.items()}, ticket)
            except SimError as error:
                return error

        found = await self._latest.run(work)
        if found is None or self._asked != setting:
            return
        if isinstance(found, SimError):
            self._note.set_text(str(found))
            return
        self._note.set_text(
            f"In {found.worlds} of the first {found.draws} worlds; all of it, with figures: sim theory, on the overlay "
            "that “Take away” gives."
        )
        self._says.set_content(render_part(theory_pieces(found, opened)))


def theory_of(opened: ViewedCase, fixed: dict[str, float], ticket: Ticket) -> TheoryBeside:
    """Ask every theory about a few worlds with these numbers fixed.

    Raises:  Superseded if nobody waits any more
    """
    draws = min(_WORLDS, opened.draws)
    return theory_beside(opened.scenario, draws, judge=opened.judge, fixed=fixed, progress=ticket.check)


def theory_pieces(found: TheoryBeside, opened: ViewedCase) -> list[Piece]:
    """The sections of `sim theory` one below the other; what does not apply last."""
    pieces: list[Piece] = []
    for section in theory_sections(found, opened.scenario):
        pieces.append(Heading(str(section.title)))
        pieces += [piece for piece in section.pieces if not isinstance(piece, Section)]
    return pieces or [Sentence("No theory applies.")]
