"""One world in many draws: what is drawn from single numbers is computed once, however many times it is played."""

from copy import copy
from dataclasses import fields, is_dataclass, replace

import numpy as np

from sim.scenario import Draws, Scenario, draw
from sim.table import DealSpace, build

#: Draws that a world is computed for; a number that no other axis has.
_FEW = 17


def same_worlds(space, scenario, draws):
    """Worlds of so many draws of a scenario without ranges: they differ only in their luck.

    Arrays are views of one row, so that 40,000 draws cost no more than one until they are played.
    """
    few = build(space, draw(scenario, np.arange(_FEW)))
    return replace(_repeated(few, draws, {}), draws=draw(scenario, np.arange(draws)))


def _repeated(part, draws, known):
    """A copy of a part of the worlds, with the first row of each array along draws in all of them."""
    if isinstance(part, np.ndarray):
        if _FEW not in part.shape:
            return part
        along = part.shape.index(_FEW)
        first = part.take([0], axis=along)
        np.testing.assert_array_equal(part, np.broadcast_to(first, part.shape))
        return np.broadcast_to(first, (*part.shape[:along], draws, *part.shape[along + 1 :]))
    if isinstance(part, tuple | list):
        found = [_repeated(one, draws, known) for one in part]
        return type(part)(*found) if hasattr(part, "_fields") else type(part)(found)
    if isinstance(part, dict):
        return {name: _repeated(one, draws, known) for name, one in part.items()}
    if isinstance(part, Scenario | DealSpace | Draws) or not is_dataclass(part):
        return part
    if id(part) not in known:
        known[id(part)] = found = copy(part)
        for field in fields(part):
            object.__setattr__(found, field.name, _repeated(getattr(part, field.name), draws, known))
    return known[id(part)]
