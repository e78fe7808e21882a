"""Paint the most frequent ending and its share: colours, numbers in cells, ticks along the axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from sim.experiments.sweep.sweep_points import within_chance
from sim.experiments.sweep.swept_axes import SweptAxis
from sim.foundations import Floats
from sim.plots.frame.style import ENDING_COLORS, Look, ink_on

#: Cells along an axis up to which shares are written into them.
MOST_WRITTEN: Final = 12
#: Share at which a colour is as pale as it gets: with five endings the most frequent has 20 % or more.
_PALE: Final = 0.2
BESIDE: Final = 2.6  # inches of labels and legend beside a map
_LETTERS: Final = 0.033  # inches that three digits take for each point of their size


def oriented(axes: Sequence[SweptAxis]) -> tuple[SweptAxis, SweptAxis]:
    """The axis across and the one up: longer words go up the side, where there is room for them."""
    one, two = axes[:2]
    if one.numeric == two.numeric:
        return one, two
    return (one, two) if one.numeric else (two, one)


def ending_shades(codes: np.ndarray, shares: Floats, names: Sequence[str], look: Look) -> Floats:
    """Blend the colour of the most frequent ending with the page as its share falls.

    Args:
        codes:  (...) index of the ending; -1 where there are no draws
        shares: (..., E)

    Returns:
        (..., 3) red, green, blue
    """
    palette = np.array([to_rgb(ENDING_COLORS[name]) for name in names])
    full = palette[np.maximum(codes, 0)]
    share = np.take_along_axis(shares, np.maximum(codes, 0)[..., None], axis=-1)
    weight = 0.15 + 0.85 * np.clip((share - _PALE) / (1 - _PALE), 0, 1)
    page = np.array(to_rgb(look.background))
    return np.where((codes >= 0)[..., None], page + weight * (full - page), page)


def write_shares(
    axes: Axes, across: SweptAxis, up: SweptAxis, codes: np.ndarray, shares: Floats, kept: np.ndarray, colors: Floats,
    look: Look, *, wide: float | None = None, size: float = 8,
) -> None:  # fmt: skip
    """Write shares in percent into the cells that have room, and dots where the lead is within chance.

    Args:
        codes, kept: (rows, columns)
        shares:      (rows, columns, E)
        colors:      (rows, columns, 3) of the cells
        wide:        inches of the map; as of one map with a legend beside it if left out
        size:        of the letters, points
    """
    if wide is None:
        wide = axes.figure.bbox.width / axes.figure.dpi - BESIDE
    room = np.abs(np.diff(across.edges)) / np.ptp(across.edges) * wide >= size * _LETTERS
    numbers = room & (max(len(across.values), len(up.values)) <= MOST_WRITTEN)
    unsure, top = within_chance(shares, kept), shares.max(axis=-1)
    for r, y in enumerate(up.places):
        for c, x in enumerate(across.places):
            if codes[r, c] < 0:
                axes.text(x, y, "no draws", ha="center", va="center", fontsize=size - 1, color=look.muted)
                continue
            text = "\n".join([f"{100 * top[r, c]:.0f}"] * bool(numbers[c]) + ["•"] * bool(unsure[r, c]))
            if text:
                axes.text(x, y, text, ha="center", va="center", fontsize=size, linespacing=0.8,
                          color=ink_on(colors[r, c]))  # fmt: skip
