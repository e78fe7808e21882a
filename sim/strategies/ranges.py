"""Settings of strategies kept within the range in which their formulas mean something."""

from __future__ import annotations

import numpy as np

from sim.foundations import Floats, InputError, Problem

#: A setting that is one number for all draws or one number per draw, (B,).
Setting = float | Floats


def require(name: str, value: Setting, low: float, high: float = np.inf, *, above: bool = False) -> None:
    """Refuse a setting, one number or (B,), that lies outside of low..high in any draw; nan lies outside.

    Args:
        name:  of the setting
        value: of the setting
        low, high: limits, allowed themselves
        above: whether ``low`` itself is not allowed
    Raises:
        InputError with the name, the offending value and the range, at the place of the setting within its table

    Example:
        >>> require("exponent", 0.5, 0, above=True)
    """
    found = np.atleast_1d(np.asarray(value, dtype=float))
    inside = (found > low if above else found >= low) & (found <= high)
    if not inside.all():
        allowed = f"above {low:g}" if above else f"at least {low:g}"
        allowed += f", at most {high:g}" if high < np.inf else ""
        worst = found[~inside][0]
        message = f'the setting "{name}" must be {allowed}; got {worst:g}'
        raise InputError(Problem(message, ("settings", name), allowed))
