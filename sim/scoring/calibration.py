"""How soon deals are in force, and how long they hold, at times that public forecasts ask about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from sim.foundations import Bools, Floats
from sim.foundations.plain_data import Real
from sim.runs.survival import Survival, first_deals, kaplan_meier
from sim.scoring.forecast_bins import YEAR

#: Months by which it is asked whether a deal is in force, and days that it is asked whether deals hold.
MONTHS: Final = (1, 3, 8, 12)
DAYS: Final = (30, 91, 365)
#: Rounds of a month do not add up to a number of days exactly: the end of the story is not missed by less than this.
_SLACK: Final = 0.05


@dataclass(frozen=True)
class InForceBy:
    """Share of the worlds in which some deal has been in force by a time.

    count, worlds: in how many, out of how many
    """

    months: float
    share: Real
    count: int
    worlds: int


@dataclass(frozen=True)
class HoldsFor:
    """Share of the first deals that came into force and hold as long (Kaplan-Meier, a constant hazard inside a round).

    low, high: its 95 % interval
    deals:     how many came into force
    """

    days: float
    share: Real
    low: Real
    high: Real
    deals: int


@dataclass(frozen=True)
class PublicForecast:
    """What somebody else has said of the same.

    by:    who
    what:  in words
    share: as he said it
    """

    by: str
    what: str
    share: float


@dataclass(frozen=True)
class Calibration:
    """What can be held against public forecasts; nothing of it is fitted to them.

    in_force_by: by some months
    holding:     for some days
    forecasts:   what others have said, where the case brings dated forecasts
    """

    in_force_by: tuple[InForceBy, ...]
    holding: tuple[HoldsFor, ...]
    forecasts: tuple[PublicForecast, ...] = ()


def calibration(
    results: xr.Dataset,
    where: Bools,
    months: Sequence[float] = MONTHS,
    days: Sequence[float] = DAYS,
    forecasts: Sequence[PublicForecast] = (),
) -> Calibration:
    """Read it off the draws ``where`` (B,)."""
    begun = results["in_force_from"].values[where]
    size = int(where.sum())
    by = []
    for month in months:
        count = int((begun <= month / 12 + 1e-9).sum())
        by.append(InForceBy(month, count / size if size else np.nan, count, size))
    curve = holding_curve(results, where)
    rounds = float(results.attrs["round_years"])
    end = int(results.attrs["horizon_rounds"])
    holding = [_holds(curve, day, rounds, end) for day in days]
    return Calibration(tuple(by), tuple(holding), tuple(forecasts))


def holding_curve(results: xr.Dataset, where: Bools) -> Survival | None:
    """How long first deals hold once they are in force; ``None`` where none comes into force."""
    lasted, broke, _ = first_deals(results, where)
    return kaplan_meier(lasted, broke) if len(lasted) else None


def _holds(curve: Survival | None, days: float, round_years: float, end: int) -> HoldsFor:
    """Share that holds for some days; nan beyond the story."""
    rounds = days / YEAR / round_years
    if curve is None or rounds > end + _SLACK:
        return HoldsFor(days, np.nan, np.nan, np.nan, 0 if curve is None else curve.count)
    share, low, high = curve.within(rounds)
    return HoldsFor(days, share, low, high, curve.count)


def held_beyond(curve: Survival, days: float, round_years: float) -> float:
    """Share of the deals in force that hold for some days or longer."""
    return curve.within(days / YEAR / round_years)[0]


def begun_before(begun: Floats, years: float) -> float:
    """Share of the worlds in which a deal is in force before a time, in years."""
    return float((begun < years - 1e-9).mean()) if len(begun) else np.nan
