"""Everybody is heard alike: the plain mean of the positions, which weights have to improve on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.forecasts.central_positions import weighted_mean
from sim.forecasts.forecast import FORECASTS, AbstractForecast, Forecast
from sim.forecasts.stakeholders import Stakeholders
from sim.foundations import Dice


@FORECASTS.register("mean", source="baseline of Thomson et al. 2006, The European Union Decides")
@dataclass(frozen=True)
class Mean(AbstractForecast):
    """Decides the plain mean of the positions.

    Source:  Thomson et al. 2006, a baseline there
    Example:
        >>> Mean().predict(Stakeholders.of_issue([0, 10], [0.5, 1], [1, 1])).decision.tolist()
        [[5.0]]
    """

    def predict(self, stakeholders: Stakeholders, dice: Dice | None = None) -> Forecast:
        """Take the mean on each issue."""
        del dice
        position = stakeholders.by_issue(stakeholders.position)
        return Forecast(stakeholders.together(weighted_mean(position, np.ones_like(position))))
