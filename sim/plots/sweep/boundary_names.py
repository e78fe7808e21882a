"""Names of the lines on a map, written where each leaves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.axes import Axes

from sim.plots.frame.label_spacing import spaced
from sim.plots.frame.style import Look
from sim.plots.sweep.boundary_lines import BoundaryLine
from sim.plots.sweep.zero_lines import crossings

#: Size of letters in points; a row above the map; width of a name and height of one, as shares of the map.
_LETTERS: Final = 7.5
_ROW: Final = 22
_WIDE, _HIGH = 0.32, 0.1
#: Names of lines that leave the map further right than this are written to the left of them.
_TURN: Final = 0.6


def write_names(axes: Axes, lines: Sequence[BoundaryLine], look: Look) -> None:
    """Write the name of each line where it leaves the map: above it, else to the right, else beside its middle.

    An arrow points to the side on which the name holds.
    """
    above: list[_Name] = []
    right: list[_Name] = []
    for line in lines:
        top, side = crossings(line.field[-1], line.across), crossings(line.field[:, -1], line.up)
        holds = bool(line.field[-1, -1] >= 0)
        if top:
            text = f"{line.label} →" if holds else f"← {line.label}"
            above.append(_Name(text, line, top[-1], _share(top[-1], line.across.edges)))
        elif side:
            right.append(
                _Name(f"{'↑' if holds else '↓'} {line.label}", line, side[-1], _share(side[-1], line.up.edges))
            )
        else:
            _inside(axes, line, look)
    for name, row in _rows(above):
        _above(axes, name, row, look)
    for name, place in zip(right, spaced([name.share for name in right], _HIGH, 0.0, 1.0), strict=True):
        _beside(axes, name, place, look)


@dataclass(frozen=True)
class _Name:
    """A name, its line, where the line leaves the map, and the same as a share of the map."""

    text: str
    line: BoundaryLine
    place: float
    share: float

    @property
    def leftward(self) -> bool:
        return self.share > _TURN

    @property
    def span(self) -> tuple[float, float]:
        return (self.share - _WIDE, self.share) if self.leftward else (self.share, self.share + _WIDE)

    def covers(self, share: float) -> bool:
        return self.span[0] < share < self.span[1]


def _share(place: float, edges: np.ndarray) -> float:
    return float((place - edges[0]) / (edges[-1] - edges[0]))


def _rows(names: Sequence[_Name]) -> Iterator[tuple[_Name, int]]:
    """Give each name above the map a row in which it covers no other name and no thread from a higher one."""
    placed: list[tuple[_Name, int]] = []
    for name in sorted(names, key=lambda name: (name.leftward, name.share if name.leftward else -name.share)):
        row = 0
        for other, taken in placed:
            together = name.span[0] < other.span[1] and other.span[0] < name.span[1]
            if together and row <= taken:
                row = taken + 1
        placed.append((name, row))
    return iter(placed)


def _above(axes: Axes, name: _Name, row: int, look: Look) -> None:
    x = 1.0 if name.leftward else 0.0
    thread = {"arrowstyle": "-", "color": look.ink, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0, "relpos": (x, 0)}
    axes.annotate(
        name.text, (name.place, 1.0), (0, 4 + _ROW * row), xycoords=axes.get_xaxis_transform(),
        textcoords="offset points", ha="right" if name.leftward else "left", va="bottom", fontsize=_LETTERS,
        color=look.ink, annotation_clip=False, linespacing=1.05, gid=f"label:{name.line.name}",
        arrowprops=thread if row else None,
    )  # fmt: skip


def _beside(axes: Axes, name: _Name, place: float, look: Look) -> None:
    low, high = name.line.up.edges[0], name.line.up.edges[-1]
    axes.annotate(
        name.text, (name.line.across.ends[1], name.place), (1.02, low + place * (high - low)), xycoords="data",
        textcoords=axes.get_yaxis_transform(), va="center", ha="left", fontsize=_LETTERS, color=look.ink,
        linespacing=1.05, annotation_clip=False, gid=f"label:{name.line.name}",
        arrowprops={"arrowstyle": "-", "color": look.ink, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0},
    )  # fmt: skip


def _inside(axes: Axes, line: BoundaryLine, look: Look) -> None:
    """Write a name beside the middle of a line that ends nowhere near, on the side where it holds."""
    path = max(line.paths, key=len)
    x, y = path[len(path) // 2]
    row = int(np.abs(line.up.places - y).argmin())
    column = int(np.abs(line.across.places - x).argmin())
    near = line.field[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
    rise, run = float((near[-1] - near[0]).mean()), float((near[:, -1] - near[:, 0]).mean())
    axes.annotate(
        line.label, (x, y), (9 if run >= 0 else -9, 9 if rise >= 0 else -9), textcoords="offset points",
        ha="left" if run >= 0 else "right", va="bottom" if rise >= 0 else "top", fontsize=_LETTERS, color=look.ink,
        zorder=6, gid=f"label:{line.name}", linespacing=1.05,
        bbox={"boxstyle": "round,pad=0.15", "facecolor": look.background, "edgecolor": "none", "alpha": 0.85},
    )  # fmt: skip
