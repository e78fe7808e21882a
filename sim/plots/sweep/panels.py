"""Panels side by side: how many in a row, their names and ticks where there is little room, one legend for all."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.ticker import Locator, MaxNLocator

from sim.plots.frame.labels import inches, wrapped
from sim.sweeps.swept_axes import SweptAxis

_TITLE_LETTERS: Final = 11.5  # per inch, bold
_TICK_LETTERS: Final = 14.0  # per inch
_LINES: Final = 3
_CHOICE_LINES: Final = 5
_LINE_INCHES: Final = 0.14
_TURNED_LETTERS: Final = 18
_SIDE_LETTERS: Final = 18
_ENTRY: Final = 1.48  # inches of an entry of the legend
_LABELS: Final = 0.7  # inches of a panel's width that its neighbours' labels take


def rows_and_columns(count: int) -> tuple[int, int]:
    """How so many panels are laid out.

    Example:
        >>> [rows_and_columns(count) for count in (1, 3, 4, 5, 7)]
        [(1, 1), (1, 3), (2, 2), (2, 3), (3, 3)]
    """
    columns = count if count <= 3 else 2 if count == 4 else 3
    return -(-count // columns), columns


def panel_grid(
    body: SubFigure, count: int, layout: tuple[int, int] | None = None, *, sharex: bool = False, sharey: bool = True
) -> list[Axes]:
    """So many panels, row by row; what is left of the last row stays empty.

    Args:
        layout: rows and columns; as the count asks for if left out
    """
    rows, columns = layout or rows_and_columns(count)
    grid = list(body.subplots(rows, columns, sharex=sharex, sharey=sharey, squeeze=False).ravel())
    for axes in grid[count:]:
        axes.set_axis_off()
    return grid[:count]


def legend_above(body: SubFigure, handles: Sequence[Artist], heading: str = "") -> None:
    """One legend above all panels, below a heading."""
    title = wrapped(heading, int(inches(body) * 11)) if heading else None
    if handles or title:
        body.legend(handles=handles, loc="outside upper center", ncols=max(int(inches(body) / _ENTRY), 2),
                    fontsize=8.5, title=title)  # fmt: skip


def name_panel(axes: Axes, title: str, wide: float) -> None:
    """Write what the panel is about above it.

    Args:
        wide: inches that the panel has with its labels
    """
    if title:
        axes.set_title(_cut(title, max(int((wide - 0.4) * _TITLE_LETTERS), 12), _LINES), fontsize=8.5)


def tick_across(axes: Axes, axis: SweptAxis, wide: float, *, cells: bool = False) -> None:
    """Ticks along the bottom: a few for numbers; every choice, its words turned where they have no room.

    Args:
        wide:  inches that the panel has with its labels
        cells: whether ticks may stand only at the axis' own values
    """
    axes.tick_params(labelsize=8)
    if axis.numeric:
        step = _step(axis, wide - _LABELS)
        if cells or step == 1:
            axes.set_xticks(axis.places[::step], _numbers(axis)[::step])
        else:
            axes.xaxis.set_major_locator(_few())
        return
    words = [str(value) for value in axis.values]
    room = int((wide - _LABELS) * _TICK_LETTERS / len(words))
    longest = max(len(part) for word in words for part in re.findall(r"[^\s-]+-?", word))
    axes.set_xlim(-0.5, len(words) - 0.5)
    if room >= longest:
        axes.set_xticks(axis.places, [_cut(word, room, _CHOICE_LINES) for word in words])
        return
    axes.set_xticks(axis.places, [_cut(word, _TURNED_LETTERS, 2) for word in words], rotation=35, ha="right",
                    rotation_mode="anchor")  # fmt: skip


def tick_up(axes: Axes, axis: SweptAxis, high: float, *, cells: bool = False) -> None:
    """Ticks up the side: a few for numbers; every choice in short lines.

    Args:
        high:  inches of the panel
        cells: whether ticks may stand only at the axis' own values
    """
    axes.tick_params(labelsize=8)
    if not axis.numeric:
        lines = max(int(high / len(axis.values) / _LINE_INCHES), 1)
        axes.set_ylim(-0.5, len(axis.values) - 0.5)
        axes.set_yticks(axis.places, [_cut(str(value), _SIDE_LETTERS, lines) for value in axis.values])
    elif not cells:
        axes.yaxis.set_major_locator(_few())
    else:
        step = max(int(np.ceil(len(axis.values) * 0.17 / high)), 1)
        axes.set_yticks(axis.places[::step], _numbers(axis)[::step])


def _few() -> Locator:
    return MaxNLocator(nbins=5, min_n_ticks=3, steps=[1, 2, 2.5, 5, 10])


def _numbers(axis: SweptAxis) -> Sequence[str]:
    return [axis.written(value) for value in axis.values]


def _step(axis: SweptAxis, wide: float) -> int:
    """Every how many values a label fits."""
    places = np.sort(axis.places)
    apart = np.diff(places).min() / (axis.edges.max() - axis.edges.min()) * wide * _TICK_LETTERS
    return max(int(np.ceil((max(map(len, _numbers(axis))) + 1) / apart)), 1)


def _cut(text: str, letters: int, lines: int) -> str:
    return textwrap.fill(text, letters, max_lines=lines, placeholder=" …", break_long_words=letters < 10)
