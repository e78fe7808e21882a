"""What if: every overlay of a case against its base, on the same draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.experiments.difference import Difference, Shares, difference
from sim.experiments.run import play_outcomes
from sim.scenario import Scenario
from sim.scenario.kinds import declared_codes, ending_codes


@dataclass(frozen=True)
class OverlayRow:
    """One overlay beside the base.

    name, title:  of the overlay; the base is called ``base``
    endings:      shares of the endings among the base's consistent draws
    declared:     shares of the kinds of first signed deal among them
    arms:         share in which arms decided
    change:       endings minus those of the base, with the paired error; ``None`` for the base
    """

    name: str
    title: str
    endings: Shares
    declared: Shares
    arms: float
    change: Difference | None


def compare_overlays(
    base: Scenario,
    overlays: Sequence[tuple[str, Scenario]],
    draws: int,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[OverlayRow, ...]:
    """Play the base and each overlay in the same worlds.

    The observations were made in the world as it was: they select the draws in the base, and the same draws
    are then played under each overlay. An overlay is a change in the world, not other evidence about it.

    Args:
        overlays: name and scenario of each
    Returns:
        one row for the base, then one for each overlay
    Source: intervention after conditioning (abduction, action, prediction: Pearl 2009, ch. 7)
    """
    found = play_outcomes(base, draws)
    mask = found["consistent"][1].astype(bool)
    if not mask.any():
        mask = np.ones(draws, bool)
    rows = [_row("base", base, found, mask, None)]
    for n, (name, scenario) in enumerate(overlays):
        played = play_outcomes(scenario, draws, consistent=mask)
        codes = tuple(dict.fromkeys((*ending_codes(base), *ending_codes(scenario))))
        own = np.array([codes.index(code) for code in ending_codes(scenario)])
        after = own[played["ending"][1]]
        change = difference(found["ending"][1], after, codes, where_before=mask, where_after=mask)
        rows.append(_row(name, scenario, played, mask, change))
        if progress is not None:
            progress(n + 1, len(overlays))
    return tuple(rows)


def _row(name: str, scenario: Scenario, found: Any, mask: Any, change: Difference | None) -> OverlayRow:
    return OverlayRow(
        name,
        scenario.title,
        Shares.of(found["ending"][1], ending_codes(scenario), mask),
        Shares.of(found["declared"][1], declared_codes(scenario), mask),
        float(found["decided_by_arms"][1][mask].mean()),
        change,
    )
