"""Lines from theory painted over a map, each with a halo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.markers import CARETDOWNBASE, CARETLEFTBASE, CARETRIGHTBASE, CARETUPBASE

from sim.plots.frame.style import Look
from sim.plots.sweep.boundary_lines import BoundaryLine, Role
from sim.plots.sweep.boundary_names import write_names
from sim.plots.sweep.zero_lines import Path, Scale

#: Dashes and width by role.
_STYLES: Final[Mapping[Role, tuple[Any, float]]] = {
    "signing": ("-", 1.7),
    "kind": ((0, (6, 2.5)), 1.3),
    "half": ((0, (1.2, 1.4)), 1.7),
    "terms": ((0, (7, 2, 1.5, 2)), 1.3),
    "check": ("none", 0.0),
}
#: Circles stand this far apart, as a share of the map, and triangles.
_APART: Final = 0.085
_TRIANGLES_APART: Final = 0.34
#: How far from a line its sides are looked up, as a share of the map.
_ASIDE: Final = 0.03
_TRIANGLES: Final = ((1, 0, CARETRIGHTBASE), (-1, 0, CARETLEFTBASE), (0, 1, CARETUPBASE), (0, -1, CARETDOWNBASE))


def draw_boundaries(axes: Axes, lines: Sequence[BoundaryLine], look: Look, *, labels: bool = True) -> None:
    """Draw lines over a map, each with a halo, and write their names where they leave it.

    Every piece of a line has the gid ``NAME:N``; its points are those of ``BoundaryLine.paths``.

    Args:
        labels: whether there is room for names; small triangles on the lines say which side is meant otherwise
    """
    drawn = [line for line in lines if line.role != "check"]
    for line in drawn:  # halos first: they would hide a line that runs along another
        for path in line.paths:
            _stroke(axes, path, color=look.background, linewidth=_STYLES[line.role][1] + 1.8, alpha=0.8, zorder=2.5)
    for line in drawn:
        dashes, thick = _STYLES[line.role]
        for n, path in enumerate(line.paths):
            _stroke(axes, path, color=look.ink, linewidth=thick, linestyle=dashes, zorder=2.6, gid=f"{line.name}:{n}")
    for line in lines:
        if line.role == "check":
            _circles(axes, line, look)
    if labels:
        write_names(axes, drawn, look)
    else:
        for line in drawn:
            _triangles(axes, line, look)


def _stroke(axes: Axes, path: Path, **how: Any) -> None:
    axes.plot(*path.T, scalex=False, scaley=False, solid_capstyle="butt", dash_capstyle="butt", **how)


def _circles(axes: Axes, line: BoundaryLine, look: Look) -> None:
    """Circles at even distances along a line."""
    for n, path in enumerate(line.paths):
        x, y = _along(line, path, _APART).T
        if not len(x):
            continue
        axes.plot(
            x, y, linestyle="none", marker="o", markersize=4.2, markerfacecolor=look.background, scalex=False,
            scaley=False, markeredgecolor=look.ink, markeredgewidth=0.9, zorder=2.7, gid=f"{line.name}:{n}",
        )  # fmt: skip


def _triangles(axes: Axes, line: BoundaryLine, look: Look) -> None:
    """Small triangles on a line that point to the side where its field is 0 or more."""
    for path in line.paths:
        for x, y in _along(line, path, _TRIANGLES_APART):
            sides = [(_beside(line, x, y, dx, dy), marker) for dx, dy, marker in _TRIANGLES]
            (holds, _), marker = max(sides, key=lambda side: side[0][0] - side[0][1])
            if holds >= 0:
                axes.plot(
                    [x], [y], linestyle="none", marker=marker, markersize=6, markerfacecolor=look.ink, scalex=False,
                    scaley=False, markeredgecolor=look.background, markeredgewidth=0.5, zorder=2.65,
                    gid=f"side:{line.name}",
                )  # fmt: skip


def _beside(line: BoundaryLine, x: float, y: float, dx: int, dy: int) -> tuple[float, float]:
    """The field a little ahead and a little behind, at the nearest places where it is known."""

    def at(step: float) -> float:
        column = _nearest(line.across, x + step * dx * _width(line.across))
        return float(line.field[_nearest(line.up, y + step * dy * _width(line.up)), column])

    return at(_ASIDE), at(-_ASIDE)


def _nearest(scale: Scale, place: float) -> int:
    return int(np.abs(scale.places - place).argmin())


def _width(scale: Scale) -> float:
    return float(scale.edges[-1] - scale.edges[0])


def _along(line: BoundaryLine, path: Path, apart: float) -> Path:
    """(N, 2) places at even distances along a path, the first half a distance from its beginning."""
    steps = np.hypot(np.diff(path[:, 0]) / _width(line.across), np.diff(path[:, 1]) / _width(line.up))
    along = np.concatenate([[0.0], np.cumsum(steps)])
    places = np.arange(min(apart, along[-1]) / 2, along[-1], apart)
    return np.column_stack([np.interp(places, along, path[:, d]) for d in (0, 1)])
