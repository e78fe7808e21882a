"""Play the points of a design and read outcomes off them; a point that fails becomes a gap, the others go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace

import numpy as np

from sim.ensemble import Design, PlayedRows, Progress, RowSource, label, play_rows
from sim.ensemble.condition import Column, Condition
from sim.ensemble.named_outcomes import needed, outcome
from sim.ensemble.play_together import play_together
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
    names = _names(wanted)
    columns = {column for name in names for column in needed(name)}
    played = play_rows(Design(scenario, source, first=first), columns, executor=executor, progress=progress)
    return _read(scenario, played, names)


def evaluate_together(
    asked: Sequence[tuple[Scenario, RowSource]], wanted: Sequence[Condition] = ()
) -> Iterator[dict[str, Column]]:
    """Play the points of several readings of a case side by side, each as ``evaluate`` would, bit for bit.

    Args:
        asked:  of each reading the scenario and its points
        wanted: conditions whose outcomes are read off
    Returns:
        of each reading what ``evaluate`` gives
    Raises:  as ``evaluate``
    """
    names = _names(wanted)
    columns = {column for name in names for column in needed(name)}
    designs = [Design(scenario, source) for scenario, source in asked]
    for design, played in zip(designs, play_together(designs, columns), strict=True):
        yield _read(design.scenario, play_rows(design, columns) if played is None else played, names)


def _names(wanted: Sequence[Condition]) -> tuple[str, ...]:
    """Names of the outcomes that are read off."""
    return tuple(dict.fromkeys(["ending", "consistent", *(name for one in wanted for name in one.names)]))


def _read(scenario: Scenario, played: PlayedRows, names: Sequence[str]) -> dict[str, Column]:
    """Outcomes of played rows."""
    if not played.arrays:
        return {name: Column(np.full(len(played.world), np.nan)) for name in names}
    results = label(DealSpace.of(scenario), played.arrays, played.world)
    found = {name: outcome(results, name) for name in names}
    return {name: replace(one, values=np.where(played.failed, np.nan, one.values)) for name, one in found.items()}
