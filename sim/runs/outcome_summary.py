"""Outcomes in a few numbers: where a number lies, how often each name occurs; and which ones a headline tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import xarray as xr
from pydantic import SerializerFunctionWrapHandler, model_serializer

from sim.ensemble.condition import Column
from sim.ensemble.headline_outcomes import needs_of, values_of
from sim.foundations import Bools, InputError
from sim.foundations.plain_data import Real, without_empty
from sim.scenario import Scenario
from sim.scenario.headline import HeadlineOutcome
from sim.scenario.kinds import models_war
from sim.words import issue_title

#: Issues whose terms are compared, the first of the file; more would fill every table.
_ISSUES = 8


@dataclass(frozen=True)
class NumberSpan:
    """Where a number lies among draws that have it; nan where none has.

    median, low, high: quantiles 0.5, 0.1 and 0.9
    unit:              what it is counted in; empty for a plain number, and where it is not told
    """

    median: Real
    low: Real
    high: Real
    unit: str = ""

    @classmethod
    def of(cls, values: np.ndarray, unit: str = "") -> NumberSpan:
        """Read it off numbers, nan for those that have none.

        Example:
            >>> NumberSpan.of(np.array([1.0, 2.0, 3.0, np.nan])).low
            1.2
        """
        known = values[np.isfinite(values)]
        if not len(known):
            return cls(np.nan, np.nan, np.nan, unit)
        median, low, high = (float(f"{found:.12g}") for found in np.quantile(known, [0.5, 0.1, 0.9]))
        return cls(median, low, high, unit)


@dataclass(frozen=True)
class OutcomeSummary:
    """An outcome among the draws that have it.

    of:    its name, or the condition
    draws: how many have it
    span:  where it lies, of a number
    mean:  its mean, of a condition the share of the draws in which it holds; nan for names
    shares: name -> share, the most frequent first; empty for numbers and conditions

    JSON leaves out what an outcome of its kind does not have, and all three where no draw has it.
    """

    of: str
    draws: int
    span: NumberSpan = NumberSpan(np.nan, np.nan, np.nan)
    mean: Real = np.nan
    shares: Mapping[str, float] = field(default_factory=dict)

    @model_serializer(mode="wrap")
    def _of_its_kind(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        found: dict[str, Any] = serialise(self)
        known = {"shares"} if self.shares else {"span", "mean"} if self.draws else set[str]()
        told = {key: value for key, value in found.items() if key in {"of", "draws"} | known}
        return {**told, "span": without_empty(told["span"])} if "span" in told else told

    @classmethod
    def of_column(cls, of: str, column: Column, where: Bools) -> OutcomeSummary:
        """Sum up a column among the draws ``where`` (B,).

        Example:
            >>> of_two = Column(np.array([0.0, 1.0, 1.0, np.nan]), ("a", "b"))
            >>> OutcomeSummary.of_column("x", of_two, np.ones(4, bool)).shares
            {'b': 0.6666666666666666, 'a': 0.3333333333333333}
        """
        values = column.values[where]
        known = values[np.isfinite(values)]
        if not column.names:
            return cls(of, len(known), NumberSpan.of(known), float(known.mean()) if len(known) else np.nan, {})
        counts = np.bincount(known.astype(np.int64), minlength=len(column.names))
        order = [int(code) for code in np.argsort(-counts, kind="stable") if counts[code]]
        shares = {column.names[code]: float(counts[code] / len(known)) for code in order}
        return cls(of, len(known), NumberSpan.of(np.zeros(0)), np.nan, shares)


def headline_outcomes(scenario: Scenario) -> tuple[HeadlineOutcome, ...]:
    """Outcomes that the answer tells first: those that the case names, else those that its kind suggests.

    Who is left out, where a majority is enough; numbers that are haggled over; else the level of the issue that weighs
    most, where no war is modelled.
    """
    return scenario.headline.outcomes or tuple(_derived(scenario))


def headline_needs(scenario: Scenario) -> tuple[str, ...]:
    """Columns that have to be kept for the outcomes of the headline."""
    return tuple(dict.fromkeys(need for found in headline_outcomes(scenario) for need in needs_of(found.of)))


def compared_outcomes(scenario: Scenario) -> tuple[str, ...]:
    """Outcomes that are compared: those of the headline, then the terms of each issue, and who signs where some may.

    Example:
        >>> from sim.scenario import read_scenario
        >>> compared_outcomes(read_scenario("scenarios/budget"))[-2:]
        ('terms.division', 'signers')
    """
    headline = [found.of for found in headline_outcomes(scenario)]
    terms = [f"terms.{name}" for name in list(scenario.issues)[:_ISSUES]]
    some = [] if scenario.talks.sign.everybody else ["signers"]
    return tuple(dict.fromkeys([*headline, *terms, *some]))


def compared_needs(scenario: Scenario) -> tuple[str, ...]:
    """Columns that have to be kept to compare them."""
    return tuple(dict.fromkeys(need for of in compared_outcomes(scenario) for need in needs_of(of)))


def summaries(results: xr.Dataset, scenario: Scenario, where: Bools) -> tuple[OutcomeSummary, ...]:
    """The outcomes of the headline among the draws ``where`` (B,); no draw has what an overlay took off the table."""
    found = []
    for asked in headline_outcomes(scenario):
        try:
            column = values_of(results, asked.of)
        except InputError:
            column = Column(np.full(len(where), np.nan))
        found.append(OutcomeSummary.of_column(asked.of, column, where))
    return tuple(found)


def _derived(scenario: Scenario) -> Iterator[HeadlineOutcome]:
    if not scenario.talks.sign.everybody:
        yield HeadlineOutcome(of="left_out", say="Left out of the deal: {all}.")
    numbers = [name for name, issue in scenario.issues.items() if issue.kind == "numeric"]
    for name in numbers[:2]:
        say = f"{_literal(issue_title(scenario, name))}: {{median}} (10–90 %: {{low}} to {{high}})."
        yield HeadlineOutcome(of=f"terms.{name}", say=say)
    if not numbers and not models_war(scenario):
        name = max(scenario.issues, key=lambda issue: _weight(scenario, issue))
        say = f"{_literal(issue_title(scenario, name))}: most often {{most}} ({{most_share}})."
        yield HeadlineOutcome(of=f"terms.{name}", say=say)


def _literal(text: str) -> str:
    """Text in which braces mean themselves."""
    return text.replace("{", "{{").replace("}", "}}")


def _weight(scenario: Scenario, issue: str) -> float:
    """How much the issue weighs with all actors together, at central values."""
    weights = (actor.weighs.get(issue) for actor in scenario.actors.values())
    return sum(float(weight.value or 0) for weight in weights if weight is not None)
