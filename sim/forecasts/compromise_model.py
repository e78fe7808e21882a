"""Everybody is heard by what he brings to bear: the mean of the positions by weight."""

from __future__ import annotations

from dataclasses import dataclass

from sim.forecasts.central_positions import weighted_mean
from sim.forecasts.forecast import FORECASTS, AbstractForecast, Forecast
from sim.forecasts.stakeholders import Stakeholders
from sim.foundations import Dice


@FORECASTS.register(
    "compromise-model",
    source="Van den Bos 1991, Dutch EC Decision Making; Achen 2006, in Thomson et al., The European Union Decides, "
    "ch. 4",
)
@dataclass(frozen=True)
class CompromiseModel(AbstractForecast):
    """Decides the mean of the positions by capability times salience; the one to beat on real decisions.

    It is what the weighted Nash solution tends to as failing to decide gets worse for all alike.

    Source:  Van den Bos 1991; Achen 2006 (the derivation)

    Example:
        >>> CompromiseModel().predict(Stakeholders.of_issue([0, 10], [0.5, 1], [1, 1])).decision.round(4).tolist()
        [[6.6667]]
    """

    def predict(self, stakeholders: Stakeholders, dice: Dice | None = None) -> Forecast:
        """Take the weighted mean on each issue."""
        del dice
        rows = weighted_mean(stakeholders.by_issue(stakeholders.position), stakeholders.by_issue(stakeholders.weight))
        return Forecast(stakeholders.together(rows))
