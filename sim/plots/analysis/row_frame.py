"""The frame of figures with ranked rows: what matters most on top, a name at each row, one legend below."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, Final

import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Floats, Ints
from sim.plots.frame.labels import wrapped
from sim.plots.frame.plot import Plot
from sim.plots.frame.style import Look
from sim.plots.frame.user_text import one_line

#: Letters of a row's name in a line, and in all.
_LINE, _NAME = 44, 88
_LINE_INCHES, _GAP = 0.14, 0.04  # of a line of a name, and between two names
_AXIS, _LEGEND = 0.75, 0.35  # inches of the axis with its title, and of the legend


class RowPlot(Plot):
    """Rows in the order of what they do; which they are and what is painted on them is for each figure to say.

    most:   rows at most
    inches: height of a row
    """

    most: ClassVar[int] = 14
    inches: ClassVar[float] = 0.36

    @abstractmethod
    def ranked(self, results: xr.Dataset) -> Floats:
        """(N,) what rows are ranked by, the largest first; nan has no row."""

    def names(self, results: xr.Dataset) -> list[str]:
        """(N,) names of the rows: titles of the inputs unless a figure has rows of another kind."""
        return [str(name) for name in results["input_title"].values]

    @abstractmethod
    def paint_rows(self, axes: Axes, results: xr.Dataset, shown: Ints, look: Look) -> None:
        """Paint what belongs to each row, the first shown one at 0, the next at 1."""

    @abstractmethod
    def along(self, results: xr.Dataset) -> str:
        """Title of the axis."""

    @abstractmethod
    def legend(self, results: xr.Dataset, look: Look) -> list[Artist]:
        """Entries of the legend; none where the rows say it all."""

    def shown(self, results: xr.Dataset) -> Ints:
        """(R,) indices of the rows, in their order from the top."""
        values = self.ranked(results)
        order = np.argsort(np.where(np.isnan(values), np.inf, -values), kind="stable")
        return np.asarray(order[: min(self.most, int(np.isfinite(values).sum()))], dtype=np.int64)

    def height(self, results: xr.Dataset) -> float:
        """Inches: by rows, and by lines of their names."""
        names, shown = self.names(results), self.shown(results)
        lines = max((_row_name(names[n]).count("\n") + 1 for n in shown), default=1)
        return _AXIS + _LEGEND + max(self.inches, _LINE_INCHES * lines + _GAP) * len(shown)

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Rows and their names, one legend."""
        self.paint_on(body, body.subplots(), results, look)

    def paint_on(self, body: SubFigure, axes: Axes, results: xr.Dataset, look: Look) -> None:
        """The same on axes beside which there are others."""
        shown, names = self.shown(results), self.names(results)
        self.paint_rows(axes, results, shown, look)
        rows = [_row_name(names[n]) for n in shown]
        axes.set_yticks(np.arange(len(shown)), rows)
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.set_xlabel(self.along(results))
        axes.grid(axis="x")
        axes.tick_params(axis="y", length=0, labelsize=8.5)
        if handles := self.legend(results, look):
            body.legend(handles=handles, loc="outside lower center", ncols=min(len(handles), 4))


def _row_name(name: str) -> str:
    return wrapped(one_line(name, _NAME).replace(" %", "\N{NO-BREAK SPACE}%"), _LINE)


def most_varied(share: Floats) -> int:
    """Index of the outcome that varies most, by its share of the worlds, 0..1; nan is left aside.

    Example:
        >>> most_varied(np.array([0.9, np.nan, 0.4, 1.0]))
        2
    """
    known = np.nan_to_num(share)
    return int(np.argmax(known * (1 - known)))


#: How intervals are drawn on bars.
ERROR: Final = {"elinewidth": 0.9, "capsize": 2}
