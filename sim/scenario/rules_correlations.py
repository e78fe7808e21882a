"""Rules on correlations: of numbers that are there and drawn, each pair once, and all of them possible together."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from sim.foundations import Problem, nearest
from sim.scenario.correlation import Correlation, copula
from sim.scenario.scenario import Scenario

#: Steps in which the strength is sought that contradictory correlations could have: to a hundredth, and finer.
_HALVINGS: Final = 12


def correlation_problems(scenario: Scenario) -> Iterator[Problem]:
    """Correlations of numbers that are not there or follow others, told twice, resting on nothing, or contradictory."""
    seen: dict[frozenset[str], str] = {}
    fine = True
    for name, one in scenario.correlations.items():
        if not (one.claims or one.assumed or scenario.default_assumed):
            yield Problem("rests on nothing", ("correlations", name), 'claims = ["…"], or assumed = "why"')
        for index, path in enumerate(one.numbers):
            place = ("correlations", name, "numbers", index)
            found = scenario.numbers.get(path)
            if found is None:
                fine = False
                yield Problem(f'there is no number "{path}"', place, nearest=nearest(path, scenario.numbers))
            elif found.quantity.mirrors:
                message = f'"{path}" follows "{found.quantity.mirrors}" and has no draws of its own'
                yield Problem(message, place, nearest=found.quantity.mirrors)
        for first, second in itertools.combinations(one.numbers, 2):
            pair = frozenset((first, second))
            if len(pair) == 1 or pair in seen:
                fine = False
                where = "itself" if len(pair) == 1 else f'"{second}" in "{seen[pair]}" already'
                yield Problem(f'"{first}" is correlated with {where}', ("correlations", name, "numbers"))
            seen[pair] = name
    if fine and scenario.correlations and not _possible(scenario.correlations):
        yield _contradiction(scenario.correlations)


def _possible(correlations: Mapping[str, Correlation]) -> bool:
    """Whether some joint distribution has all of them."""
    try:
        copula(correlations)
    except ValueError:
        return False
    return True


def _contradiction(correlations: Mapping[str, Correlation]) -> Problem:
    """Which correlations contradict each other, none of them to spare, and how much weaker they could all be true."""
    guilty = dict(correlations)
    for name in correlations:
        without = {other: one for other, one in guilty.items() if other != name}
        if without and not _possible(without):
            guilty = without
    weakest, strongest = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (weakest + strongest) / 2
        weaker = {name: one.model_copy(update={"rank": one.rank * middle}) for name, one in guilty.items()}
        weakest, strongest = (middle, strongest) if _possible(weaker) else (weakest, middle)
    quoted = [f'"{name}"' for name in guilty]
    if len(guilty) == 1:
        message = f"no {len(next(iter(guilty.values())).numbers)} numbers can all run against each other so strongly"
    else:
        both = f"{', '.join(quoted[:-1])} and {quoted[-1]}"
        message = f"no joint distribution has {both}; pairs of which nothing is said are independent"
    part = np.floor(weakest * 100) / 100
    allowed = f"ranks of at most {part:g} times these, or fewer of the pairs" if part else "fewer of the pairs"
    return Problem(message, ("correlations", next(iter(guilty)), "rank"), allowed)
