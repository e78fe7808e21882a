"""Rows of bars: a pale one for all worlds and a full one for those that fit the observations, with their errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Patch

from sim.foundations import Floats, Ints
from sim.plots.frame.labels import inches
from sim.plots.frame.style import GREY, PALE, Look
from sim.plots.frame.world_groups import WorldGroup, bar_lengths
from sim.words import percent

_WIDE: Final = 8.0  # inches from which three entries of a legend stand beside each other


def grouped_bars(
    axes: Axes,
    places: Sequence[float],
    counts: Sequence[Ints | Floats],
    sizes: Sequence[int],
    colors: Sequence[str],
    shown: Sequence[WorldGroup],
    look: Look,
) -> None:
    """Draw in each row one horizontal bar per group of worlds, its share written beside it.

    Args:
        places: (rows,) where the rows stand
        counts: for each group (rows,) how many worlds
        sizes:  for each group out of how many
        colors: (rows,)
    """
    for order, (group, count, size) in enumerate(zip(shown, counts, sizes, strict=True)):
        last = order == len(shown) - 1
        away, thick = bar_place(0.0, order, len(shown))
        at = np.asarray(places, dtype=float) + away
        share_bars(
            axes,
            at,
            np.asarray(count, dtype=float),
            size,
            colors,
            look,
            thick=thick,
            label=group.label,
            pale=not last,
        )
    share_axis(axes)


def share_bars(
    axes: Axes,
    at: Floats,
    count: Floats,
    size: float,
    colors: Sequence[str],
    look: Look,
    *,
    thick: float,
    label: str = "",
    pale: bool = False,
    suffix: str = "",
) -> None:
    """Draw one horizontal bar per row with its 95 % interval and its share beside it.

    Args:
        at:     (rows,) where the bars stand
        count:  (rows,) how many worlds
        size:   out of how many
        suffix: written behind each share
    """
    share, error = bar_lengths(count, size)
    axes.barh(
        at,
        share,
        thick,
        xerr=error,
        color=list(colors),
        alpha=PALE if pale else None,
        label=label,
        error_kw={"ecolor": look.ink, "elinewidth": 1.0, "capsize": 2},
    )
    ink = look.muted if pale else look.ink
    for y, value, beyond in zip(at, share, error[1], strict=True):
        label_bar(axes, float(value + beyond), float(y), f"{percent(value / 100)} {suffix}".rstrip(), ink)


def label_bar(axes: Axes, x: float, y: float, words: str, color: str) -> None:
    """Write a few words to the right of where a bar or its error ends, also beyond the end of the axis."""
    axes.annotate(words, (x, y), (4, 0), textcoords="offset points", va="center", fontsize=8.5, color=color,
                  annotation_clip=False)  # fmt: skip


def share_axis(axes: Axes) -> None:
    """A scale of shares from 0 to 100 %, which no share exceeds."""
    axes.set_xlim(0, 100)
    axes.set_xticks(range(0, 101, 25))
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)


def bar_place(row: float, order: int, groups: int) -> tuple[float, float]:
    """Where the bar of a group stands in a row, and how thick it is."""
    thick = 0.37 if groups > 1 else 0.62
    return row + (order - (groups - 1) / 2) * (thick + 0.02), thick


def group_legend(body: SubFigure, shown: Sequence[WorldGroup], prefix: str = "", also: Sequence[Patch] = ()) -> None:
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
