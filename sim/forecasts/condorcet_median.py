"""What no weighted majority would exchange for anything else, on an issue with an order."""

from __future__ import annotations

from dataclasses import dataclass

from sim.forecasts.central_positions import weighted_median
from sim.forecasts.forecast import FORECASTS, AbstractForecast, Forecast
from sim.forecasts.stakeholders import Stakeholders
from sim.foundations import Dice


@FORECASTS.register("condorcet-median", source="Black 1948, J Polit Econ 56:23-34")
@dataclass(frozen=True)
class CondorcetMedian(AbstractForecast):
    """Decides the median of the positions by capability times salience, the lower one at a tie.

    Source:  Black 1948; as a forecast with weights: Bueno de Mesquita 1985, Int Stud Q 29:121-136
    Example:
        >>> CondorcetMedian().predict(Stakeholders.of_issue([0, 4, 10], [1, 1, 1], [1, 1, 1])).decision.tolist()
        [[4.0]]
    """

    def predict(self, stakeholders: Stakeholders, dice: Dice | None = None) -> Forecast:
        """Take the weighted median on each issue."""
        del dice
        rows = weighted_median(stakeholders.by_issue(stakeholders.position), stakeholders.by_issue(stakeholders.weight))
        return Forecast(stakeholders.together(rows))
