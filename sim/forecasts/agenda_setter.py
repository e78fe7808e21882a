"""One proposes, those who are pivotal take it or keep the status quo."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.forecasts.forecast import FORECASTS, AbstractForecast, Forecast
from sim.forecasts.stakeholders import Stakeholders
from sim.foundations import Dice, Floats, InputError


@FORECASTS.register("agenda-setter", source="Romer & Rosenthal 1978, Public Choice 33(4):27-43")
@dataclass(frozen=True)
class AgendaSetter(AbstractForecast):
    """Decides what the proposer likes best among what enough weight prefers to the status quo.

    On a line a proposal passes if those who like it at least as well as the status quo have the ``quota`` of the
    weight; the proposer then picks, among these and the status quo, what is nearest to him.

    proposer: place of the proposer among the actors; ``None``: the one with most weight on the issue
    quota:    share of the weight that passes a proposal, above 0 up to 1

    Raises:  InputError for a setting out of its range
    Source:  Romer & Rosenthal 1978
    Example:
        >>> setter = Stakeholders.of_issue([10, 4, 3], [1, 1, 1], [1, 1, 1], low=0, high=10, status_quo=0)
        >>> AgendaSetter(proposer=0, quota=0.6).predict(setter).decision.tolist()
        [[8.0]]
    """

    proposer: int | None = None
    quota: float = 0.5

    def __post_init__(self) -> None:
        if not 0 < self.quota <= 1:
            raise InputError(f"the quota lies above 0 and is at most 1, not {self.quota}")

    def predict(self, stakeholders: Stakeholders, dice: Dice | None = None) -> Forecast:
        """Find the proposal on each issue; the median passes where there is no status quo."""
        del dice
        position, weight = stakeholders.by_issue(stakeholders.position), stakeholders.by_issue(stakeholders.weight)
        if self.proposer is not None and not 0 <= self.proposer < stakeholders.actors:
            raise InputError(f"there is no actor number {self.proposer}: there are {stakeholders.actors}")
        rows = np.arange(len(position))
        setter = np.full(len(position), self.proposer) if self.proposer is not None else weight.argmax(axis=1)
        wish = position[rows, setter]
        quo = stakeholders.status_quo.reshape(-1)
        # without a status quo the proposer need not give way to anybody
        proposal = np.where(np.isnan(quo), wish, _nearest_that_passes(position, weight, wish, quo, self.quota))
        known = (weight > 0).any(axis=1)
        return Forecast(stakeholders.together(np.where(known, np.where(np.isnan(wish), quo, proposal), np.nan)))


def _nearest_that_passes(position: Floats, weight: Floats, wish: Floats, quo: Floats, quota: float) -> Floats:
    """(N,) what is nearest to the proposer among what the quota likes at least as well as the status quo.

    Each actor likes everything between the status quo and its mirror image behind his own position. So the nearest
    place is the proposer's own, or a mirror image, or the status quo.
    """
    mirrors = 2 * position - quo[:, None]
    tried = np.concatenate([wish[:, None], mirrors, quo[:, None]], axis=1)
    likes = np.abs(tried[:, None, :] - position[:, :, None]) <= np.abs(quo[:, None] - position)[:, :, None] + 1e-12
    yes = (np.where(np.isnan(position), 0.0, weight)[:, :, None] * likes).sum(axis=1)
    total = np.maximum(weight.sum(axis=1), 1e-300)[:, None]
    enough = yes >= quota * total * (1 - 1e-12) if quota >= 1 else yes > quota * total * (1 + 1e-12)
    enough[:, -1] = True  # the status quo stays if nothing passes
    away = np.where(enough & ~np.isnan(tried), np.abs(tried - wish[:, None]), np.inf)
    return np.asarray(tried[np.arange(len(tried)), away.argmin(axis=1)])
