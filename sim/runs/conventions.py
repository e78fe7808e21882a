"""Choices the literature leaves open, replayed under the usual alternatives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.ensemble import Rows, meanings
from sim.ensemble.alternatives import alternatives
from sim.ensemble.play_settings import play_settings
from sim.foundations import InputError
from sim.runs.difference import Shares
from sim.runs.outcome_changes import CountedOutcomes, OutcomeChange, changes_between
from sim.runs.outcome_summary import OutcomeSummary, compared_needs, compared_outcomes
from sim.scenario import Scenario
from sim.scenario.changes import change


@dataclass(frozen=True)
class Variant:
    """The scenario under another convention.

    name:     what was changed
    setting:  to what
    endings:  shares of the endings among consistent draws (all draws where none is consistent)
    declared: shares of the kinds of first signed deal among them
    modal:    the most frequent ending
    changes_modal: whether that differs from the scenario as it stands
    outcomes: what the headline tells, terms and who signs, among the same draws
    changes:  these beside the scenario as it stands, world by world; empty for that itself
    """

    name: str
    setting: str
    endings: Shares
    declared: Shares
    modal: str
    changes_modal: bool
    outcomes: tuple[OutcomeSummary, ...] = ()
    changes: tuple[OutcomeChange, ...] = ()


def replay_conventions(
    scenario: Scenario, draws: int, *, progress: Callable[[int, int], None] | None = None
) -> tuple[Variant, ...]:
    """Play the scenario as it stands, then under each usual alternative, on the same draws.

    The observations are evaluated anew under each: a convention is a reading of the world, not a change of it.

    Returns:
        first the scenario as it stands, then one variant for each alternative that applies
    """
    changes = list(alternatives(scenario))
    base, outcomes = _play("as written", "", scenario, draws, None)
    found = [base]
    for n, (name, setting, changed) in enumerate(changes):
        try:
            variant, _ = _play(name, setting, change(scenario, changed), draws, (base.modal, outcomes))
        except InputError:
            continue  # it does not apply, e.g. a strategy has a setting that another acceptance rule lacks
        found.append(variant)
        if progress is not None:
            progress(n + 1, len(changes))
    return tuple(found)


def _play(
    name: str, setting: str, scenario: Scenario, draws: int, base: tuple[str, CountedOutcomes] | None
) -> tuple[Variant, CountedOutcomes]:
    """Play it.

    Args:
        base: the most frequent ending and outcomes of the scenario as it stands; ``None`` for that itself
    """
    columns = ("ending", "declared", *compared_needs(scenario))
    (played,) = play_settings(scenario, [Rows(np.arange(draws))], columns)
    found = played.results
    everything = np.ones(found.sizes["draw"], bool)
    endings = Shares.of(found["ending"].values, meanings(found, "ending"), everything)
    declared = Shares.of(found["declared"].values, meanings(found, "declared"), everything)
    outcomes = CountedOutcomes.of_setting(compared_outcomes(scenario), played)
    flips = base is not None and endings.modal != base[0]
    changes = () if base is None else changes_between(base[1], outcomes)
    variant = Variant(name, setting, endings, declared, endings.modal, flips, outcomes.summaries(), changes)
    return variant, outcomes
