"""Lines from theory drawn over a map: contours at zero, their names on them, small strokes on the side meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.contour import ContourSet
from matplotlib.patheffects import AbstractPathEffect, Normal, Stroke, TickedStroke, withStroke
from matplotlib.text import Text

from sim.plots.frame.style import Look
from sim.plots.sweep.boundary_lines import BoundaryLine, LineRole

_LETTERS: Final = 7.5  # points
#: Width of a letter as a share of its size; pixels between places that are tried for a name.
_WIDE, _STEP = 0.6, 4.0
#: Dashes and width in points by role; a check is a row of circles.
_STYLES: Final[Mapping[LineRole, tuple[Any, float]]] = {
    "signing": ("-", 1.7),
    "kind": ((0, (6, 2.5)), 1.3),
    "half": ((0, (1.2, 1.4)), 1.7),
    "terms": ((0, (7, 2, 1.5, 2)), 1.3),
    "check": ((0, (0.01, 4.2)), 3.6),
}
#: Solid, whatever the dashes of the line that the strokes stand on.
_SOLID: Final = {"dash_offset": 0, "dash_list": None}


def draw_boundaries(axes: Axes, lines: Sequence[BoundaryLine], look: Look, *, labels: bool = True) -> None:
    """Draw lines over a map, each with a halo and with strokes on the side on which its name holds.

    Every contour has the gid of its line's name.

    Args:
        labels: whether there is room for names; a line too short for its name has none. A share that a name would
            half hide is not written
    """
    for line in lines:
        dashes, width = _STYLES[line.role]
        drawn = axes.contour(line.across, line.up, line.field, levels=[0.0], colors=[look.ink], linestyles=[dashes],
                             linewidths=width, zorder=2.7 if line.role == "check" else 2.6)  # fmt: skip
        drawn.set(
            path_effects=_circles(look) if line.role == "check" else _sided(look, width),
            capstyle="round" if line.role == "check" else "butt",
            gid=line.name,
        )
        if labels and line.role != "check" and (place := _straightest(axes, drawn, line.label)) is not None:
            for text in axes.clabel(drawn, fmt={0.0: line.label}, fontsize=_LETTERS, inline_spacing=4, manual=[place]):
                text.set(gid=f"label:{line.name}", zorder=6)
                text.set_path_effects([withStroke(linewidth=2.5, foreground=look.background)])
                _clear_under(axes, text)


def _straightest(axes: Axes, drawn: ContourSet, label: str) -> tuple[float, float] | None:
    """Middle of the straightest piece of a line that is as long as its name; ``None`` if it is too short for it.

    Left to itself ``clabel`` looks at the few points of long straight pieces, and writes across their corners.
    """
    wanted = int(len(label) * _LETTERS * _WIDE * axes.figure.dpi / 72 / _STEP)
    best, found = 0.0, None
    for piece in (part for path in drawn.get_paths() for part in path.to_polygons(closed_only=False)):
        pixels = axes.transData.transform(piece)
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(pixels, axis=0).T))])
        steps = np.arange(0.0, along[-1], _STEP)
        dense = np.column_stack([np.interp(steps, along, pixels[:, d]) for d in (0, 1)])
        chord = np.hypot(*(dense[wanted:] - dense[:-wanted]).T)
        if len(chord) and chord.max() > best + 1:
            straight = np.flatnonzero(chord > chord.max() - 1)
            best, found = float(chord.max()), dense[straight[len(straight) // 2] + wanted // 2]
    if found is None:
        return None
    x, y = axes.transData.inverted().transform(found)
    return float(x), float(y)


def _clear_under(axes: Axes, name: Text) -> None:
    """Leave out the shares of cells whose middle a name covers; a dot stays."""
    size = _LETTERS * axes.figure.dpi / 72
    half = np.array([len(name.get_text()) * _WIDE / 2 + 1.0, 1.2]) * size
    turn = np.deg2rad(float(name.get_rotation()))
    axis = np.array([np.cos(turn), np.sin(turn)])
    middle = name.get_transform().transform(name.get_position())
    for text in axes.texts:
        away = text.get_transform().transform(text.get_position()) - middle
        if text.get_gid() == "cell" and (np.abs([away @ axis, away @ (-axis[1], axis[0])]) < half).all():
            text.set_text("•" if "•" in text.get_text() else "")


def _sided(look: Look, width: float) -> list[AbstractPathEffect]:
    """A halo, the line, and strokes to its left, where a contour's field is above zero."""
    halo = Stroke(linewidth=width + 1.8, foreground=look.background, alpha=0.8)
    return [halo, Normal(), TickedStroke(spacing=11, angle=90, length=0.4, linewidth=0.8, dashes=_SOLID)]


def _circles(look: Look) -> list[AbstractPathEffect]:
    """A dash of no length with round ends is a dot, and a smaller one in it makes a circle."""
    return [Stroke(linewidth=4.4, foreground=look.ink), Stroke(linewidth=2.8, foreground=look.background)]
