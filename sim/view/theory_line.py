"""The line that theory draws over the regime map: where some deal is acceptable to all who must sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import contourpy
import numpy as np

from sim.foundations import TOLERANCE, Floats
from sim.scenario import Scenario
from sim.sweeps.boundaries import best_margin, middle_worlds
from sim.table import DealSpace
from sim.view.sliders import Stop
from sim.view.viewed_case import ViewedCase


@dataclass(frozen=True)
class TheoryLine:
    """The signing rule over a map, at central values, whatever the talks do.

    lines: each (N, 2) places in columns and rows, cells one wide; the side on which some deal is acceptable to
           all is on the left, seen with rows upwards
    share: share of the cells where one is
    """

    lines: tuple[Floats, ...]
    share: float


def theory_line(
    opened: ViewedCase, x: tuple[str, Sequence[Stop]], y: tuple[str, Sequence[Stop]], others: Mapping[str, Stop]
) -> TheoryLine | None:
    """Look the signing rule up at every cell of a map; numbers set by hand stand as set, others at their centre.

    Args:
        x, y:   path and stops of the columns and of the rows
        others: numbers set by hand
    Returns:
        ``None`` where a number has no order or but one value, so that there is no line to speak of
    Source: master inequality, as in ``sim.table.surplus``; lines as in ``sim.sweeps.boundaries``
    """
    if any(len(stops) < 2 or not _ordered(opened.scenario, path) for path, stops in (x, y)):
        return None
    across, up = np.meshgrid([stop.place for stop in x[1]], [stop.place for stop in y[1]])
    fixed: dict[str, float | Floats] = {path: stop.place for path, stop in others.items()}
    fixed |= {x[0]: across.ravel(), y[0]: up.ravel()}
    worlds = middle_worlds(DealSpace.of(opened.scenario), fixed, across.size)
    margin = (best_margin(worlds) + TOLERANCE).reshape(across.shape)
    columns, rows = (np.arange(count) + 0.5 for count in reversed(margin.shape))
    # Separate lines, each with what is above zero on its left.
    found = contourpy.contour_generator(columns, rows, margin, line_type=contourpy.LineType.Separate).lines(0.0)
    return TheoryLine(tuple(np.asarray(line, dtype=float) for line in found), float((margin >= 0).mean()))


def _ordered(scenario: Scenario, path: str) -> bool:
    number = scenario.numbers[path]
    if number.quantity.options is not None:
        return False
    return number.issue is None or scenario.issues[number.issue].kind != "categorical"
