"""A design: a scenario, the rows in which it is played, and whose observations say which of them count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from sim.ensemble.judging import Judge
from sim.ensemble.rows import GivenRows, Rows, RowSource
from sim.foundations import Floats, InputError, Ints
from sim.scenario import Scenario


@dataclass(frozen=True)
class Design:
    """A scenario and the rows in which it is played.

    scenario: what is played
    source:   the rows, a few at a time
    judge:    whose observations say which rows count; ``None``: those of the scenario itself, in the rows as played
    first:    row to begin with, where those before it have been played already
    """

    scenario: Scenario
    source: RowSource
    judge: Judge | None = None
    first: int = 0

    @property
    def points(self) -> int:
        """How many rows are to be played."""
        return self.source.points - self.first

    def rows(self, start: int, stop: int) -> Rows:
        """Some of them."""
        return self.source.rows(self.first + start, self.first + stop)

    @classmethod
    def of_draws(
        cls,
        scenario: Scenario,
        draws: int | Ints,
        *,
        central: bool = False,
        fixed: Mapping[str, float | Floats] | None = None,
        judge: Scenario | Judge | None = None,
    ) -> Self:
        """Worlds of a scenario, each with its own luck.

        Args:
            draws:   how many, from number 0 on; or (n,) their numbers
            central: every number at its central value
            fixed:   path -> one value, or (n,) values, that replace the draw
            judge:   another scenario, or its judge, whose observations say which worlds count: the base of an overlay
        Raises:  InputError where there is no world to be played
        Example:
            >>> from sim.scenario import read_scenario
            >>> Design.of_draws(read_scenario("scenarios/pie"), 20).points
            20
        """
        numbers = np.arange(draws) if isinstance(draws, int) else np.asarray(draws, dtype=np.int64)
        if not len(numbers):
            raise InputError("there is no world to be played")
        rows = Rows(numbers, fixed=dict(fixed or {}), central=central)
        if isinstance(judge, Scenario):
            judge = None if judge is scenario else Judge(judge)
        return cls(scenario, GivenRows(rows), judge)

    def world(self, number: int) -> Rows:
        """The first row with this world.

        Raises:  InputError where no row has it
        """
        found = self.rows(0, self.points)
        where = np.flatnonzero(found.world == number)
        if not len(where):
            raise InputError(f"there is no world {number} in this design")
        return found.part(where[:1])
