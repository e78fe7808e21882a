"""What the talks are about, in numbers: states in time, terms, who signs, who would sign which package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from sim.ensemble.named_outcomes import NONE, outcome
from sim.foundations import Bools
from sim.foundations.duration import years
from sim.foundations.plain_data import Real
from sim.runs.outcome_summary import NumberSpan, OutcomeSummary, summaries
from sim.scenario import Scenario

#: Years at which it is told how things stand, as far as they lie within the story.
_TIMES: Final = (0.5, 1.0, 2.0, 5.0, 10.0)
#: Shares of the story at which it is told where it is too short for these.
_PARTS: Final = (0.25, 0.5, 0.75)
_FEWEST: Final = 3
#: What stands for nobody among those who sign.
NOBODY: Final = "nobody"
#: What stands for the level of an issue where no draw has a deal.
WITHOUT: Final = "no deal"


@dataclass(frozen=True)
class StatesAt:
    """How things stand at a time.

    time:   years from the beginning
    states: state -> share of the draws; they add up to 1
    """

    time: float
    states: Mapping[str, float]


@dataclass(frozen=True)
class PackageTerms:
    """A package: what people call it, and the level of each issue as data have it."""

    title: str
    levels: Mapping[str, str]


#: Issue -> where its number lies, or level -> share.
Terms = Mapping[str, NumberSpan | Mapping[str, float]]


@dataclass(frozen=True)
class OutcomeFindings:
    """What the talks are about, among some draws.

    states:         state at the horizon -> share of the draws; they add up to 1
    timeline:       the same at some times before, the horizon last
    half_by:        state at the horizon -> years after which half of the draws that end in it were in it first; 0
                    where they were from the beginning
    terms:          of the first deal signed, among draws with one; of each issue ``no deal`` -> 1 where none has one
    terms_in_force: of the deal in force at the horizon, among draws with one
    signers:        who signed the first deal, joined by " + ", or nobody -> share of the draws
    who_would_sign: package -> actor -> share of the draws in which he would sign it at the start; ``all``: enough would
    packages:       package -> its terms
    headline_outcomes: outcomes that the headline tells
    """

    states: Mapping[str, float]
    timeline: tuple[StatesAt, ...]
    half_by: Mapping[str, Real]
    terms: Terms
    terms_in_force: Terms
    signers: Mapping[str, float]
    who_would_sign: Mapping[str, Mapping[str, float]]
    packages: Mapping[str, PackageTerms]
    headline_outcomes: tuple[OutcomeSummary, ...]

    @classmethod
    def of(cls, results: xr.Dataset, scenario: Scenario, group: str) -> OutcomeFindings:
        """Collect it from the draws of a group: all, or consistent."""
        mask = results["consistent"].values.astype(bool)
        where = mask if group == "consistent" else np.ones_like(mask)
        timeline = tuple(
            StatesAt((place + 1) * scenario.talks.round_years, _states(results, group, place))
            for place in timeline_rounds(scenario)
        )
        return cls(
            states=timeline[-1].states,
            timeline=timeline,
            half_by=_half_by(results, group, scenario.talks.round_years),
            terms=_terms(results, scenario, "terms", where),
            terms_in_force=_terms(results, scenario, "terms_in_force", where),
            signers=_signers(results, where),
            who_would_sign=_would_sign(results, group, int(where.sum())),
            packages=_packages(results),
            headline_outcomes=summaries(results, scenario, where),
        )


def timeline_rounds(scenario: Scenario) -> tuple[int, ...]:
    """Rounds, counted from 0, at whose end it is told how things stand; the last one is the horizon.

    At the times that the case names; else after half a year, 1, 2, 5 and 10 years; else at quarters of the story.
    """
    talks = scenario.talks
    length, last = talks.round_years, talks.horizon_rounds - 1
    wanted = [years(text) for text in scenario.headline.times] or list(_TIMES)
    places = {round(time / length + 1e-9) - 1 for time in wanted}
    inside = {place for place in places if 0 <= place < last}
    if not scenario.headline.times and len(inside | {last}) < _FEWEST:
        inside = {max(0, round(part * (last + 1)) - 1) for part in _PARTS} - {last}
    return (*sorted(inside), last)


def _states(results: xr.Dataset, group: str, place: int) -> dict[str, float]:
    """Share of each state at the end of a round."""
    counts = results["states"].sel(group=group).isel(round_number=place).values
    names = (str(name) for name in results["state"].values)
    return {name: float(count / max(counts.sum(), 1)) for name, count in zip(names, counts, strict=True)}


def _half_by(results: xr.Dataset, group: str, length: float) -> dict[str, float]:
    """State -> years after which half of the draws that end in it were in it first, 0 for those in it all along."""
    found = {}
    for state, counts in zip(results["state"].values, results["states"].sel(group=group).values, strict=True):
        if counts[-1]:
            first = int(np.argmax(counts >= counts[-1] / 2))
            found[str(state)] = (first + 1) * length if first else 0.0
    return found


def _terms(results: xr.Dataset, scenario: Scenario, name: str, where: Bools) -> Terms:
    found: dict[str, NumberSpan | Mapping[str, float]] = {}
    for issue in scenario.issues:
        column = outcome(results, f"{name}.{issue}")
        values = column.values[where]
        known = values[np.isfinite(values)]
        if not len(known):
            found[issue] = {WITHOUT: 1.0}
            continue
        if not column.names:
            found[issue] = NumberSpan.of(known, scenario.issues[issue].unit)
            continue
        shares = np.bincount(known.astype(np.int64), minlength=len(column.names)) / len(known)
        found[issue] = {level: float(shares[n]) for n, level in enumerate(column.names)}
    return found


def _signers(results: xr.Dataset, where: Bools) -> dict[str, float]:
    column = outcome(results, "signers")
    codes = column.values[where].astype(np.int64)
    shares = np.bincount(codes, minlength=len(column.names)) / max(len(codes), 1)
    named = {NOBODY if name == NONE else name: float(shares[n]) for n, name in enumerate(column.names)}
    return {name: share for name, share in sorted(named.items(), key=lambda item: -item[1]) if share} or {NOBODY: 0.0}


def _would_sign(results: xr.Dataset, group: str, size: int) -> dict[str, Mapping[str, float]]:
    if "package_deal" not in results:
        return {}
    places = results["package_deal"].values
    each = results["would_sign"].sel(group=group).values[:, places] / max(size, 1)
    enough = results["could_be_signed"].sel(group=group).values[places] / max(size, 1)
    actors = [str(name) for name in results["actor"].values]
    return {
        str(package): {**dict(zip(actors, each[:, n].tolist(), strict=True)), "all": float(enough[n])}
        for n, package in enumerate(results["package"].values)
    }


def _packages(results: xr.Dataset) -> dict[str, PackageTerms]:
    if "package_deal" not in results:
        return {}
    levels, issues = results["deal_level"].values, [str(name) for name in results["issue"].values]
    return {
        str(name): PackageTerms(str(title), {issue: str(levels[i, deal]) for i, issue in enumerate(issues)})
        for name, title, deal in zip(
            results["package"].values, results["package_title"].values, results["package_deal"].values, strict=True
        )
    }
