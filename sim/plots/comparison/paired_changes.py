"""What changes from one answer to another: where things stand and what is agreed, row by row."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Ints
from sim.plots.frame.change_dots import change_dots
from sim.plots.frame.labels import wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import Look
from sim.words import POINTS, counted, half_width

_LETTERS: Final = 34  # of a row, beside it
_VALUES: Final = 30  # letters of what a row was and is
_TITLE: Final = 70  # letters of a row in a sentence
_ROW, _LINE, _PANEL = 0.34, 0.15, 0.85  # inches
_LEAST: Final = 5.0  # points that an axis of shares reaches to either side
_ROOM: Final = 1.12  # of the longest interval


@figure("paired-changes", source="common random numbers: Glasserman & Yao 1992, Management Science 38:884-908")
class PairedChanges(Plot):
    """Dots show how much each state and term changes from one answer to another, with intervals."""

    def fits(self, results: xr.Dataset) -> bool:
        """Changes between two answers."""
        return results.attrs.get("kind") == "changes" and results.sizes.get("row", 0) > 0

    def title(self, results: xr.Dataset) -> str:
        """The largest change beyond chance: of a share, and of a number; or that there is none."""
        shares = results["unit"].values == POINTS
        told = [_told(results, row) for group in (shares, ~shares) for row in _largest(results, group)]
        if not told:
            return "Nothing changes beyond what chance may do"
        (first, moved), *rest = told
        more = f"; “{rest[0][0]}”: {rest[0][1]}" if rest else ""
        return f"“{first}” changes most: {moved}{more}"

    def caption(self, results: xr.Dataset) -> str:
        """What a row, a dot and a line are, in which worlds, and what has no row."""
        scales = set(results["unit"].values.tolist())
        own = ", each of these panels on its own scale" if len(scales - {POINTS}) > 1 else ""
        numbers = f" Terms that are counted: the change of the mean{own}." if scales - {POINTS} else ""
        shares = "the change of a share, in points of a hundred" if POINTS in scales else "a change"
        left_out = int(results.attrs["left_out"])
        verb = "have" if left_out > 1 else "has"
        rest = f" {counted(left_out, 'rows')} that change less {verb} no place here." if left_out else ""
        rest += " What is the same in both has no row." if results.attrs["same"] else ""
        return (
            f"A dot is {shares}: {results.attrs['change']}.{numbers} Lines: 95 % intervals; "
            f"{results.attrs['worlds']}. Hollow: no more than chance may do (all levels of an issue together). Right: "
            f"{results.attrs['values']}; of numbers, the median.{rest}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: by rows and panels."""
        return sum(_inches(results, rows) for rows in _panels(results))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """A panel for states, one for shares of what is agreed, one for each unit; most gained on top."""
        panels = _panels(results)
        heights = [_inches(results, rows) for rows in panels]
        grid = body.subplots(len(panels), 1, squeeze=False, height_ratios=heights)[:, 0]
        for axes, rows in zip(grid, panels, strict=True):
            _panel(axes, results, rows, look)


def _largest(results: xr.Dataset, group: np.ndarray) -> list[int]:
    """The row of a group that changes most beyond chance; empty where none does."""
    size = np.where(group & results["sure"].values, results["size"].values, -1.0)
    return [int(size.argmax())] if (size >= 0).any() else []


def _told(results: xr.Dataset, row: int) -> tuple[str, str]:
    """What a row is called; what it was and is, and by how much it changes."""
    title, before, after, told = (str(results[name].values[row]) for name in ("title", "before", "after", "told"))
    return wrapped(title, _TITLE, 1), f"{before} → {after} ({told})" if before != after else told


def _panels(results: xr.Dataset) -> list[Ints]:
    """Rows of each panel, the one that gains most first."""
    names, change = results["panel"].values.astype(str), results["change"].values
    groups = [np.flatnonzero(names == name) for name in dict.fromkeys(names.tolist())]
    return [rows[np.argsort(-change[rows], kind="stable")] for rows in groups]


def _labels(results: xr.Dataset, rows: Ints) -> list[str]:
    return [wrapped(str(results["title"].values[row]), _LETTERS, 2) for row in rows]


def _values(results: xr.Dataset, rows: Ints) -> list[str]:
    """What each row was and is, on two lines where that is long."""
    found = []
    for row in rows:
        before, after = str(results["before"].values[row]), str(results["after"].values[row])
        gap = "\n" if len(before) + len(after) > _VALUES else " "
        found.append(f"{before}{gap}→ {after}")
    return found


def _inches(results: xr.Dataset, rows: Ints) -> float:
    texts = zip(_labels(results, rows), _values(results, rows), strict=True)
    return _PANEL + sum(_ROW + _LINE * ("\n" in label or "\n" in values) for label, values in texts)


def _panel(axes: Axes, results: xr.Dataset, rows: Ints, look: Look) -> None:
    """Rows of one unit."""
    unit = str(results["unit"].values[rows[0]])
    change = results["change"].values[rows]
    half = half_width(1.0) * results["error"].values[rows]
    colors = [str(color) or look.ink for color in results["color"].values[rows]]
    change_dots(axes, change, half, results["sure"].values[rows], colors, look)
    axes.set_title(str(results["panel"].values[rows[0]]), fontsize=9)
    reach = max(_LEAST * (unit == POINTS), _ROOM * float((np.abs(change) + half).max())) or 1.0
    axes.set_xlim(-reach, reach)
    axes.set_xlabel("change (points)" if unit == POINTS else f"change of the mean{f' ({unit})' if unit else ''}")
    axes.set_yticks(range(len(rows)), _labels(results, rows))
    axes.set_ylim(len(rows) - 0.4, -0.6)
    for place, text in enumerate(_values(results, rows)):
        axes.text(1.01, place, text, transform=axes.get_yaxis_transform(), va="center", fontsize=8, color=look.muted)
