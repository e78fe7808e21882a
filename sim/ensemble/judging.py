"""Which worlds fit what was observed: decided once, in the world as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

import numpy as np

from sim.engine import block_size
from sim.ensemble.rows import Rows
from sim.foundations import Bools, Ints
from sim.scenario import Scenario
from sim.table import DealSpace, ObservationVerdicts, build, observe, settled_parts

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

    def fitting(self, rows: Rows, starts: Ints | None = None) -> Bools:
        """(n,) rows that fit what was observed; nothing is played.

        Args:
            starts: first rows of runs of rows, whose verdicts are remembered run by run; by default all is one run
        """
        if not self.scenario.observations or not len(rows):
            return np.ones(len(rows), bool)
        kept = {path: value for path, value in rows.fixed.items() if self.readings and path in self.scenario.numbers}
        looked = Rows(rows.world, fixed=kept, central=rows.central)
        first = np.zeros(1, np.int64) if starts is None else starts
        runs = [slice(start, stop) for start, stop in zip(first, [*first[1:], len(rows)], strict=True)]
        names = [_name(looked, run) for run in runs]
        unseen = [n for n, name in enumerate(names) if name not in self._seen]
        if unseen:
            where = np.concatenate([np.arange(len(rows))[runs[n]] for n in unseen])
            ends = np.cumsum([runs[n].stop - runs[n].start for n in unseen])
            for n, verdict in zip(unseen, np.split(self._looked_at(looked.part(where)), ends[:-1]), strict=True):
                self._seen[names[n]] = verdict
        verdict = np.concatenate([self._seen[name] for name in names])
        while len(self._seen) > _REMEMBERED:
            del self._seen[next(iter(self._seen))]
        return verdict

    def _looked_at(self, rows: Rows) -> Bools:
        size = block_size(self.space, len(self.scenario.actors))
        parts = [rows.part(slice(start, start + size)) for start in range(0, len(rows), size)]
        return np.concatenate([observed(self.space, part).consistent for part in parts])


def _name(rows: Rows, run: slice) -> tuple[Any, ...]:
    """What decides the verdicts on a run of rows."""
    fixed = ((path, np.broadcast_to(v, len(rows))[run].tobytes()) for path, v in rows.fixed.items())
    return rows.world[run].tobytes(), rows.central, *fixed


def observed(space: DealSpace, rows: Rows) -> ObservationVerdicts:
    """What each observation of a scenario says of some of its worlds; nothing is played."""
    found: ObservationVerdicts | None = None
    for part in settled_parts(space, rows.draws(space.scenario)):
        verdicts = observe(build(part.space.observed, part.draws))
        if len(part.where) == len(rows):
            return verdicts
        if found is None:
            shape = (len(rows), verdicts.kept.shape[1])
            found = ObservationVerdicts(verdicts.names, np.zeros(shape, bool), np.zeros(shape, bool))
        found.holds[part.where], found.kept[part.where] = verdicts.holds, verdicts.kept
    assert found is not None  # there is a part for every row
    return found


def fitting_elsewhere(scenario: Scenario, settings: Sequence[Rows], judge: Scenario) -> Bools:
    """Find the rows that fit what was observed in another world, the one that a scenario changes.

    Args:
        scenario: what is played, such as an overlay
        settings: rows of each setting, one setting after the other
        judge:    whose observations; numbers that rows fix and that both state alike are readings of that world too
    Returns:
        (N,) of all rows together
    """
    stated = scenario.numbers
    shared = {path for path, one in judge.numbers.items() if path in stated and stated[path].quantity == one.quantity}
    seen = Judge(judge, readings=True)
    read = [
        replace(rows, fixed={path: value for path, value in rows.fixed.items() if path in shared}) for rows in settings
    ]
    return np.concatenate([seen.fitting(rows) for rows in read])


def fitting_worlds(judge: Scenario | Judge, count: int, *, first: int = 0) -> tuple[Ints, bool]:
    """Find the worlds that fit the observations, among ``count`` from number ``first`` on.

    Args:
        judge: whose observations
    Returns:
        numbers of the worlds, and whether any fits; if none does, all of them
    """
    numbers = np.arange(first, first + count, dtype=np.int64)
    mask = (Judge(judge) if isinstance(judge, Scenario) else judge).fitting(Rows(numbers))
    return (numbers[mask], True) if mask.any() else (numbers, False)


def counting(consistent: Bools) -> Bools:
    """(n,) rows that shares are taken among: those that fit the observations, or all where none does.

    Example:
        >>> counting(np.array([False, True])).tolist(), counting(np.array([False, False])).tolist()
        ([False, True], [True, True])
    """
    mask = np.asarray(consistent, bool)
    return mask if mask.any() else np.ones_like(mask)
