"""Choices the literature leaves open, replayed under the usual alternatives."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.ensemble import Rows, meanings
from sim.ensemble.alternatives import alternatives
from sim.ensemble.play_settings import play_readings_together
from sim.foundations import InputError
from sim.runs.difference import Shares
from sim.runs.outcome_summary import OutcomeSummary, headline_needs, summaries
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
    outcomes: what the headline tells, among the same draws
    """

    name: str
    setting: str
    endings: Shares
    declared: Shares
    modal: str
    changes_modal: bool
    outcomes: tuple[OutcomeSummary, ...] = ()


def replay_conventions(
    scenario: Scenario, draws: int, *, progress: Callable[[int, int], None] | None = None
) -> tuple[Variant, ...]:
    """Play the scenario as it stands, then under each usual alternative, on the same draws.

    The observations are evaluated anew under each: a convention is a reading of the world, not a change of it.

    Returns:
        first the scenario as it stands, then one variant for each alternative that applies
    """
    changes = list(alternatives(scenario))
    readings = [("as written", "", scenario)]
    for name, setting, changed in changes:
        with suppress(InputError):  # it does not apply, e.g. a strategy has a setting that another rule lacks
            readings.append((name, setting, change(scenario, changed)))
    columns = ("ending", "declared", *headline_needs(scenario))
    played = play_readings_together([reading for _, _, reading in readings], Rows(np.arange(draws)), columns)
    found: list[Variant] = []
    for n, ((name, setting, reading), one) in enumerate(zip(readings, played, strict=True)):
        if not isinstance(one, InputError):
            found.append(_told(name, setting, reading, one.results, found[0].modal if found else None))
        elif not n:
            raise one
        if progress is not None and n:
            progress(n, len(readings) - 1)
    return tuple(found)


def _told(name: str, setting: str, scenario: Scenario, found: xr.Dataset, modal: str | None) -> Variant:
    everything = np.ones(found.sizes["draw"], bool)
    endings = Shares.of(found["ending"].values, meanings(found, "ending"), everything)
    declared = Shares.of(found["declared"].values, meanings(found, "declared"), everything)
    flips = modal is not None and endings.modal != modal
    return Variant(name, setting, endings, declared, endings.modal, flips, summaries(found, scenario, everything))
