"""Where a signed field over a map changes its sign: contours along ranges, steps between choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from contourpy import contour_generator

from sim.foundations import Floats

#: A line, point after point: (N, 2) places across and up.
Path = Floats


@dataclass(frozen=True)
class Scale:
    """One axis of a map as a field is known along it.

    places: (N,) where the field is known, rising
    edges:  (N + 1,) borders of cells, where the axis has choices
    steps:  whether it has choices, so that nothing is known between them
    """

    places: Floats
    edges: Floats
    steps: bool

    @property
    def ends(self) -> tuple[float, float]:
        """Where lines along the axis begin and end."""
        span = self.edges if self.steps else self.places
        return float(span[0]), float(span[-1])


def zero_lines(field: Floats, across: Scale, up: Scale) -> list[Path]:
    """Draw the border between 0 or more and less.

    Args:
        field: (rows, columns) signed, by ``up`` and ``across``
    Returns:
        lines; between choices they run along the borders of cells
    Source: marching squares where both axes are ranges
    Example:
        >>> half = Scale(np.array([0.0, 1.0]), np.array([-0.5, 0.5, 1.5]), steps=False)
        >>> [line.tolist() for line in zero_lines(np.array([[-1.0, 1.0], [-1.0, 1.0]]), half, half)]
        [[[0.5, 1.0], [0.5, 0.0]]]
    """
    if not across.steps and not up.steps:
        found = contour_generator(across.places, up.places, field).lines(0.0)
        return [np.asarray(line) for line in found if isinstance(line, np.ndarray) and len(line) > 1]
    if not up.steps:
        return [line[:, ::-1] for line in zero_lines(field.T, up, across)]
    crossed = [crossings(row, across) for row in field]
    pieces = [
        ((x, up.edges[r]), (x, up.edges[r + 1])) for r, places in enumerate(crossed) for x in places
    ]  # fmt: skip
    for r in range(len(field) - 1):
        marks = [across.ends[0], *sorted([*crossed[r], *crossed[r + 1]]), across.ends[1]]
        for left, right in pairwise(marks):
            middle = (left + right) / 2
            if right > left and _holds(field[r], crossed[r], middle) != _holds(field[r + 1], crossed[r + 1], middle):
                pieces.append(((left, up.edges[r + 1]), (right, up.edges[r + 1])))
    return _joined(pieces)


def crossings(values: Floats, scale: Scale) -> list[float]:
    """Places along an axis at which a row or column of the field changes its sign."""
    changes = np.flatnonzero((values[1:] >= 0) != (values[:-1] >= 0))
    if scale.steps:
        return [float(scale.edges[n + 1]) for n in changes]
    before, after = values[changes], values[changes + 1]
    share = before / (before - after)
    return [float(p) for p in scale.places[changes] + share * (scale.places[changes + 1] - scale.places[changes])]


def _holds(values: Floats, crossed: Sequence[float], place: float) -> bool:
    return bool(values[0] >= 0) != bool(sum(x < place for x in crossed) % 2)


def _joined(pieces: Sequence[tuple[tuple[float, float], tuple[float, float]]]) -> list[Path]:
    """Put pieces that share an end together, so that dashes run on around corners."""
    left = [[_point(one), _point(two)] for one, two in pieces]
    lines: list[Path] = []
    while left:
        line = left.pop(0)
        grew = True
        while grew:
            grew = False
            for n, piece in enumerate(left):
                for ends in (piece, piece[::-1]):
                    if ends[0] == line[-1]:
                        line = [*line, *ends[1:]]
                    elif ends[-1] == line[0]:
                        line = [*ends[:-1], *line]
                    else:
                        continue
                    left.pop(n)
                    grew = True
                    break
                if grew:
                    break
        lines.append(np.array(line))
    return lines


def _point(place: tuple[float, float]) -> tuple[float, float]:
    return round(float(place[0]), 9), round(float(place[1]), 9)
