"""A number that several sources or coders read in different ways: the pool of what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any, Final

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.foundations import Floats
from sim.scenario.short_form import long_form

#: Narrower ranges are points.
_POINT: Final = 1e-200


class SourceReading(BaseModel):
    """What one source, or one coder, says a number is.

    Source: linear opinion pool (Stone 1961); combining experts (Clemen & Winkler 1999, Risk Analysis 19:187-203)

    Example:
        >>> one = SourceReading.model_validate("0.6..0.8")
        >>> one.value, one.low, one.high
        (0.7, 0.6, 0.8)
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    value: float = Field(description="central value, as this source has it")
    low: float | None = Field(None, description="lower end of the range, as this source has it")
    high: float | None = Field(None, description="upper end of the range, as this source has it")
    weight: float = Field(1.0, gt=0, description="how much this source counts, beside the others")

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, found: Any) -> Any:
        if isinstance(found, str):
            found = long_form(found)
            if found is None:
                raise ValueError('a reading is a number or a range, e.g. 3.4, "3.2..3.6" or "3.4 ± 0.2"')
        if isinstance(found, int | float) and not isinstance(found, bool):
            return {"value": found}
        if isinstance(found, dict) and isinstance(found.get("range"), list | tuple) and len(found["range"]) == 2:
            low, high = found["range"]
            found = {"low": low, "high": high, **{key: one for key, one in found.items() if key != "range"}}
            found.setdefault("value", (low + high) / 2)
        return found

    @model_validator(mode="after")
    def _ordered(self) -> SourceReading:
        if (self.low is None) != (self.high is None):
            raise ValueError("a range needs both low and high")
        if not self.ends[0] <= self.value <= self.ends[1]:
            raise ValueError(f"value {self.value:.12g} lies outside its range {self.low:.12g} to {self.high:.12g}")
        return self

    @property
    def ends(self) -> tuple[float, float]:
        """Lowest and highest value that this source allows."""
        return (self.value if self.low is None else self.low), (self.value if self.high is None else self.high)

    @property
    def words(self) -> str:
        """The number as people read it.

        Example:
            >>> SourceReading(value=0.7, low=0.6, high=0.8).words
            '0.7 (0.6 to 0.8)'
        """
        return f"{self.value:g}" if self.low is None else f"{self.value:g} ({self.low:g} to {self.high:g})"


def pooled_value(readings: Mapping[str, SourceReading]) -> float:
    """The mean of the central values, by weight."""
    total = sum(one.weight for one in readings.values())
    return sum(one.weight * one.value for one in readings.values()) / total


def pooled_ends(readings: Mapping[str, SourceReading]) -> tuple[float, float]:
    """The lowest and the highest value that any source allows."""
    return min(one.ends[0] for one in readings.values()), max(one.ends[1] for one in readings.values())


def pooled_quantile(readings: Mapping[str, SourceReading], quantile: Floats) -> Floats:
    """Quantiles of the mixture of what the sources say, each uniform over its own range.

    Where sources leave a gap between them nothing is drawn from it: they disagree, and the truth is with one of them.

    Source: linear opinion pool (Stone 1961, Ann Math Stat 32:1339-1342)

    Example:
        >>> two = {"a": SourceReading(value=1, low=0, high=2), "b": SourceReading(value=5, low=4, high=6)}
        >>> pooled_quantile(two, np.array([0.25, 0.75])).tolist()
        [1.0, 5.0]
    """
    weights = np.array([one.weight for one in readings.values()])
    weights /= weights.sum()
    low, high = (np.array([one.ends[end] for one in readings.values()]) for end in (0, 1))
    marks = np.unique(np.concatenate([low, high]))
    spread = high - low > _POINT
    inside = np.clip((marks[:, None] - low) / np.where(spread, high - low, 1.0), 0, 1)
    before = np.where(spread, inside, marks[:, None] > low) @ weights  # left limits of the distribution function
    upto = np.where(spread, inside, marks[:, None] >= low) @ weights
    return np.asarray(np.interp(quantile, np.column_stack([before, upto]).ravel(), np.repeat(marks, 2)))


def apart(readings: Mapping[str, SourceReading]) -> Iterator[tuple[str, str]]:
    """Pairs of sources whose ranges have no value in common."""
    for (one, first), (other, second) in combinations(readings.items(), 2):
        if first.ends[1] < second.ends[0] or second.ends[1] < first.ends[0]:
            yield one, other
