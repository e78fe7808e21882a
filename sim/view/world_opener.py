"""Worlds opened from the map or the payoff plane: found in the background, shown in one window."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from sim.view.latest import Latest, Ticket
from sim.view.opened_world import OpenedWorld, open_world
from sim.view.session import Session
from sim.view.sliders import Stop
from sim.view.world_dialog import WorldDialog


class WorldOpener:
    """Opens worlds of one page.

    adopted: called when the numbers of a cell were taken over to the sliders
    """

    def __init__(self, session: Session, latest: Latest, adopted: Callable[[], Awaitable[None]]) -> None:
        self._session, self._latest, self._adopted = session, latest, adopted
        self._cell: tuple[int, int, int] | None = None
        self._dialog = WorldDialog(self._another, self._adopt)

    async def cell(self, column: int, row: int, turn: int = 0) -> None:
        """Open a typical world of a cell of the map; each turn another one."""
        drawn = self._session.map
        cell = None if drawn is None else drawn.cells.get((column, row))
        if drawn is None or cell is None:
            return
        worlds = cell.typical()
        self._cell = (column, row, turn)
        setting = drawn.setting(column, row)
        said = "; ".join(f"{slider.title}: {setting[slider.path].text}" for slider in (drawn.x, drawn.y))
        await self._show(worlds[turn % len(worlds)], setting, said, None)

    async def story(self, number: int, deal: int | None) -> None:
        """Open a world of what is on screen, and ask about a deal if one was clicked."""
        shown = self._session.shown
        if shown is None:
            return
        self._cell = None
        titles = {path: self._session.sliders[path].title for path in shown.fixed if path in self._session.sliders}
        said = "; ".join(f"{titles.get(path, path)}: {stop.text}" for path, stop in shown.fixed.items())
        await self._show(number, shown.fixed, said, deal)

    async def _show(self, number: int, setting: Mapping[str, Stop], said: str, deal: int | None) -> None:
        opened = self._session.opened

        def work(_: Ticket) -> OpenedWorld:
            return open_world(opened, setting, number, deal)

        world = await self._latest.run(work)
        if world is not None and opened is self._session.opened:
            self._dialog.show(world, said, cell=self._cell is not None)

    async def _another(self) -> None:
        if self._cell is not None:
            column, row, turn = self._cell
            await self.cell(column, row, turn + 1)

    async def _adopt(self) -> None:
        if self._cell is not None and self._session.map is not None:
            self._session.adopt(self._session.map.setting(*self._cell[:2]))
            self._dialog.close()
            await self._adopted()
