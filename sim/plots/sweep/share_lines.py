"""Paint the share of each ending along one axis, with its 95 % intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Floats
from sim.plots.frame.labels import SPOKEN, capital, inches
from sim.plots.frame.shares import Z
from sim.plots.frame.style import ENDING_COLORS, Look

#: Ending -> marker, so that a figure can be read without colours.
ENDING_MARKERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "truce": "o",
        "partial": "s",
        "settlement": "^",
        "stalemate": "D",
        "war": "X",
        "deal": "^",
        "no_deal": "D",
        "broken": "X",
    }
)
ANY_DEAL: Final = "Any deal acceptable"
_MOST_MARKS: Final = 60
_ENTRY: Final = 1.48  # inches of an entry of the legend


def shown_endings(endings: Sequence[str], shares: Floats) -> list[int]:
    """Endings that get a line: all but a partial deal, which few scenarios have, and that one where it occurs.

    Args:
        shares: (..., E) of everything that is in the figure
    """
    highest = np.nanmax(shares.reshape(-1, len(endings)), axis=0)
    return [e for e, name in enumerate(endings) if highest[e] > 0 or name != "partial"]


def share_lines(
    axes: Axes, places: Floats, shares: Floats, errors: Floats, any_deal: Floats, endings: Sequence[str],
    shown: Sequence[int], look: Look, *, nudge: float, joined: bool = True, size: float = 4.5,
) -> None:  # fmt: skip
    """Lines with bars for the endings, and a dashed one for the share in which any deal is acceptable.

    Args:
        places:         (N,) along the axis
        shares, errors: (N, E) and standard errors, 0 to 1
        any_deal:       (N,) share in which some deal is acceptable
        shown:          which endings
        nudge:          by how much neighbouring lines are moved apart, so that bars do not cover each other
        joined:         whether the places are in an order, so that a line makes sense
        size:           of the markers
    """
    every = -(-len(places) // _MOST_MARKS)  # of many places only some are marked, or marks hide the line
    nudge = nudge if every == 1 else 0.0
    for order, ending in enumerate(shown):
        share, error = 100 * shares[:, ending], 100 * Z * errors[:, ending]
        axes.errorbar(
            places + nudge * (order - (len(shown) - 1) / 2), share,
            np.stack([np.minimum(error, share), np.minimum(error, 100 - share)]),
            color=ENDING_COLORS[endings[ending]], marker=ENDING_MARKERS[endings[ending]], markersize=size,
            linestyle="-" if joined else "", linewidth=1.6, elinewidth=0.9, markevery=every, errorevery=every,
            label=capital(SPOKEN[endings[ending]]),
        )  # fmt: skip
    if joined:
        axes.plot(places, 100 * any_deal, color=look.ink, linewidth=1.1, linestyle="--", label=ANY_DEAL)
    else:
        half = abs(nudge) * len(shown) / 2
        axes.hlines(100 * any_deal, places - half, places + half, color=look.ink, linewidth=1.1, linestyle="--",
                    label=ANY_DEAL)  # fmt: skip
    axes.set_ylim(-2, 102)
    axes.grid(axis="y")


def share_legend(body: SubFigure, axes: Axes) -> None:
    """One legend above all panels, with the marks of one of them."""
    handles, labels = axes.get_legend_handles_labels()
    body.legend(handles, labels, loc="outside upper center", ncols=legend_columns(body), fontsize=8.5)


def legend_columns(body: SubFigure) -> int:
    """How many entries of a legend stand side by side."""
    return max(int(inches(body) / _ENTRY), 2)


def rows_and_columns(count: int) -> tuple[int, int]:
    """How so many panels are laid out.

    Example:
        >>> [rows_and_columns(count) for count in (1, 3, 4, 5, 7)]
        [(1, 1), (1, 3), (2, 2), (2, 3), (3, 3)]
    """
    columns = count if count <= 3 else 2 if count == 4 else 3
    return -(-count // columns), columns
