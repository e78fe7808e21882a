"""What a bargain with a given no-deal point divides: the largest product of gains by capability."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from sim.forecasts.forecast import FORECASTS, AbstractForecast, Forecast
from sim.forecasts.stakeholders import Stakeholders
from sim.foundations import Dice, Floats, InputError

#: Places of an issue that are tried at once, and how often the best neighbourhood is looked at more closely.
_PLACES: Final = 65
_CLOSER: Final = 6


@FORECASTS.register(
    "weighted-nash",
    source="Nash 1950, Econometrica 18:155-162; weights: Kalai 1977, Int J Game Theory 6:129-133; as a forecast: "
    "Achen 2006, in Thomson et al., The European Union Decides, ch. 4",
)
@dataclass(frozen=True)
class WeightedNash(AbstractForecast):
    """Decides the point with the largest product of gains over no deal, weighted by capability, issue by issue.

    An actor's utility is ``-salience * distance ** 2``; distances are shares of the scale. What no deal is worth is
    said openly: the status quo (``status-quo``), where somebody who stands there can stop everything, or a loss
    ``no_deal_loss`` that is the same for all (``loss``); as that grows the forecast tends to the compromise model.

    no_deal:      which of the two; where an issue has no status quo the loss is taken
    no_deal_loss: above 0, on the scale of utilities; the largest possible distance costs at most 1

    Raises:  InputError for a setting out of its range
    Source:  Nash 1950; Kalai 1977; the limit: Achen 2006
    Example:
        >>> three = Stakeholders.of_issue([0, 4, 10], [1, 0.5, 0.8], [1, 1, 1])
        >>> near = WeightedNash(no_deal="loss", no_deal_loss=1000).predict(three).decision
        >>> near.round(2).tolist()
        [[4.35]]
    """

    no_deal: Literal["status-quo", "loss"] = "status-quo"
    no_deal_loss: float = 2.0

    def __post_init__(self) -> None:
        if self.no_deal not in {"status-quo", "loss"}:
            raise InputError(f'no deal is a "status-quo" or a "loss", not "{self.no_deal}"')
        if not 0 < self.no_deal_loss < np.inf:
            raise InputError(f"the loss of no deal is above 0 and finite, not {self.no_deal_loss}")

    def predict(self, stakeholders: Stakeholders, dice: Dice | None = None) -> Forecast:
        """Search each issue's scale, closer and closer."""
        del dice
        span = np.tile(stakeholders.high - stakeholders.low, stakeholders.draws)[:, None]
        span = np.where(span > 0, span, 1.0)
        low = np.tile(stakeholders.low, stakeholders.draws)[:, None]
        ideal = (stakeholders.by_issue(stakeholders.position) - low) / span
        quo = (stakeholders.status_quo.reshape(-1, 1) - low) / span
        salience = stakeholders.by_issue(stakeholders.salience)
        capability = np.repeat(stakeholders.capability, stakeholders.issues, axis=0)
        counts = np.where(np.isnan(ideal) | (salience <= 0), 0.0, capability)
        place = np.nan_to_num(ideal)
        loss = -salience * (place - quo) ** 2 if self.no_deal == "status-quo" else np.full_like(place, np.nan)
        loss = np.where(np.isnan(loss), -self.no_deal_loss, loss)
        start = np.where(np.isnan(quo), 0.5, quo)[:, 0]
        found = _search(place, salience, counts, loss, start)
        return Forecast(stakeholders.together(np.where((counts > 0).any(axis=1), (low + span * found[:, None])[:, 0],
                                                       np.nan)))  # fmt: skip


def _search(ideal: Floats, salience: Floats, weight: Floats, loss: Floats, start: Floats) -> Floats:
    """(N,) place, 0..1, with the largest product; ``start`` where nobody can gain without a loss to somebody."""
    low, high = np.zeros(len(ideal)), np.ones(len(ideal))
    best = start.copy()
    score = _product(best[:, None], ideal, salience, weight, loss)[:, 0]
    for _ in range(_CLOSER):
        places = low[:, None] + (high - low)[:, None] * np.linspace(0, 1, _PLACES)
        scores = _product(places, ideal, salience, weight, loss)
        top = scores.argmax(axis=1)
        rows = np.arange(len(ideal))
        better = scores[rows, top] > score
        best = np.where(better, places[rows, top], best)
        score = np.maximum(score, scores[rows, top])
        half = (high - low) * 2 / (_PLACES - 1)
        low, high = np.maximum(best - half, 0.0), np.minimum(best + half, 1.0)
    return np.asarray(best)


def _product(places: Floats, ideal: Floats, salience: Floats, weight: Floats, loss: Floats) -> Floats:
    """(N, M) logarithm of the product of gains at places; minus infinity where somebody with weight gains nothing."""
    gain = -salience[:, :, None] * (places[:, None, :] - ideal[:, :, None]) ** 2 - loss[:, :, None]
    counts = weight[:, :, None] > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(counts, weight[:, :, None] * np.log(np.maximum(gain, 0.0)), 0.0)
    return np.asarray(logs.sum(axis=1))
