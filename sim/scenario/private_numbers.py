"""What others do not know of an actor: which of his numbers are his own secret, and what he could be like instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np

from sim.foundations import Floats
from sim.scenario.draws import Draws, inverse, replaced
from sim.scenario.scenario import Number, Scenario

#: Numbers of an actor on which others' values of war and deals depend as well, so that they cannot be his secret.
_SHARED: Final = ("power", "prevail_shift", "capability", "pressure")
#: Primitive root of the default number of types, 11: its powers spread several secrets evenly.
_ROOT: Final = 2


def private_numbers(scenario: Scenario, actor: str) -> tuple[Number, ...]:
    """Numbers of an actor that others do not know: those he keeps private, or all his own where he names none.

    Numbers without a range are known, and so are those that follow from others, and those on which others' values
    depend too.

    Example:
        >>> from sim.scenario import read_scenario
        >>> [one.path for one in private_numbers(read_scenario("scenarios/labour"), "firm")][:2]
        ['firm.patience', 'firm.reservation']
    """
    named = scenario.actors[actor].private
    found = []
    for path, number in scenario.numbers.items():
        owner, _, field = path.partition(".")
        if owner != actor or not field or number.quantity.follows or not number.quantity.spread:
            continue
        if field.split(".")[0] in _SHARED or (named and not any(is_within(field, one) for one in named)):
            continue
        found.append(number)
    return tuple(found)


def is_within(field: str, named: str) -> bool:
    """Whether a number of an actor is the one named, or one of the table that is named."""
    return field == named or field.startswith(f"{named}.")


def may_be_private(field: str) -> bool:
    """Whether others' values can do without a number of an actor."""
    return field.split(".", maxsplit=1)[0] not in _SHARED


def typed_draws(scenario: Scenario, draws: Draws, actors: Iterable[str], number: int, count: int) -> Draws:
    """The same worlds, were these actors of the type with this number out of so many, all equally likely.

    A secret takes the middle of a ``count``-th of its distribution, each once over all types; several are spread by a
    lattice. Everything else stays as it was drawn.

    Source: rank-1 lattice rule of Korobov 1959; Sloan & Joe 1994, Lattice Methods for Multiple Integration, ch. 2
    """
    values: dict[str, Floats] = {}
    for actor in actors:
        step = 1
        for found in private_numbers(scenario, actor):
            quantile = ((number * step) % count + 0.5) / count
            values[found.path] = inverse(scenario, found, np.full(len(draws), quantile))
            step = step * _ROOT % count or 1
    return replaced(scenario, draws, values)


def secrets(scenario: Scenario) -> Mapping[str, tuple[str, ...]]:
    """Signer -> paths of the numbers that he is said to keep private, of those who are said to."""
    return {
        name: tuple(number.path for number in private_numbers(scenario, name))
        for name in scenario.signers
        if scenario.actors[name].private
    }
