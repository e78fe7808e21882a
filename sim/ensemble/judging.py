"""Which worlds fit what was observed: decided once, in the world as it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np

from sim.engine import block_size
from sim.ensemble.rows import Rows
from sim.foundations import Bools, Ints
from sim.scenario import Scenario
from sim.table import DealSpace, Observed, build, observe

#: Verdicts on blocks that a judge remembers: the same worlds are looked at again under other structures.
_REMEMBERED: Final = 512


@dataclass(frozen=True)
class Judge:
    """Whose observations say which worlds count.

    A change of the world is no other evidence about it, so under an overlay, a lever or a hand on a slider the
    observations of the world as it was keep their verdict; a number of a sweep's point is a reading of that world.

    scenario: the world as it was when it was observed
    readings: whether numbers that rows fix are readings of that world, and not changes of it
    Source:   intervention after conditioning (abduction, action, prediction: Pearl 2009, ch. 7)

    Example:
        >>> from sim.scenario import read_scenario
        >>> Judge(read_scenario("scenarios/pie")).fitting(Rows(np.arange(3))).tolist()
        [True, True, True]
    """

    scenario: Scenario
    readings: bool = False
    _seen: dict[Any, Bools] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """What it remembers stays where it is."""
        return Judge, (self.scenario, self.readings)

    @cached_property
    def space(self) -> DealSpace:
        """Deals of the scenario."""
        return DealSpace.of(self.scenario)

    def fitting(self, rows: Rows) -> Bools:
        """(n,) rows that fit what was observed; nothing is played, and the latest verdicts are remembered."""
        if not self.scenario.observations:
            return np.ones(len(rows), bool)
        kept = {path: value for path, value in rows.fixed.items() if self.readings and path in self.scenario.numbers}
        looked = Rows(rows.world, fixed=kept, central=rows.central)
        name = (rows.world.tobytes(), rows.central, *((path, np.asarray(v).tobytes()) for path, v in kept.items()))
        if name not in self._seen:
            self._seen[name] = self._looked_at(looked)
            while len(self._seen) > _REMEMBERED:
                del self._seen[next(iter(self._seen))]
        return self._seen[name]

    def _looked_at(self, rows: Rows) -> Bools:
        size = block_size(self.space, len(self.scenario.actors))
        parts = [rows.part(slice(start, start + size)) for start in range(0, len(rows), size)]
        return np.concatenate([observed(self.space, part).consistent for part in parts])


def observed(space: DealSpace, rows: Rows) -> Observed:
    """What each observation of a scenario says of some of its worlds; nothing is played."""
    return observe(build(space, rows.draws(space.scenario)))


def fitting_worlds(scenario: Scenario, count: int, *, first: int = 0) -> tuple[Ints, bool]:
    """Find the worlds that fit the observations, among ``count`` from number ``first`` on.

    Returns:
        numbers of the worlds, and whether any fits; if none does, all of them
    """
    numbers = np.arange(first, first + count, dtype=np.int64)
    mask = Judge(scenario).fitting(Rows(numbers))
    return (numbers[mask], True) if mask.any() else (numbers, False)


def counting(consistent: Bools) -> Bools:
    """(n,) rows that shares are taken among: those that fit the observations, or all where none does.

    Example:
        >>> counting(np.array([False, True])).tolist(), counting(np.array([False, False])).tolist()
        ([False, True], [True, True])
    """
    mask = np.asarray(consistent, bool)
    return mask if mask.any() else np.ones_like(mask)
