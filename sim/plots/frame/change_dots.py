"""Changes as dots with their intervals about a line at zero, one row each; hollow where chance may have made them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes

from sim.foundations import Bools, Floats
from sim.plots.frame.style import GREY, Look

_DOT: Final = 6.0  # points


def change_dots(axes: Axes, change: Floats, half: Floats, sure: Bools, colors: Sequence[str], look: Look) -> None:
    """Paint one dot with its interval for each row, the first on top; none where nothing can be compared.

    Args:
        change: (rows,) middles; nan leaves a row empty
        half:   (rows,) half of each interval
        sure:   (rows,) whether a change is beyond chance; others are grey and hollow
        colors: of each row
    """
    axes.axvline(0, color=look.muted, linewidth=0.9)
    for place, (value, width, proven, color) in enumerate(zip(change, half, sure, colors, strict=True)):
        if not np.isfinite(value):
            continue
        shade = color if proven else GREY
        found = axes.errorbar(
            [value], [place], xerr=[width], fmt="o", markersize=_DOT, color=shade, ecolor=shade, elinewidth=1.4,
            capsize=2, markerfacecolor=shade if proven else look.background, label="_change",
        )  # fmt: skip
        said = "_beyond chance" if proven else "_within chance"  # in data for download, not in a legend
        for mark in (found.lines[0], *found.lines[2]):
            mark.set_label(said)
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
