"""The middle head counted: the plain median of the positions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.forecasts.central_positions import weighted_median
from sim.forecasts.forecast import FORECASTS, AbstractForecast, Forecast
from sim.forecasts.stakeholders import Stakeholders
from sim.foundations import Dice


@FORECASTS.register("median", source="baseline of Thomson et al. 2006, The European Union Decides")
@dataclass(frozen=True)
class Median(AbstractForecast):
    """Decides the plain median of the positions, the lower one at a tie.

    Source:  Thomson et al. 2006, a baseline there
    Example:
        >>> Median().predict(Stakeholders.of_issue([0, 1, 10], [1, 1, 0], [1, 1, 9])).decision.tolist()
        [[1.0]]
    """

    def predict(self, stakeholders: Stakeholders, dice: Dice | None = None) -> Forecast:
        """Take the median on each issue."""
        del dice
        position = stakeholders.by_issue(stakeholders.position)
        return Forecast(stakeholders.together(weighted_median(position, np.ones_like(position))))
