"""The spread of a sweep's or a bridge's answer, split."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from sim.bridges import Bridge
from sim.foundations import Floats, Ints
from sim.jobs.steps import Steps
from sim.report.spread_parts import Spread, StudySpread, bridge_spread, sweep_spread
from sim.robustness import split_spread, study_spread
from sim.scenario import Scenario, change, draw
from sim.scenario.levers_at import moved, on_offer
from sim.sensitivity import IncompleteError
from sim.sweeps.sweep_again import first_points
from sim.sweeps.sweep_ask import SweepAsk

#: Worlds whose story is told several times, and how often, to split the spread.
SPLIT_WORLDS: Final = 40
REPEATS: Final = 2


def split_sweep(asked: SweepAsk, told: Steps) -> dict[str, Any] | None:
    """Split the spread over the points of a sweep, and that in its base case under other conventions.

    Returns:
        what is kept; ``None`` where another seed would change nothing
    """
    study = StudySpread.of(
        study_spread(
            asked.scenario, first_points(asked), SPLIT_WORLDS, total=len(asked.points.played), progress=told("spread")
        )
    )
    return None if study is None else sweep_spread(study, _split(asked.scenario, told))


def split_bridge(
    found: Bridge, scenario: Scenario, told: Steps, *, judge: Scenario | None = None
) -> dict[str, Any] | None:
    """Split the spread where the levers are used as was found; in the base case if no use of them does.

    Args:
        judge: whose observations say which worlds fit, such as the base of an overlay; by default the scenario's own,
            as it is before any lever is used
    Returns:
        what is kept; ``None`` where nothing varies
    """
    use = {} if found.found is None else dict(found.found.use)
    return bridge_spread(_split(scenario, told, use, judge=judge or scenario), use, found=found.found is not None)


def _split(
    scenario: Scenario, told: Steps, use: Mapping[str, float] | None = None, *, judge: Scenario | None = None
) -> Spread | None:
    """Split the spread of a scenario with levers in use; ``None`` where nothing varies or stories fail."""
    levers = {name: amount for name, amount in (use or {}).items() if amount > 0}

    def moves(variant: Scenario, worlds: Ints) -> Mapping[str, float | Floats]:
        return moved(variant, levers, draw(variant, np.asarray(worlds)))

    offered = {f"issues.{issue}.available": list(levels) for issue, levels in on_offer(scenario, levers).items()}
    changed = change(scenario, offered)
    try:
        found = split_spread(
            changed,
            SPLIT_WORLDS,
            REPEATS,
            moves=moves if levers else None,
            judge=judge,
            progress=told("conventions"),
        )
    except IncompleteError:
        return None
    return Spread.of(found)
