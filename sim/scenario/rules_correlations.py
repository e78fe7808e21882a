"""Rules on correlations: of numbers that are there and drawn, each pair once, and all of them possible together."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from sim.foundations import Problem, nearest
from sim.scenario.correlation import copula
from sim.scenario.scenario import Scenario


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
    if fine and scenario.correlations:
        try:
            copula(scenario.correlations)
        except ValueError as error:
            yield Problem(str(error), ("correlations",))
