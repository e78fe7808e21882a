"""How it mostly ends over two numbers: a coarse grid, each cell a few dozen worlds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from sim.ensemble import Design, counting, play_rows
from sim.foundations import Bools, Ints
from sim.scenario.kinds import ending_codes
from sim.view.sliders import Slider, Stop
from sim.view.theory_line import TheoryLine, theory_line
from sim.view.viewed_case import ViewedCase

#: Cells along a side, and worlds in a cell.
SIDE = 9
MAP_WORLDS = 80


@dataclass(frozen=True)
class MapCell:
    """The worlds of one cell.

    endings: (B,) how each ends, index into ``names``
    fitting: (B,) which fit what was observed; all, if none does
    names:   codes of the endings
    """

    endings: Ints
    fitting: Bools
    names: tuple[str, ...]

    @property
    def counts(self) -> Ints:
        """(E,) how many of the worlds that fit end in each way, as far as any does."""
        return np.bincount(self.endings[self.fitting])

    @property
    def modal(self) -> int:
        """The most frequent ending of the worlds that fit, the first named on a tie."""
        return int(self.counts.argmax())

    @property
    def ending(self) -> str:
        """Code of the most frequent ending."""
        return self.names[self.modal]

    @property
    def share(self) -> float:
        """Share of the worlds that fit which end that way."""
        return float(self.counts.max() / self.fitting.sum())

    def typical(self) -> list[int]:
        """Numbers of the worlds that fit, those with the most frequent ending first."""
        inside = np.flatnonzero(self.fitting)
        like = self.endings[inside] == self.modal
        return [*inside[like].tolist(), *inside[~like].tolist()]


@dataclass
class EndingMap:
    """A map being drawn.

    x, y:  the two numbers
    xs, ys: stops of the columns and of the rows, low to high
    fixed: the other numbers that were set by hand
    cells: (column, row) -> cell, as far as played
    theory: where some deal is acceptable to all who must sign, once that is known
    """

    x: Slider
    y: Slider
    fixed: Mapping[str, Stop]
    xs: tuple[Stop, ...] = ()
    ys: tuple[Stop, ...] = ()
    worlds: int = MAP_WORLDS
    cells: dict[tuple[int, int], MapCell] = field(default_factory=dict)
    theory: TheoryLine | None = None

    def __post_init__(self) -> None:
        self.xs, self.ys = spread_out(self.x), spread_out(self.y)

    @property
    def size(self) -> int:
        """How many cells there are in all."""
        return len(self.xs) * len(self.ys)

    @property
    def standing(self) -> tuple[float, float]:
        """Where the two numbers stand, in columns and rows: where they were set, or at their central values."""
        spots = []
        for slider, stops in ((self.x, self.xs), (self.y, self.ys)):
            at = self.fixed.get(slider.path, slider.stops[slider.central])
            places = [stop.place for stop in stops]
            spots.append(float(np.interp(at.place, places, np.arange(len(places)) + 0.5)))
        return spots[0], spots[1]

    @property
    def here(self) -> tuple[int, int]:
        """The cell in which the two numbers stand."""
        across, up = self.standing
        return min(int(across), len(self.xs) - 1), min(int(up), len(self.ys) - 1)

    def setting(self, column: int, row: int) -> dict[str, Stop]:
        """The numbers that are fixed in a cell."""
        return {**self.fixed, self.x.path: self.xs[column], self.y.path: self.ys[row]}

    def play(self, opened: ViewedCase, told: Callable[[int, int], None]) -> None:
        """Play all cells, coarse pattern first; on the same worlds, so that neighbours differ by cause only.

        Args:
            told: called after each cell with (done, in all); what it raises ends the work
        """
        self.theory = theory_line(opened, (self.x.path, self.xs), (self.y.path, self.ys), self.fixed)
        names = ending_codes(opened.scenario)
        fitting = counting(opened.fitting(self.worlds))
        for column, row in coarse_first(len(self.xs), len(self.ys)):
            fixed = {path: stop.place for path, stop in self.setting(column, row).items()}
            found = play_rows(Design.of_draws(opened.scenario, self.worlds, fixed=fixed), ["ending"])
            cell = MapCell(found.arrays["ending"].astype(np.int64), fitting, names)
            self.cells = {**self.cells, (column, row): cell}  # a new one, because another thread reads the old one
            told(len(self.cells), self.size)


def spread_out(slider: Slider) -> tuple[Stop, ...]:
    """At most SIDE stops of a slider, evenly spread, both ends among them."""
    count = min(SIDE, len(slider.stops))
    picked = np.unique(np.round(np.linspace(0, len(slider.stops) - 1, count)).astype(int))
    return tuple(slider.stops[n] for n in picked)


def coarse_first(columns: int, rows: int) -> list[tuple[int, int]]:
    """All cells in an order in which any beginning covers the whole grid evenly.

    Example:
        >>> coarse_first(3, 2)
        [(0, 0), (2, 0), (1, 0), (0, 1), (1, 1), (2, 1)]
    """

    def coarseness(n: int) -> int:
        return next((step for step in (8, 4, 2) if n % step == 0), 1)

    cells = [(x, y) for x in range(columns) for y in range(rows)]
    return sorted(cells, key=lambda cell: (-min(coarseness(cell[0]), coarseness(cell[1])), cell[1], cell[0]))
