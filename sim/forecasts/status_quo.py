"""Nothing changes: what a forecast of change has to improve on."""

from __future__ import annotations

from dataclasses import dataclass

from sim.forecasts.forecast import FORECASTS, AbstractForecast, Forecast
from sim.forecasts.stakeholders import Stakeholders
from sim.foundations import Dice


@FORECASTS.register("status-quo", source="baseline of Thomson et al. 2006, The European Union Decides")
@dataclass(frozen=True)
class StatusQuo(AbstractForecast):
    """Says that nothing changes.

    Source:  Thomson et al. 2006, the reference point as a baseline
    Example:
        >>> StatusQuo().predict(Stakeholders.of_issue([0, 10], [1, 1], [1, 1], status_quo=2)).decision.tolist()
        [[2.0]]
    """

    def predict(self, stakeholders: Stakeholders, dice: Dice | None = None) -> Forecast:
        """Take the status quo of each issue; nan where there is none."""
        del dice
        return Forecast(stakeholders.status_quo.copy())
