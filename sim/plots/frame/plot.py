"""What a figure is: whether it fits some results, what its title says, and how it is painted."""

from __future__ import annotations

import io
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import ClassVar, Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.font_manager import FontProperties

from sim.foundations import Registry, ResultsError
from sim.foundations.registry import Status
from sim.plots.frame.on_axes import arrange, paint_on
from sim.plots.frame.quantity_ticks import settle_numbers
from sim.plots.frame.style import Look, house_style
from sim.plots.frame.user_text import fitted, font_families, one_line, settle_text

#: Every figure by its name.
PLOTS: Registry[Plot] = Registry("plot")

WIDTH: Final = 9.0  # inches; a README shows them on about 900 pixels

_DOT: Final = " \u00b7 "
#: A blank between a number and its magnitude, unit or error.
_UNIT: Final = re.compile(r" (?=[%±])|(?<=±) |(?<=\d) (?=(?:(?:year|month|week|world)s?|M|bn|T)\b)|(?<=\d [MT]) (?=\w)")
_TITLE_FONT: Final = FontProperties(family=font_families(), size=13, weight="bold")
_CAPTION_FONT: Final = FontProperties(family=font_families(), size=8)
_KICKER, _TITLE_LINE, _CAPTION_LINE, _MARGIN = 0.24, 0.25, 0.165, 0.12  # inches
_KICKER_LETTERS, _TITLE_LETTERS, _CAPTION_LETTERS = 12.0, 8.6, 16.5  # letters per inch that fit even if they are wide


class Page(Figure):
    """A figure that notebooks show by themselves, whether pyplot is there or not.

    sim_style: the style it was drawn in; saving happens in the same one
    """

    sim_style: str = "screen"

    def _repr_png_(self) -> bytes:
        """The picture, for notebooks."""
        with io.BytesIO() as stream, house_style(self.sim_style):
            self.savefig(stream, format="png", facecolor=self.get_facecolor())
            return stream.getvalue()


class Plot(ABC):
    """A figure of stored results; it never plays anything.

    name: what it is called in files and on the command line
    of_replays: whether it shows what was replayed beside a run, so that it can be drawn only after that
    with_replays: whether it shows more where something was replayed, so that it is drawn after that too
    of_draws: whether it shows how worlds differ, so that it says nothing of a run of one
    by_default: whether a run draws it unasked
    rank: its place among the figures of the same results, the smallest first; of equals, by name
    """

    name: ClassVar[str]
    of_replays: ClassVar[bool] = False
    with_replays: ClassVar[bool] = False
    of_draws: ClassVar[bool] = False
    by_default: ClassVar[bool] = True
    rank: ClassVar[int] = 50

    @property
    def waits(self) -> bool:
        """Whether it is drawn only after what is replayed beside a run."""
        return self.of_replays or self.with_replays

    @abstractmethod
    def fits(self, results: xr.Dataset) -> bool:
        """Whether the results hold what the figure shows, so that it would not be empty."""

    def varies(self, results: xr.Dataset) -> bool:
        """Whether what it shows differs at all; where it does not, a run says so instead of drawing it."""
        del results
        return True

    def repeats(self, results: xr.Dataset) -> str:
        """Name of the figure that shows the same numbers of these results; empty where none does."""
        del results
        return ""

    @abstractmethod
    def title(self, results: xr.Dataset) -> str:
        """Say in a sentence what is seen."""

    @abstractmethod
    def caption(self, results: xr.Dataset) -> str:
        """Say what is shown, how many worlds it rests on, and what the error marks mean."""

    @abstractmethod
    def height(self, results: xr.Dataset) -> float:
        """Inches between the title and the caption."""

    @abstractmethod
    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Paint the axes between title and caption."""

    def draw(
        self, results: xr.Dataset, ax: Axes | None = None, *, style: str = "screen", width: float = WIDTH
    ) -> Figure:
        """Draw the whole figure: title, axes, caption; or paint it in the place of an Axes of one's own figure.

        Args:
            ax:    of a figure of the caller's; it is removed, and the panels with their title in small letters
                   stand in its place. The caption is what ``caption(results)`` says.
            style: "screen", "paper" or "dark"
            width: inches of the whole figure; without meaning where ``ax`` is given
        Returns:
            a new figure, or the one that ``ax`` belonged to
        Raises:  ResultsError if the figure does not fit these results; UnknownNameError for the style
        """
        if not self.fits(results):
            raise ResultsError(f'the figure "{self.name}" does not fit these results')
        if ax is not None:
            with house_style(style) as look:
                told = _DOT.join(filter(None, (_unbroken(self.title(results)), widening(results))))
                return paint_on(ax, told, lambda body: self.paint(body, results, look), look)
        room = width - 0.35
        title = fitted(_unbroken(self.title(results)), room, int(width * _TITLE_LETTERS), _TITLE_FONT)
        caption = fitted(_unbroken(self.caption(results)), room, int(width * _CAPTION_LETTERS), _CAPTION_FONT)
        top = _KICKER + _MARGIN + _TITLE_LINE * (title.count("\n") + 1)
        bottom = _MARGIN + _CAPTION_LINE * (caption.count("\n") + 1)
        middle = self.height(results)
        with house_style(style) as look:
            height = top + middle + bottom
            page = Page(figsize=(width, height), dpi=look.dpi, layout="constrained")
            parts = np.atleast_1d(np.asarray(page.subfigures(3, 1, height_ratios=[top, middle, bottom])))
            self.paint(parts[1], results, look)
            x = 0.1 / width
            room = int(width * _KICKER_LETTERS)
            kicker = _DOT.join(filter(None, (one_line(str(results.attrs.get("title", "")), room), widening(results))))
            page.text(x, 1 - 0.08 / height, kicker, size=9, color=look.muted, va="top", gid="kicker")
            y = 1 - (_KICKER + 0.04) / height
            page.text(x, y, title, font=_TITLE_FONT, va="top", linespacing=1.2, gid="title")
            page.text(x, 0.08 / height, caption, font=_CAPTION_FONT, color=look.muted, va="bottom", gid="caption")
            settle_numbers(page)
            settle_text(page)
            arrange(page)  # places the axes once; they stay there in every format
            page.set_layout_engine(None)
            _settle(page, parts)
        page.set_label(self.name)
        page.sim_style = look.name
        return page

    __call__ = draw


def _settle(page: Figure, parts: Iterable[SubFigure]) -> None:
    """Round the places that the layout found: the solver's last digits differ from run to run."""
    for part in parts:
        part.bbox_relative.set_points(np.round(part.bbox_relative.get_points(), 5))
    for axes in page.get_axes():
        axes.set_position(np.round(axes.get_position().bounds, 5).tolist())


def widening(results: xr.Dataset) -> str:
    """Say on every figure that the ranges behind it are wider than stated; empty where they are not.

    Example:
        >>> widening(xr.Dataset(attrs={"widened": 1.29})), widening(xr.Dataset())
        ('ranges widened × 1.29', '')
    """
    factor = float(results.attrs.get("widened", 1.0))
    return "" if factor == 1 else f"ranges widened × {factor:g}"


def _unbroken(text: str) -> str:
    """Keep numbers and their units on one line."""
    return _UNIT.sub("\u00a0", text)


def figure(name: str, *, source: str, status: Status = "tested") -> Callable[[type[Plot]], type[Plot]]:
    """Register an instance of the decorated figure under ``name``."""

    def add(kind: type[Plot]) -> type[Plot]:
        kind.name = name
        PLOTS.register(name, source=source, status=status)(kind())
        return kind

    return add
