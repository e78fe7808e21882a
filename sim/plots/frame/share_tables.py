"""Tables of shares: the darker a cell, the larger its share, which is written into it where there is room."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb

from sim.foundations import Floats
from sim.plots.frame.style import BLUE, Look, ink_on

_WRITTEN: Final = 11  # columns up to which there is room for words in a cell
_FULL: Final = "#4D9CC9"  # all, on a light page: dark letters stay readable up to here


def share_colors(look: Look) -> LinearSegmentedColormap:
    """Shades from the page to a blue on which letters can be read at every share: none to all.

    Source:  contrast of 4.5 at least: WCAG 2.2, success criterion 1.4.3
    """
    full = BLUE if ink_on(look.background) != ink_on("#FFFFFF") else _FULL
    return LinearSegmentedColormap.from_list("shares", [look.background, full])


def share_table(axes: Axes, shares: Floats, words: list[list[str]], look: Look, *, size: float = 8.5) -> None:
    """Draw a table of shares whose cells are shaded.

    Args:
        shares: (rows, columns) in percent; nan where there is nothing to have a share of
        words:  (rows, columns) what is written into the cells; nothing where there are too many columns
        size:   points of the letters
    """
    colors = share_colors(look)
    axes.imshow(shares, cmap=colors, vmin=0, vmax=100, aspect="auto", interpolation="nearest")
    rows, columns = shares.shape
    if columns <= _WRITTEN:
        for row in range(rows):
            for column in range(columns):
                share = shares[row, column]
                shade = colors(share / 100)[:3] if np.isfinite(share) else to_rgb(look.background)
                axes.text(column, row, words[row][column], ha="center", va="center", fontsize=size,
                          color=ink_on(shade))  # fmt: skip
    axes.set_xticks(np.arange(columns - 1) + 0.5, minor=True)
    axes.set_yticks(np.arange(rows - 1) + 0.5, minor=True)
    axes.grid(which="minor", color=look.background, linewidth=2)
    axes.tick_params(which="both", length=0)
    axes.spines[:].set_visible(False)
