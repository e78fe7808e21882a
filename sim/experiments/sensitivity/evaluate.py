"""Play the points of a design, block by block; a point that fails becomes a gap, the others go on."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Final

import numpy as np

from sim.ensemble import COLUMNS, Design, Progress, RowSource, play_rows
from sim.experiments.discovery.condition import Column
from sim.scenario import Scenario

_NAMES: Final = (
    "held", "decided_by_arms", "round", "collapses", "converted", "declared", "ending", "acceptable_deals",
    "consistent",
)  # fmt: skip


def evaluate(
    scenario: Scenario,
    source: RowSource,
    *,
    first: int = 0,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> dict[str, Column]:
    """Play the points of a design.

    Args:
        first:    point to begin with, for a design that was played up to there
        executor: plays blocks side by side; the bits are the same without one
    Returns:
        outcome -> (N,) values, nan at points that failed: their arithmetic broke down, or a payoff is not finite
    """
    played = play_rows(Design(scenario, source, first=first), _NAMES, executor=executor, progress=progress)
    codes = {column.name: column.codes(scenario) for column in COLUMNS if column.codes is not None}
    found = {}
    for name in _NAMES:
        values = np.full(len(played.world), np.nan)
        if name in played.arrays:
            values[~played.failed] = played.arrays[name][~played.failed]
        found[name] = Column(values, codes.get(name, ()))
    return found
