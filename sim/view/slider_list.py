"""The sliders on the page: one for each number that matters, and a box to look for more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from nicegui import ui

from sim.view.session import Session

#: Seconds between two messages while a slider is dragged.
_THROTTLE = 0.12
#: Seconds after a release in which a message of the same slider's dragging is the last of what is over.
_ECHO = 0.5


@dataclass
class _Row:
    """What changes in a slider's row: the slider, where it stands, what it did, the button that frees it."""

    box: Any
    slider: Any
    stands: Any
    effect: Any
    free: Any


class SliderList:
    """Sliders of one page.

    moving:  called while a slider is dragged
    settled: called when it is released, freed, or all are reset
    """

    def __init__(
        self, session: Session, moving: Callable[[], Awaitable[None]], settled: Callable[[], Awaitable[None]]
    ) -> None:
        self._session = session
        self._moving, self._settled = moving, settled
        self._rows: dict[str, _Row] = {}
        self._held: str | None = None
        self._released: dict[str, float] = {}
        self._list: Any = ui.column().classes("w-full").style("gap: 0; width: 100%")
        self._search = (
            ui.select({}, label="Add a slider: look for a number", with_input=True, on_change=self._add_chosen)
            .props("dense outlined options-dense")
            .style("width: 100%; margin-top: 8px")
            .mark("search")
        )
        self.rebuild()

    @property
    def held(self) -> bool:
        """Whether a slider is in the user's hand."""
        return self._held is not None

    def rebuild(self) -> None:
        """Draw all rows anew, e.g. when the case changed."""
        self._held = None
        self._rows.clear()
        self._list.clear()
        for path in self._session.sliders:
            self._row(path)
        self._offer()
        self.refresh()

    def refresh(self) -> None:
        """Show where each number stands and what moving it did."""
        for path, row in self._rows.items():
            slider, stop = self._session.sliders[path], self._session.fixed.get(path)
            row.stands.set_text(f"drawn: {slider.drawn}" if stop is None else f"set to {stop.text}")
            row.box.classes(add="moved" if stop else "", remove="" if stop else "moved")
            row.free.set_visibility(stop is not None)
            if stop is None or path != self._held:  # a thumb in the user's hand is left alone
                row.slider.set_value(slider.central if stop is None else slider.stops.index(stop))
            row.slider.props(f"color={'primary' if stop else 'grey-6'}")
            _read_out(row.slider, slider.drawn if stop is None else stop.text)
            row.effect.set_text(self._session.effects.get(path, ""))
            row.effect.set_visibility(path in self._session.effects)

    def _offer(self) -> None:
        self._search.set_options(self._session.addable(), value=None)
        self._search.set_visibility(bool(self._session.addable(everything=True)))

    def _add_chosen(self, event: Any) -> None:
        if event.value and event.value not in self._session.sliders:
            self._session.add(str(event.value))
            self._row(str(event.value))
            self._offer()
            self.refresh()

    def _row(self, path: str) -> None:
        found = self._session.sliders[path]
        with self._list, ui.column().classes("slider").props(f'data-path="{path}"') as box:
            with ui.element("div").classes("head"):
                ui.label(found.title).classes("name").tooltip("\n".join(found.grounds)[:400])
                assumed = found.ground == "assumed"
                ui.label("ASSUMED" if assumed else found.ground).classes("badge" if assumed else "badge claim")
                free = ui.button(icon="undo", on_click=lambda: self._free(path)).props(
                    'flat dense round size=sm aria-label="draw it from its range again"'
                )
            slider = ui.slider(min=0, max=max(len(found.stops) - 1, 1), step=1, value=found.central)
            slider.props(f'dense aria-label="{_attribute(found.title)}"')
            slider.on(
                "update:model-value",
                lambda event: self._drag(path, event.args),
                throttle=_THROTTLE,
                leading_events=True,
            )
            slider.on("change", lambda event: self._release(path, event.args))
            stands = ui.label().classes("stands")
            effect = ui.label().classes("effect").props("aria-live=polite")
            with ui.expansion("What stands behind it"):
                for line in (*found.grounds, f"Range: {found.drawn}", f"Path: {path}"):
                    ui.label(line).classes("why")
        self._rows[path] = _Row(box, slider, stands, effect, free)

    async def _drag(self, path: str, index: Any) -> None:
        if monotonic() - self._released.get(path, -_ECHO) < _ECHO:  # messages are held back, the one of release is not
            return
        self._held = path
        if self._set(path, index):
            self._show_stand(path)
            await self._moving()

    async def _release(self, path: str, index: Any) -> None:
        self._held = None
        self._released[path] = monotonic()
        self._set(path, index)
        self._show_stand(path)
        await self._settled()

    def _set(self, path: str, index: Any) -> bool:
        count = len(self._session.sliders[path].stops)
        return isinstance(index, int | float) and self._session.move(path, min(max(int(index), 0), count - 1))

    def _show_stand(self, path: str) -> None:
        """Say where it stands; its thumb is in the user's hand and is left alone."""
        row, stop = self._rows[path], self._session.fixed[path]
        row.stands.set_text(f"set to {stop.text}")
        row.box.classes(add="moved")
        row.free.set_visibility(True)
        row.slider.props("color=primary")
        _read_out(row.slider, stop.text)

    async def _free(self, path: str) -> None:
        if self._session.free(path):
            self.refresh()
            await self._settled()


def _read_out(slider: Any, text: str) -> None:
    """What screen readers say instead of the number of the stop."""
    slider.props(f'aria-valuetext="{_attribute(text)}"')


def _attribute(text: str) -> str:
    return text.replace('"', "'")
