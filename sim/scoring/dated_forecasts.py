"""Files of dated forecasts: who said when how likely what is, what came of it, and which counts answer the same."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from sim.evidence import TomlFile, validate
from sim.foundations import InputError, Problem
from sim.scenario.locate import Locator
from sim.scoring.forecast_bins import Bin, date_bin, length_bin, tiled

#: Questions that files may ask, each with what its bins are.
_QUESTIONS: Final[Mapping[str, str]] = {
    "takes_effect": "when a deal is in force first",
    "held_days": "how many days a deal that comes into force holds",
}
Percent = Annotated[float, Field(ge=0, le=100)]
BinShares = dict[str, Percent]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class _Source(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)

    title: str = Field("", description="where the forecasts were read")
    date: dt.date | None = Field(None, description="when they were compiled")


class _Forecast(_Strict):
    by: str = Field(description="who says so")
    asked: dt.date = Field(description="the day of the forecast; round 0 of the case")
    takes_effect: BinShares | None = Field(None, description="bin of dates -> percent: when a deal is in force first")
    held_days: BinShares | None = Field(None, description="bin of days -> percent: how long it holds if it is in force")


class _Outcome(_Strict):
    takes_effect: str | None = Field(None, description="the bin in which it came into force")
    held_days: str | None = Field(None, description="the bin of how long it held")


class _BaseRates(_Strict):
    takes_effect: str | None = Field(None, description="name of a rate of the case: how often such wars end so, a year")
    held_days: str | None = Field(None, description="name of a rate of the case: how often such deals break, a year")


class _File(_Strict):
    source: _Source = Field(default_factory=lambda: _Source(title="", date=None))
    forecast: list[_Forecast] = Field(min_length=1, description="the forecasts")
    outcome: _Outcome = Field(default_factory=lambda: _Outcome(takes_effect=None, held_days=None))
    base_rates: _BaseRates = Field(default_factory=lambda: _BaseRates(takes_effect=None, held_days=None))
    base_rate: list[dict[str, Any]] = Field(default_factory=list, description="counts for readers; not read on")


@dataclass(frozen=True)
class DatedQuestion:
    """One question, asked on one day, with everybody who answered it then.

    name:      ``takes_effect`` or ``held_days``
    asked:     the day
    bins:      over the whole line, in order; years from that day, or days
    shares:    who -> share of each bin, 1 in sum
    outcome:   place of the bin that came true; ``None`` where none has yet
    base_rate: name of a rate of the case; empty where the file names none
    """

    name: str
    asked: dt.date
    bins: tuple[Bin, ...]
    shares: Mapping[str, tuple[float, ...]]
    outcome: int | None
    base_rate: str


@dataclass(frozen=True)
class DatedForecasts:
    """A file of dated forecasts.

    file:      its name
    source:    where they were read
    questions: each with who answered it
    """

    file: str
    source: str
    questions: tuple[DatedQuestion, ...]


def read_dated_forecasts(path: Path) -> DatedForecasts:
    """Read a file of dated forecasts.

    Each ``[[forecast]]`` has ``by``, ``asked`` and shares in percent by bin: ``takes_effect`` by dates
    (`2025-04..2025-06`, `not before 2026`), ``held_days`` by length (`<30`, `>=91`). ``[outcome]`` names the bin that
    came true, ``[base_rates]`` rates of the case that answer the same question. Where bins leave a gap, what is left of
    100 lies there.

    Raises:  InputError with everything that is wrong, with line and column
    """
    toml = TomlFile.read(path)
    locator = Locator(toml.text)
    found, problems = validate(_File, toml.raw)
    if found is None:
        raise InputError([locator.locate(problem, str(toml.path)) for problem in problems])
    questions: list[DatedQuestion] = []
    asked = dict.fromkeys(one.asked for one in found.forecast)
    for day in asked:
        for name in _QUESTIONS:
            places = [n for n, one in enumerate(found.forecast) if one.asked == day and getattr(one, name)]
            if places:
                question = _question(found, name, day, places, problems)
                questions += [] if question is None else [question]
    if not problems and not questions:
        problems.append(Problem("no forecast answers a question", ("forecast", 0), ", ".join(_QUESTIONS)))
    if problems:
        raise InputError([locator.locate(problem, str(toml.path)) for problem in problems])
    return DatedForecasts(toml.path.name, found.source.title, tuple(questions))


def _question(
    found: _File, name: str, day: dt.date, places: list[int], problems: list[Problem]
) -> DatedQuestion | None:
    """Those who answered a question on a day, over the same bins."""
    before = len(problems)
    first: dict[str, float] = getattr(found.forecast[places[0]], name)
    bins: list[Bin] = []
    for text in first:
        try:
            bins.append(date_bin(text, day) if name == "takes_effect" else length_bin(text))
        except ValueError as error:
            problems.append(Problem(str(error), ("forecast", places[0], name, text), of_key=True))
    if len(problems) > before:
        return None
    try:
        line = tiled([one for one in bins if one.high > one.low])
    except ValueError as error:
        problems.append(Problem(str(error), ("forecast", places[0], name)))
        return None
    shares: dict[str, tuple[float, ...]] = {}
    for n in places:
        told: dict[str, float] = getattr(found.forecast[n], name)
        if set(told) != set(first):
            message = "the bins are not those of the first forecast of that day"
            problems.append(Problem(message, ("forecast", n, name), ", ".join(first)))
        elif (total := math.fsum(told.values())) > 100.5 or (total < 99.5 and len(line) == len(first)):
            problems.append(Problem(f"the shares are {total:g} in sum", ("forecast", n, name), "100 in sum"))
        else:
            shares[found.forecast[n].by] = _spread(told, line)
    true = getattr(found.outcome, name)
    if true is not None and true not in {one.name for one in line}:
        problems.append(Problem(f'there is no bin "{true}"', ("outcome", name), ", ".join(one.name for one in line)))
    if len(problems) > before:
        return None
    place = None if true is None else [one.name for one in line].index(true)
    return DatedQuestion(name, day, tuple(line), shares, place, getattr(found.base_rates, name) or "")


def _spread(told: Mapping[str, float], line: list[Bin]) -> tuple[float, ...]:
    """Shares of the bins, 1 in sum; what is left lies in the gaps, evenly."""
    gaps = [one for one in line if one.name not in told]
    total = math.fsum(told.values())
    left = max(100.0 - total, 0.0) / max(len(gaps), 1) if gaps else 0.0
    values = [told.get(one.name, left) for one in line]
    return tuple(value / math.fsum(values) for value in values)
