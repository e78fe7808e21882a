"""Play the points of a design and read outcomes off them; a point that fails becomes a gap, the others go on."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor

import numpy as np

from sim.ensemble import Design, Progress, RowSource, label, play_rows
from sim.ensemble.condition import Column, Condition
from sim.ensemble.named_outcomes import needed, outcome
from sim.scenario import Scenario
from sim.table import DealSpace


def evaluate(
    scenario: Scenario,
    source: RowSource,
    wanted: Sequence[Condition] = (),
    *,
    first: int = 0,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> dict[str, Column]:
    """Play the points of a design.

    Args:
        wanted:   conditions whose outcomes are read off
        first:    point to begin with, for a design that was played up to there
        executor: plays blocks side by side; the bits are the same without one
    Returns:
        outcome -> (N,) values, nan at points that failed because their arithmetic broke down; ``ending`` and
        ``consistent`` in any case
    Raises:  InputError for an outcome that does not exist, with the nearest
    """
    names = dict.fromkeys(["ending", "consistent", *(name for one in wanted for name in one.names)])
    columns = {column for name in names for column in needed(name)}
    played = play_rows(Design(scenario, source, first=first), columns, executor=executor, progress=progress)
    if not played.arrays:
        return {name: Column(np.full(len(played.world), np.nan)) for name in names}
    results = label(DealSpace.of(scenario), played.arrays, played.world)
    found = {name: outcome(results, name) for name in names}
    return {name: Column(np.where(played.failed, np.nan, one.values), one.names) for name, one in found.items()}
