"""Choices the literature leaves open, replayed under the usual alternatives."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from sim.ensemble import Rows, meanings
from sim.ensemble.alternatives import alternatives
from sim.ensemble.play_settings import PlayedSetting, play_readings_together
from sim.foundations import InputError
from sim.runs.difference import Shares
from sim.runs.outcome_changes import CountedOutcomes, OutcomeChange, changes_between
from sim.runs.outcome_summary import OutcomeSummary, compared_needs, compared_outcomes
from sim.scenario import Scenario
from sim.scenario.changes import change, read_alike


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
    scenario: Scenario,
    draws: int,
    *,
    judge: Scenario | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Variant, ...]:
    """Play the scenario as it stands, then under each usual alternative, on the same draws.

    The observations are evaluated anew under each: a convention is a reading of the world, not a change of it.

    Args:
        judge: whose observations these are, read alike, such as the base of an overlay; by default the scenario's own
    Returns:
        first the scenario as it stands, then one variant for each alternative that applies
    """
    own = scenario if judge is None else judge
    readings, judges = [("as written", "", scenario)], [own]
    for name, setting, changed in alternatives(scenario):
        with suppress(InputError):  # it does not apply, e.g. a strategy has a setting that another rule lacks
            reading = change(scenario, changed)
            readings.append((name, setting, reading))
            judges.append(reading if judge is None else read_alike(judge, changed))
    needs = dict.fromkeys(column for _, _, reading in readings for column in compared_needs(reading))
    columns = tuple(dict.fromkeys(["ending", "declared", *needs]))
    played = play_readings_together([reading for _, _, reading in readings], Rows(np.arange(draws)), columns, judges)
    found: list[Variant] = []
    base: tuple[str, CountedOutcomes] | None = None
    for n, ((name, setting, reading), one) in enumerate(zip(readings, played, strict=True)):
        if not isinstance(one, InputError):
            variant, outcomes = _told(name, setting, reading, one, base)
            found.append(variant)
            base = base or (variant.modal, outcomes)
        elif base is None:
            raise one
        if progress is not None and n:
            progress(n, len(readings) - 1)
    return tuple(found)


def _told(
    name: str, setting: str, scenario: Scenario, played: PlayedSetting, base: tuple[str, CountedOutcomes] | None
) -> tuple[Variant, CountedOutcomes]:
    """What came of it.

    Args:
        base: the most frequent ending and outcomes of the scenario as it stands; ``None`` for that itself
    """
    found = played.results
    everything = np.ones(found.sizes["draw"], bool)
    endings = Shares.of(found["ending"].values, meanings(found, "ending"), everything)
    declared = Shares.of(found["declared"].values, meanings(found, "declared"), everything)
    outcomes = CountedOutcomes.of_setting(compared_outcomes(scenario), played)
    flips = base is not None and endings.modal != base[0]
    changes = () if base is None else changes_between(base[1], outcomes)
    variant = Variant(name, setting, endings, declared, endings.modal, flips, outcomes.summaries(), changes)
    return variant, outcomes
