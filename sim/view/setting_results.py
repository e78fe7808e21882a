"""Worlds played with some numbers fixed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import xarray as xr

from sim.ensemble import GLIMPSED, Design, Progress, meanings, play
from sim.ensemble.representative import add_representative
from sim.foundations import Bools
from sim.plots.frame.outcomes import kinds_offered
from sim.runs.difference import Difference, Shares, difference
from sim.view.sliders import Stop
from sim.view.viewed_case import ViewedCase
from sim.words import Vocabulary

#: Worlds in a block: between two blocks the work can be given up.
_BLOCK = 200


@dataclass(frozen=True)
class SettingResults:
    """What came of a setting.

    fixed:   path -> where the number was set; all others are drawn from their ranges
    results: labelled arrays; ``consistent`` marks the worlds that fit what was observed
    """

    fixed: Mapping[str, Stop]
    results: xr.Dataset

    @property
    def draws(self) -> int:
        """How many worlds were played."""
        return int(self.results.sizes["draw"])

    @property
    def fitting(self) -> Bools:
        """(B,) worlds that fit what was observed."""
        return np.asarray(self.results["consistent"].values, bool)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes of the endings of the case."""
        return tuple(meanings(self.results, "ending"))

    @cached_property
    def words(self) -> Vocabulary:
        """Words of the case."""
        return Vocabulary.from_attrs(self.results.attrs)

    def endings(self, *, fitting: bool) -> Shares:
        """Shares of the endings among all worlds, or among those that fit."""
        return Shares.of(self.results["ending"].values, self.codes, self.fitting if fitting else None)

    @cached_property
    def state_codes(self) -> tuple[str, ...]:
        """Codes of the states of the case."""
        return tuple(meanings(self.results, "final_state"))

    @property
    def listed(self) -> list[str]:
        """States that get a row: kinds of deal on offer, then how things stand without a deal in force."""
        offered = kinds_offered(self.results)
        return [state for state in self.words.states if state not in self.words.kinds or state in offered]

    def states(self, *, fitting: bool) -> Shares:
        """Shares of the states at the horizon among all worlds, or among those that fit."""
        return Shares.of(self.results["final_state"].values, self.state_codes, self.fitting if fitting else None)

    @property
    def told(self) -> Shares:
        """Shares of the states among the worlds that headlines speak of: those that fit; all, if none does."""
        return self.states(fitting=bool(self.fitting.any()))

    def first(self, draws: int) -> SettingResults:
        """The same setting, as seen in its first worlds only."""
        return self if draws >= self.draws else SettingResults(self.fixed, self.results.isel(draw=slice(draws)))

    def change_from(self, before: SettingResults) -> Difference:
        """Change of the states' shares in the worlds that fit (all, if none does); paired on equal worlds."""
        one, two = before.fitting, self.fitting
        return difference(
            before.results["final_state"].values,
            self.results["final_state"].values,
            self.state_codes,
            where_before=one if one.any() else None,
            where_after=two if two.any() else None,
            paired=before.results.attrs["seed"] == self.results.attrs["seed"],
        )


def play_setting(
    opened: ViewedCase, fixed: Mapping[str, Stop], draws: int, *, told: Progress | None = None
) -> SettingResults:
    """Play so many worlds with these numbers fixed.

    Args:
        told: called after each block with (done, in all); what it raises ends the work
    """
    design = _design(opened, fixed, draws)
    results = play(design, block=_BLOCK, progress=told)
    add_representative(results, design)
    return SettingResults(dict(fixed), results)


def glimpse(opened: ViewedCase, fixed: Mapping[str, Stop], draws: int, *, typical: bool = False) -> SettingResults:
    """Play the first few worlds and keep only what is looked at while a slider moves; as ``play_setting`` does.

    Args:
        typical: whether the typical world is played once more for its deals and offers, a fifth of the whole
    """
    design = _design(opened, fixed, draws)
    results = play(design, columns=GLIMPSED)
    if typical:
        add_representative(results, design)
    return SettingResults(dict(fixed), results)


def _design(opened: ViewedCase, fixed: Mapping[str, Stop], draws: int) -> Design:
    own = {path: stop.place for path, stop in fixed.items()}
    return Design.of_draws(opened.scenario, draws, fixed=own, judge=opened.judge)
