"""What if: every overlay of a case against its base, on the same draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import xarray as xr

from sim.ensemble import Design, counting, meanings, play, recoded
from sim.ensemble.off_table import taken_off_table
from sim.foundations import Bools
from sim.runs.difference import Difference, Shares, difference
from sim.runs.outcome_changes import OutcomeChange, outcome_changes
from sim.runs.outcome_summary import compared_needs, compared_outcomes
from sim.scenario import Scenario


@dataclass(frozen=True)
class OverlayRow:
    """One overlay beside the base.

    name, title:  of the overlay; the base is called ``base``
    endings:      shares of the endings among the base's consistent draws
    declared:     shares of the kinds of first signed deal among them
    arms:         share in which arms decided
    states:       shares of the states at the horizon among them
    change:       endings minus those of the base, with the paired error; ``None`` for the base
    state_change: states minus those of the base, likewise
    outcomes:     what the case asks for and the terms, beside those of the base; empty for the base
    off_table:    levels on offer in the base and not under the overlay, as people call them
    """

    name: str
    title: str
    endings: Shares
    declared: Shares
    arms: float
    states: Shares
    change: Difference | None
    state_change: Difference | None
    outcomes: tuple[OutcomeChange, ...] = ()
    off_table: tuple[str, ...] = ()


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
    names, needs = compared_outcomes(base), compared_needs(base)
    found = _played(base, draws, needs)
    mask = counting(found["consistent"].values)
    rows = [_row("base", base.title, found, mask, None, ())]
    for n, (name, scenario) in enumerate(overlays):
        played = _played(scenario, draws, needs)
        row = _row(name, scenario.title, played, mask, found, names)
        rows.append(replace(row, off_table=taken_off_table(base, scenario)))
        if progress is not None:
            progress(n + 1, len(overlays))
    return tuple(rows)


def _played(scenario: Scenario, draws: int, needs: Sequence[str]) -> xr.Dataset:
    columns = {"ending", "declared", "decided_by_arms", "final_state", "consistent", *needs}
    return play(Design.of_draws(scenario, draws), columns=columns)


def _row(
    name: str, title: str, found: xr.Dataset, mask: Bools, base: xr.Dataset | None, outcomes: Sequence[str]
) -> OverlayRow:
    return OverlayRow(
        name,
        title,
        Shares.of(found["ending"].values, meanings(found, "ending"), mask),
        Shares.of(found["declared"].values, meanings(found, "declared"), mask),
        float(found["decided_by_arms"].values[mask].mean()),
        Shares.of(found["final_state"].values, meanings(found, "final_state"), mask),
        None if base is None else _paired(base, found, "ending", mask),
        None if base is None else _paired(base, found, "final_state", mask),
        () if base is None else outcome_changes(outcomes, base, found, mask, mask),
    )


def _paired(base: xr.Dataset, found: xr.Dataset, variable: str, mask: Bools) -> Difference:
    """What an overlay changes in the same worlds; its codes may be others than those of the base."""
    codes = tuple(dict.fromkeys((*meanings(base, variable), *meanings(found, variable))))
    one, two = recoded(base, variable, codes), recoded(found, variable, codes)
    return difference(one, two, codes, where_before=mask, where_after=mask)
