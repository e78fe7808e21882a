"""Worlds sorted by the rules that they have drawn: each part is played under rules that are settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from pydantic import BaseModel

from sim.foundations import Ints
from sim.scenario import Draws, Scenario
from sim.scenario.drawn_option import DrawnOption
from sim.scenario.without_memory import without_memory
from sim.table.deal_space import DealSpace


@dataclass(frozen=True)
class SettledPart:
    """Some draws of a block, all under the same rules.

    where: (n,) their places in the block
    space: the deals, of the scenario with these rules
    draws: these draws
    """

    where: Ints
    space: DealSpace
    draws: Draws


def settled_parts(space: DealSpace, draws: Draws) -> Iterator[SettledPart]:
    """Sort draws by the options that they have drawn; one part with all of them where nothing of that kind is drawn.

    Source:  a setting of which the literature leaves several open is a number like any other (model averaging: Draper
        1995, J R Stat Soc B 57:45-97)
    """
    choices = space.scenario.choices
    if not choices or not len(draws):
        yield SettledPart(np.arange(len(draws)), space, draws)
        return
    codes = np.column_stack([np.rint(draws[number.path]).astype(np.int64) for number in choices])
    kinds, which = np.unique(codes, axis=0, return_inverse=True)
    for n, kind in enumerate(kinds):
        where = np.flatnonzero(np.ravel(which) == n)
        part = Draws({path: values[where] for path, values in draws.values.items()}, draws.dice.select(where))
        yield SettledPart(where, settled_space(space, tuple(int(code) for code in kind)), part)


def settled_space(space: DealSpace, codes: tuple[int, ...]) -> DealSpace:
    """The deals under the rules with these options, by their places, in the order of ``Scenario.choices``."""
    known = space.settled_spaces
    if codes not in known:
        known[codes] = replace(space, scenario=settled_scenario(space.scenario, codes))
    return known[codes]


def settled_scenario(scenario: Scenario, codes: tuple[int, ...]) -> Scenario:
    """The scenario in which each choice is the option with this place; its numbers stay the same.

    Example:
        >>> from sim.scenario import change, read_scenario
        >>> open_ = change(read_scenario("scenarios/pie"), {"talks.protocol": {"options": ["zeuthen", "single-text"]}})
        >>> settled_scenario(open_, (1,)).talks.protocol
        'single-text'
    """
    found: Any = scenario
    for number, code in zip(scenario.choices, codes, strict=True):
        found = _put(found, number.place, code)
    return found  # type: ignore[no-any-return]


def _put(found: Any, place: tuple[str | int, ...], code: int) -> Any:
    """A copy in which the option at a place is another one; whatever was worked out from it is forgotten."""
    if not place:
        assert isinstance(found, DrawnOption)
        return found.at(code)
    key = place[0]
    if isinstance(found, BaseModel):
        return without_memory(found.model_copy(update={str(key): _put(getattr(found, str(key)), place[1:], code)}))
    if isinstance(found, dict):
        return {**found, key: _put(found[key], place[1:], code)}
    return tuple(_put(one, place[1:], code) if n == key else one for n, one in enumerate(found))
