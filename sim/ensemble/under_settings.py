"""The same worlds with the same luck under a list of settings, each fixing some numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.engine import block_size
from sim.ensemble import Progress, Rows
from sim.ensemble.condition import Condition
from sim.ensemble.evaluate import evaluate
from sim.ensemble.judging import fitting_elsewhere
from sim.ensemble.measures import measured
from sim.foundations import Bools, Floats
from sim.scenario import Scenario, draw
from sim.table import DealSpace


@dataclass(frozen=True)
class _Worlds:
    """The first so many worlds under a few settings, one setting after the other.

    draws:    how many worlds
    settings: the settings
    own:      path -> (draws,) what the worlds draw themselves, for numbers that another of these settings fixes
    """

    draws: int
    settings: Sequence[Mapping[str, float | Floats]]
    own: Mapping[str, Floats]

    @property
    def points(self) -> int:
        """Worlds times settings."""
        return self.draws * len(self.settings)

    def rows(self, start: int, stop: int) -> Rows:
        """Some of the points."""
        number = np.tile(np.arange(self.draws), len(self.settings))
        paths = dict.fromkeys(path for fixed in self.settings for path in fixed)
        fixed = {
            path: np.concatenate(
                [np.broadcast_to(setting.get(path, self.own[path]), self.draws) for setting in self.settings]
            )
            for path in paths
        }
        return Rows(number, number, fixed=fixed).part(slice(start, stop))


@dataclass(frozen=True)
class UnderSettings:
    """What came of the same worlds under each setting.

    outcomes:   (S, B, M) indicators, nan where a world failed
    consistent: (S, B) whether the world agrees with the observations under the setting
    """

    outcomes: Floats
    consistent: Bools

    def shares(self) -> tuple[Floats, Floats]:
        """(2, S, M) share of each measure and its standard error; first all worlds, then the consistent ones."""
        kept = np.stack([np.ones_like(self.consistent), self.consistent]).astype(float)[..., None]
        size = kept.sum(axis=2)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = (kept * self.outcomes).sum(axis=2) / size
            return mean, np.sqrt(mean * (1 - mean) / size)

    def differences(self, base: int = 0) -> tuple[Floats, Floats]:
        """(2, S, M) change of each share against a setting, and its paired standard error.

        A share among consistent worlds is a ratio of two means; its influence on each world is that of the
        linearised ratio, so that worlds that stay in both groups cancel.
        """
        kept = np.stack([np.ones_like(self.consistent), self.consistent]).astype(float)[..., None]
        draws = self.outcomes.shape[1]
        with np.errstate(invalid="ignore", divide="ignore"):
            share = kept.mean(axis=2, keepdims=True)
            mean = (kept * self.outcomes).sum(axis=2, keepdims=True) / kept.sum(axis=2, keepdims=True)
            influence = kept * (self.outcomes - mean) / share
            change = (mean - mean[:, base : base + 1])[:, :, 0]
            error = (influence - influence[:, base : base + 1]).std(axis=2) / np.sqrt(draws)
        return change, error


def under_settings(
    scenario: Scenario,
    settings: Sequence[Mapping[str, float | Floats]],
    wanted: Sequence[Condition],
    draws: int,
    *,
    judge: Scenario | None = None,
    progress: Progress | None = None,
) -> UnderSettings:
    """Play the first ``draws`` worlds under each setting; observations are evaluated anew under each.

    Args:
        settings: path -> value that replaces the draw, one for all worlds or (draws,)
        judge:    whose observations these are, such as the base of an overlay; by default the scenario's own
    Source:  common random numbers (Glasserman & Yao 1992)
    """
    outcomes = np.empty((len(settings), draws, len(wanted)))
    consistent = np.empty((len(settings), draws), bool)
    own = draw(scenario, np.arange(draws)).values
    mirrors = {path for path, number in scenario.numbers.items() if number.quantity.follows}
    at_once = max(1, block_size(DealSpace.of(scenario), len(scenario.actors)) // draws)
    if any(path in mirrors for fixed in settings for path in fixed):
        at_once = 1  # fixed in one setting, a mirror has to follow its number in the others
    for first in range(0, len(settings), at_once):
        some = settings[first : first + at_once]
        worlds = _Worlds(draws, some, own)
        columns = evaluate(scenario, worlds, wanted)
        part = slice(first, first + len(some))
        outcomes[part] = measured(columns, wanted).reshape(len(some), draws, -1)
        fits = columns["consistent"].values == 1
        if judge is not None:
            fits = fitting_elsewhere(scenario, [worlds.rows(0, worlds.points)], judge)
        consistent[part] = fits.reshape(len(some), draws)
        if progress is not None:
            progress((first + len(some)) * draws, len(settings) * draws)
    return UnderSettings(outcomes, consistent)
