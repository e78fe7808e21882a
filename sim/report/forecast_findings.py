"""What forecasts of the field say in the worlds of a run: bands, and where they jump."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import xarray as xr
from pydantic import SerializerFunctionWrapHandler, model_serializer

from sim.ensemble.forecasts_beside import ends_of
from sim.forecasts import COURSES
from sim.foundations import Bools, Floats
from sim.foundations.plain_data import Real, without_empty
from sim.scenario import Scenario

#: A gap of this part of the scale, with this share of the worlds on either side, is told as a jump.
_GAP: Final = 0.2
_SIDE: Final = 0.1
#: What talks agree stands under this name beside the models.
TALKS: Final = "talks"


@dataclass(frozen=True)
class ForecastJump:
    """Two places between which nothing lies, and how often it is which.

    low, high:   medians of the worlds below and above the gap
    share_low, share_high: shares of the worlds there
    """

    low: Real
    high: Real
    share_low: Real
    share_high: Real


@dataclass(frozen=True)
class ForecastBand:
    """What a model says on an issue, in its own numbers.

    median, low, high: quantiles 0.5, 0.1 and 0.9 over the worlds that it says something of
    mean:    over the same
    known:   share of the worlds in which it says something
    jump:    where it is split between two places; ``None`` where it is not
    courses: how its turns end -> share of the worlds; empty where it has no turns

    JSON leaves out what a model does not have.
    """

    median: Real = np.nan
    low: Real = np.nan
    high: Real = np.nan
    mean: Real = np.nan
    known: Real = 0.0
    jump: ForecastJump | None = None
    courses: Mapping[str, float] | None = None

    @model_serializer(mode="wrap")
    def _as_far_as_known(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return without_empty(serialise(self))


#: Issue -> model -> what it says; ``talks`` is what is signed first.
Forecasts = Mapping[str, Mapping[str, ForecastBand]]


def forecast_bands(results: xr.Dataset, scenario: Scenario, where: Bools) -> dict[str, dict[str, ForecastBand]]:
    """Collect bands from the draws ``where`` (B,); nothing where there are no forecasts.

    Example:
        >>> band_of(np.array([7.0, 7.0, 10.0, 10.0]), 6.0).jump
        ForecastJump(low=7.0, high=10.0, share_low=0.5, share_high=0.5)
    """
    if "forecast" not in results:
        return {}
    found: dict[str, dict[str, ForecastBand]] = {}
    codes = results["forecast_course"].values[where]
    for n, name in enumerate(results["forecast_name"].values.astype(str)):
        model, _, issue = name.partition(".")
        low, high = ends_of(scenario.issues[issue])
        values = results["forecast"].values[where, n]
        found.setdefault(issue, {})[model] = band_of(values, high - low, _courses(codes[:, n]))
    for issue, models in found.items():
        low, high = ends_of(scenario.issues[issue])
        signed = results["forecast_talks"].sel(forecast_issue=issue).values[where]
        models[TALKS] = band_of(signed, high - low)
    return found


def band_of(values: Floats, span: float, courses: Mapping[str, float] | None = None) -> ForecastBand:
    """Where some numbers lie, and whether they are split between two places.

    Args:
        span: length of the scale
    """
    known = np.sort(values[np.isfinite(values)])
    if not len(known):
        return ForecastBand(np.nan, np.nan, np.nan, np.nan, 0.0)
    median, low, high = (float(one) for one in np.quantile(known, [0.5, 0.1, 0.9]))
    share = len(known) / max(len(values), 1)
    return ForecastBand(median, low, high, float(known.mean()), share, _jump(known, span), courses)


def _jump(known: Floats, span: float) -> ForecastJump | None:
    """The widest gap with enough worlds on either side."""
    size = len(known)
    gaps = np.diff(known)
    below = np.arange(1, size)
    enough = (below >= _SIDE * size) & (size - below >= _SIDE * size)
    gaps = np.where(enough, gaps, 0.0)
    if not len(gaps) or gaps.max() < _GAP * span:
        return None
    at = int(gaps.argmax()) + 1
    return ForecastJump(float(np.median(known[:at])), float(np.median(known[at:])), at / size, 1 - at / size)


def _courses(codes: np.ndarray) -> dict[str, float] | None:
    if not len(codes) or (codes < 0).all():
        return None
    return {name: float((codes == n).mean()) for n, name in enumerate(COURSES) if (codes == n).any()}
