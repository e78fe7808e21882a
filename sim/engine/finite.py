"""A guard: what the core model and the play compute are numbers, or the number that made them none is named."""

from __future__ import annotations

import numpy as np

from sim.foundations import Floats, InputError, Problem
from sim.scenario import Draws
from sim.table import Worlds


def require_finite_worlds(worlds: Worlds) -> None:
    """Refuse worlds in which a payoff, a value of fighting or a hazard is infinite or not a number.

    Raises:  InputError naming what was computed, the draw, and the number that is furthest from its like there
    """
    found = {
        "value of fighting": worlds.no_deal.value,
        "value of no deal": worlds.alternative,
        "payoff of a deal": worlds.payoff,
        "believed chance of a collapse": worlds.documents.believed.holds,
        "chance of a collapse": worlds.documents.true.holds,
    }
    for name, values in found.items():
        _require_finite(name, values, worlds.draws)


def require_finite_utility(utility: Floats, draws: Draws) -> None:
    """Refuse a story that was worth an infinity, or no number, to somebody.

    Args:
        utility: (B, A) realised value
    Raises:  InputError, as for worlds
    """
    _require_finite("realised value", utility, draws)


def _require_finite(name: str, values: Floats, draws: Draws) -> None:
    if np.isfinite(values).all():
        return
    row = int(np.argwhere(~np.isfinite(values))[0, 0])
    sizes = {path: abs(float(drawn[row])) for path, drawn in draws.values.items()}
    worst = max(sizes, key=lambda path: np.inf if np.isnan(sizes[path]) else sizes[path])
    raise InputError(
        Problem(
            f"the {name} cannot be computed in draw {int(draws.dice.draws[row])}: "
            f"{worst} is {float(draws.values[worst][row]):g} there",
            tuple(worst.split(".")),
            "a range of that number in which results are finite",
        )
    )
