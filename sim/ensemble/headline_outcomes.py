"""Outcomes that a headline asks for: whether there are such, and their values in results."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

import numpy as np
import xarray as xr

from sim.ensemble.columns import COLUMNS
from sim.ensemble.condition import Column, parse
from sim.ensemble.dataset_labels import AXES, label
from sim.ensemble.named_outcomes import needed, outcome
from sim.foundations import InputError, Problem
from sim.scenario import Scenario
from sim.scenario.headline import HeadlineOutcome
from sim.table import DealSpace

_NAME: Final = re.compile(r"[^\W\d][\w.\-@]*")
_OF_NUMBERS: Final = frozenset({"median", "low", "high", "mean", "share", "by"})
_OF_NAMES: Final = frozenset({"most", "most_share", "second", "second_share", "all", "by"})
_OF_CONDITIONS: Final = frozenset({"share", "by"})


def is_condition(text: str) -> bool:
    """Whether a text is a condition on outcomes rather than the name of one.

    Example:
        >>> is_condition("terms.price"), is_condition("signed and round < 3")
        (False, True)
    """
    return _NAME.fullmatch(text.strip()) is None


def values_of(results: xr.Dataset, text: str) -> Column:
    """An outcome by its name, or whether a condition holds.

    Raises:  InputError where there is no such outcome, or the condition makes no sense
    Example:
        >>> from sim.ensemble import Design, play
        >>> from sim.scenario import read_scenario
        >>> results = play(Design.of_draws(read_scenario("scenarios/pie"), 3))
        >>> values_of(results, "terms.share > 0.5").values.tolist()
        [1.0, 1.0, 1.0]
    """
    if not is_condition(text):
        return outcome(results, text.strip())
    asked = parse(text)
    return Column(asked({name: outcome(results, name) for name in asked.names}).astype(float))


def needs_of(text: str) -> tuple[str, ...]:
    """Columns that have to be kept for an outcome or a condition."""
    names = parse(text).names if is_condition(text) else (text.strip(),)
    return tuple(dict.fromkeys(need for name in names for need in needed(name)))


def headline_is_known(scenario: Scenario) -> Iterator[Problem]:
    """Problems with outcomes that the headline names and that the case does not have; a rule for ``read_case``."""
    if not scenario.headline.outcomes:
        return
    known = _known(scenario)
    try:
        blank = xr.Dataset() if known else _blank(scenario)
    except (InputError, KeyError):
        return  # issues or kinds are broken, which other rules tell
    for index, found in enumerate(scenario.headline.outcomes):
        place = ("headline", "outcomes", index)
        try:
            column = known[found.of] if known else values_of(blank, found.of)
        except InputError as error:
            problem = error.problems[0]
            yield Problem(problem.message, (*place, "of"), problem.allowed, problem.nearest)
            continue
        yield from _wording(found, column, place)


def _known(scenario: Scenario) -> dict[str, Column]:
    """Every outcome of the headline, from the columns that it needs; none where one is to be looked for in all."""
    texts = [found.of for found in scenario.headline.outcomes]
    try:
        blank = _blank(scenario, {need for text in texts for need in needs_of(text)})
        return {text: values_of(blank, text) for text in texts}
    except (InputError, KeyError):
        return {}


def _wording(found: HeadlineOutcome, column: Column, place: tuple[str | int, ...]) -> Iterator[Problem]:
    allowed = _OF_CONDITIONS if is_condition(found.of) else _OF_NAMES if column.names else _OF_NUMBERS
    kind = "a condition" if is_condition(found.of) else "a name" if column.names else "a number"
    for name in found.placeholders:
        if name not in allowed:
            told = ", ".join(f"{{{known}}}" for known in sorted(allowed))
            yield Problem(f'"{found.of}" is {kind}, of which {{{name}}} says nothing', (*place, "say"), told)


def _blank(scenario: Scenario, names: Collection[str] | None = None) -> xr.Dataset:
    """Results of one world in which nothing is counted, to look names and codes up in; by default all columns of it."""
    columns = [column for column in COLUMNS if column.by_draw and (names is None or column.name in names)]
    dims = {dim for column in columns for dim in column.dims}
    sizes = {name: len(values(scenario)) for name, values in AXES.items() if name in dims} | {"draw": 1}
    arrays = {column.name: np.zeros([sizes[dim] for dim in column.dims], np.int64) for column in columns}
    return label(DealSpace.of(scenario), arrays, np.zeros(1, np.int64))
