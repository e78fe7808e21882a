"""Play the points of a design, block by block; a point that fails becomes a gap, the others go on."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Final, Protocol

import numpy as np

from sim.engine import block_size, simulate
from sim.experiments.discovery.condition import Column
from sim.experiments.luck import SplitDice
from sim.foundations import Floats, Ints
from sim.scenario import Draws, Scenario, draw
from sim.scenario.kinds import declared_codes, ending_codes
from sim.table import DealSpace, classify, observe

#: Told how many points are done, and out of how many.
Progress = Callable[[int, int], None]

_PLAIN: Final = ("held", "decided_by_arms", "round", "collapses", "converted")
_NAMES: Final = (*_PLAIN, "declared", "ending", "acceptable_deals", "consistent")
#: Blocks handed to an executor before the first of them is taken back.
_AHEAD: Final = 8
_CODED: Final = ("declared", "ending")


@dataclass(frozen=True)
class Rows:
    """Some points of a design.

    world:   (n,) number of the world: streams of numbers the design leaves alone, hard or soft red lines
    luck:    (n,) number of the luck of talks and collapses
    uniform: path -> (n,) quantile of a number, in place of its own stream
    fixed:   path -> (n,) or one value of a number
    """

    world: Ints
    luck: Ints
    uniform: Mapping[str, Floats] = field(default_factory=dict)
    fixed: Mapping[str, float | Floats] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.world)

    def part(self, where: slice) -> Rows:
        """Some of these rows."""
        return Rows(
            self.world[where],
            self.luck[where],
            {path: values[where] for path, values in self.uniform.items()},
            {path: v[where] if isinstance(v, np.ndarray) and v.ndim else v for path, v in self.fixed.items()},
        )


class Design(Protocol):
    """Points that can be asked for in any part, so that memory stays flat."""

    @property
    def points(self) -> int:
        """How many points there are."""

    def rows(self, start: int, stop: int) -> Rows:
        """The points from ``start`` up to ``stop``."""


def evaluate(
    scenario: Scenario,
    design: Design,
    *,
    first: int = 0,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> dict[str, Column]:
    """Play the points of a design, in blocks whose size does not depend on who plays them.

    Args:
        first:    point to begin with, for a design that was played up to there
        executor: plays blocks side by side; the bits are the same without one
    Returns:
        outcome -> (N,) values, nan at points that failed: their arithmetic broke down, or a payoff is not finite
    """
    size = block_size(DealSpace.of(scenario), len(scenario.actors))
    starts = range(first, design.points, size)
    found = {name: np.full(design.points - first, np.nan) for name in _NAMES}
    rows = (design.rows(start, min(start + size, design.points)) for start in starts)
    for start, block in zip(starts, _blocks(scenario, rows, executor), strict=True):
        for name, values in block.items():
            found[name][start - first : start - first + len(values)] = values
        if progress is not None:
            progress(min(start + size, design.points), design.points)
    codes = {"declared": declared_codes(scenario), "ending": ending_codes(scenario)}
    return {name: Column(values, codes.get(name, ())) for name, values in found.items()}


def _blocks(scenario: Scenario, rows: Iterable[Rows], executor: Executor | None) -> Iterable[dict[str, Floats]]:
    """Outcomes of one block after the other; a block whose worker died is played in this process."""
    if executor is None:
        space = DealSpace.of(scenario)
        for some in rows:
            yield _played(space, some)
        return
    packed = pickle.dumps(scenario, protocol=5)
    rest = iter(rows)
    running: list[tuple[Rows, Future[dict[str, Floats]] | None]] = []

    def hand_out(some: Rows) -> None:
        try:
            running.append((some, executor.submit(_played_elsewhere, packed, some)))
        except BrokenExecutor:
            running.append((some, None))

    for some in islice(rest, _AHEAD):
        hand_out(some)
    while running:
        some, future = running.pop(0)
        try:
            found = future.result() if future is not None else _played_elsewhere(packed, some)
        except BrokenExecutor:
            found = _played_elsewhere(packed, some)
        for more in islice(rest, 1):
            hand_out(more)
        yield found


def _played_elsewhere(packed: bytes, rows: Rows) -> dict[str, Floats]:
    """Play a block of a scenario that was sent to this process."""
    return _played(_space(packed), rows)


@lru_cache(maxsize=1)
def _space(packed: bytes) -> DealSpace:
    found = pickle.loads(packed)  # noqa: S301 - made by this program, a moment ago
    assert isinstance(found, Scenario)
    return DealSpace.of(found)


def _played(space: DealSpace, rows: Rows) -> dict[str, Floats]:
    """Outcomes of some points; where a block breaks down it is halved until the bad point stands alone."""
    try:
        return _outcomes(space, rows)
    except (ArithmeticError, ValueError, IndexError):
        if len(rows) == 1:
            return {name: np.full(1, np.nan) for name in _NAMES}
        middle = len(rows) // 2
        parts = [_played(space, rows.part(where)) for where in (slice(None, middle), slice(middle, None))]
        return {name: np.concatenate([part[name] for part in parts]) for name in _NAMES}


def _outcomes(space: DealSpace, rows: Rows) -> dict[str, Floats]:
    scenario = space.scenario
    drawn = draw(scenario, rows.world, uniform=rows.uniform, fixed=rows.fixed)
    block = simulate(space, Draws(drawn.values, SplitDice(scenario.seed, rows.world, rows.luck)))
    outcome = block.outcome
    found = {name: np.asarray(getattr(outcome, name), float) for name in (*_PLAIN, *_CODED)}
    found["acceptable_deals"] = classify(block.worlds).deals.astype(float)
    found["consistent"] = observe(block.worlds).consistent.astype(float)
    broken = ~np.isfinite(outcome.utility).all(axis=1)
    return {name: np.where(broken, np.nan, values) for name, values in found.items()}
