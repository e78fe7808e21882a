"""How long deals of a kind hold: the same estimate as the figure of survival."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import xarray as xr

from sim.foundations import Bools
from sim.foundations.plain_data import Real
from sim.runs.survival import survivals
from sim.words import duration, percent

#: Of fewer deals shares say less than counts.
_FEW: Final = 10


@dataclass(frozen=True)
class DealLifetime:
    """How long first deals of one kind hold once they are in force (Kaplan-Meier).

    kind:       code of the kind
    count:      how many came into force
    broken:     how many of them broke before the end of the story
    half_years: after which half have broken; nan where fewer do
    one_year:   share that holds a year or more; nan where the story is shorter
    to_the_end: share that would hold to the end of the story
    """

    kind: str
    count: int
    broken: int
    half_years: Real
    one_year: Real
    to_the_end: Real

    def words(self) -> str:
        """What becomes of them, without their name.

        Example:
            >>> DealLifetime("truce", 7, 0, float("nan"), 1.0, 1.0).words()
            'none breaks before the end'
            >>> DealLifetime("truce", 70, 40, 1.5, 0.6, 0.2).words()
            'half have broken after 18 months (60 % last a year or more)'
            >>> DealLifetime("truce", 4, 1, float("nan"), 1.0, 0.75).words()
            '1 of them breaks before the end'
        """
        if not self.broken:
            return "none breaks before the end" if self.count > 1 else "it holds to the end"
        if self.count == 1:
            return f"it breaks after {duration(self.half_years)}"
        if self.half_years > 0:
            text = f"half have broken after {duration(self.half_years)}"
            return f"{text} ({percent(self.one_year)} last a year or more)" if self.one_year > 0 else text
        if self.count < _FEW:
            return f"{self.broken} of them break{'s' if self.broken == 1 else ''} before the end"
        return f"{percent(self.to_the_end)} would hold to the end"


@dataclass(frozen=True)
class OneSort:
    """First deals of one sort that came into force: how many, and how many broke before the end of the story."""

    count: int
    broken: int


@dataclass(frozen=True)
class DealSorts:
    """First deals that came into force, told apart by what nobody knew when they were signed."""

    fragile: OneSort
    holds: OneSort


def deal_sorts(results: xr.Dataset, where: Bools) -> DealSorts | None:
    """Count both sorts of first deals among the draws ``where`` (B,); None where no deal of the case is fragile."""
    if "fragile" not in results or not results["fragile"].values.any():
        return None
    in_force = where & (results["held"].values > 0)
    fragile, broke = results["fragile"].values == 1, results["collapses"].values > 0

    def of(sort: Bools) -> OneSort:
        return OneSort(int((in_force & sort).sum()), int((in_force & sort & broke).sum()))

    return DealSorts(of(fragile), of(~fragile))


def lasting(results: xr.Dataset, where: Bools) -> tuple[DealLifetime, ...]:
    """Say how long first deals of each kind hold, the most frequent kind first, among the draws ``where`` (B,)."""
    if not {"held", "collapses", "declared"} <= set(results):
        return ()
    years, end = float(results.attrs["round_years"]), int(results.attrs["horizon_rounds"])
    found = []
    for kind, curve in survivals(results, where).items():
        # Rounds of a month make a year of twelve, though their lengths do not add up to it exactly.
        year = round(1 / years, 6)
        found.append(
            DealLifetime(
                kind,
                curve.count,
                curve.broken,
                curve.half * years,
                curve.at(year - 1e-6) if end > year else float("nan"),
                curve.at(end),
            )
        )
    return tuple(sorted(found, key=lambda item: -item.count))
