"""Rows of bars: a pale one for all draws and a full one for the consistent draws, with their errors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Patch

from sim.foundations import Floats, Ints
from sim.plots.frame.labels import inches
from sim.plots.frame.shares import Group, bars, percent
from sim.plots.frame.style import GREY, PALE, Look

_WIDE = 8.0  # inches from which three entries of a legend stand beside each other


def grouped_bars(
    axes: Axes,
    places: Sequence[float],
    counts: Sequence[Ints | Floats],
    sizes: Sequence[int],
    colors: Sequence[str],
    shown: Sequence[Group],
    look: Look,
) -> None:
    """Draw in each row one horizontal bar per group of draws, its share written beside it.

    Args:
        places: (rows,) where the rows stand
        counts: for each group (rows,) how many draws
        sizes:  for each group out of how many
        colors: (rows,)
    """
    for order, (group, count, size) in enumerate(zip(shown, counts, sizes, strict=True)):
        last = order == len(shown) - 1
        share, error = bars(np.asarray(count, dtype=float), size)
        away, thick = bar_place(0.0, order, len(shown))
        at = np.asarray(places, dtype=float) + away
        axes.barh(
            at,
            share,
            thick,
            xerr=error,
            color=list(colors),
            alpha=None if last else PALE,
            label=group.label,
            error_kw={"ecolor": look.ink, "elinewidth": 1.0, "capsize": 2},
        )
        for y, value, beyond in zip(at, share, error[1], strict=True):
            axes.text(
                value + beyond + 1.5,
                y,
                percent(value / 100),
                va="center",
                fontsize=8.5,
                color=look.ink if last else look.muted,
            )
    axes.set_xlim(0, 116)
    axes.set_xticks(range(0, 101, 25))
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)


def bar_place(row: float, order: int, groups: int) -> tuple[float, float]:
    """Where the bar of a group stands in a row, and how thick it is."""
    thick = 0.37 if groups > 1 else 0.62
    return row + (order - (groups - 1) / 2) * (thick + 0.02), thick


def group_legend(body: SubFigure, shown: Sequence[Group], prefix: str = "", also: Sequence[Patch] = ()) -> None:
    """Say which bar is which group, below the panels; nothing where there is one group only.

    Args:
        also: more entries, which stand in any case
    """
    handles: list[Patch] = []
    if len(shown) > 1:
        handles = [
            Patch(color=GREY, alpha=PALE if group is not shown[-1] else None, label=f"{prefix}{group.label}")
            for group in shown
        ]
    handles += also
    if handles:
        body.legend(handles=handles, loc="outside lower center", ncols=3 if inches(body) > _WIDE else 2)
