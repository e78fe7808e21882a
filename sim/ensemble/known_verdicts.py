"""Which worlds fit what was observed, told once for readings of a case that differ only in how people talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from sim.engine import block_size
from sim.ensemble.judging import observed
from sim.ensemble.rows import Rows, joined_rows
from sim.foundations import Bools
from sim.scenario import Scenario
from sim.table import DealSpace

#: Fields of the talks that no verdict looks at: an observation is about what deals are worth, not about who says what.
_HOW_THEY_TALK: Final = frozenset({"protocol", "settings", "strategies", "order"})


@dataclass(frozen=True)
class _Told:
    """Verdicts on some worlds.

    world:   the scenario as text, without how people talk
    rows:    drawn
    fits:    (n,) which of them fit
    """

    world: str
    rows: Rows
    fits: Bools


@dataclass(frozen=True)
class KnownVerdicts:
    """Verdicts of scenarios on their own worlds, none of them worked out twice.

    Two readings see the same worlds where everything but the way they talk is the same, and so are all numbers drawn
    that the talks do not own.

    Example:
        >>> from sim.scenario import read_scenario
        >>> pie = read_scenario("scenarios/pie")
        >>> rows = Rows(np.arange(3))
        >>> [fits.tolist() for fits in KnownVerdicts().of(pie, [Rows(rows.world, drawn=rows.draws(pie))])]
        [[True, True, True]]
    """

    _told: list[_Told] = field(default_factory=list, init=False, repr=False, compare=False)

    def of(self, scenario: Scenario, drawn: Sequence[Rows]) -> list[Bools]:
        """For each of some settings (n,) which of its rows, drawn already, fit what was observed; nothing is played."""
        if not scenario.observations:
            return [np.ones(len(rows), bool) for rows in drawn]
        world = _world(scenario)
        found = [self._known(world, rows) for rows in drawn]
        unseen = [n for n, fits in enumerate(found) if fits is None]
        if unseen:
            whole = joined_rows(scenario, [drawn[n] for n in unseen])
            ends = np.cumsum([len(drawn[n]) for n in unseen])[:-1]
            for n, fits in zip(unseen, np.split(_looked_at(scenario, whole), ends), strict=True):
                found[n] = fits
                self._told.append(_Told(world, drawn[n], fits))
        return [fits for fits in found if fits is not None]

    def remember(self, scenario: Scenario, drawn: Rows, fits: Bools) -> None:
        """Take over a verdict on rows, drawn already, that was worked out part by part."""
        self._told.append(_Told(_world(scenario), drawn, fits))

    def _known(self, world: str, rows: Rows) -> Bools | None:
        for told in self._told:
            if told.world == world and _same_worlds(told.rows, rows):
                return told.fits
        return None


def _world(scenario: Scenario) -> str:
    return scenario.model_dump_json(exclude={"talks": set(_HOW_THEY_TALK)})


def _looked_at(scenario: Scenario, rows: Rows) -> Bools:
    space = DealSpace.of(scenario)
    size = block_size(space, len(scenario.actors))
    starts = range(0, len(rows), size)
    return np.concatenate([observed(space, rows.part(slice(at, at + size))).consistent for at in starts])


def _same_worlds(one: Rows, other: Rows) -> bool:
    """Whether two, both drawn, are the same worlds but for numbers of how people talk."""
    if not np.array_equal(one.world, other.world) or one.drawn is None or other.drawn is None:
        return False
    both = [_of_worlds(rows.drawn.values) for rows in (one, other) if rows.drawn is not None]
    return both[0].keys() == both[1].keys() and all(np.array_equal(both[0][path], both[1][path]) for path in both[0])


def _of_worlds(values: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    heads = tuple(f"talks.{name}" for name in _HOW_THEY_TALK)
    return {path: found for path, found in values.items() if not path.startswith(heads)}
