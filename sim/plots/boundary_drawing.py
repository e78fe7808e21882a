"""Lines from theory painted over a map, each with a halo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes

from sim.plots.boundary_lines import BoundaryLine, Role
from sim.plots.boundary_names import write_names
from sim.plots.style import Look
from sim.plots.zero_lines import Path

#: Dashes and width by role.
_STYLES: Final[Mapping[Role, tuple[Any, float]]] = {
    "signing": ("-", 1.7),
    "kind": ((0, (6, 2.5)), 1.3),
    "half": ((0, (1.2, 1.4)), 1.7),
    "terms": ((0, (7, 2, 1.5, 2)), 1.3),
    "check": ("none", 0.0),
}
#: Circles stand this far apart, as a share of the map.
_APART: Final = 0.085


def draw_boundaries(axes: Axes, lines: Sequence[BoundaryLine], look: Look, *, labels: bool = True) -> None:
    """Draw lines over a map, each with a halo, and write their names where they leave it.

    Every piece of a line has the gid ``NAME:N``; its points are those of ``BoundaryLine.paths``.
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


def _stroke(axes: Axes, path: Path, **how: Any) -> None:
    axes.plot(*path.T, scalex=False, scaley=False, solid_capstyle="butt", dash_capstyle="butt", **how)


def _circles(axes: Axes, line: BoundaryLine, look: Look) -> None:
    """Circles at even distances along a line."""
    wide, high = (float(scale.edges[-1] - scale.edges[0]) for scale in (line.across, line.up))
    for n, path in enumerate(line.paths):
        along = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(path[:, 0]) / wide, np.diff(path[:, 1]) / high))])
        places = np.arange(_APART / 2, along[-1], _APART)
        if not len(places):
            continue
        x, y = (np.interp(places, along, path[:, d]) for d in (0, 1))
        axes.plot(
            x, y, linestyle="none", marker="o", markersize=4.2, markerfacecolor=look.background, scalex=False,
            scaley=False, markeredgecolor=look.ink, markeredgewidth=0.9, zorder=2.7, gid=f"{line.name}:{n}",
        )  # fmt: skip
