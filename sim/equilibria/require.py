"""Refusal of numbers for which a theory has no answer."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from sim.foundations import InputError


def require_inside(name: str, value: npt.ArrayLike, low: float = 0.0, high: float = 1.0) -> None:
    """Refuse a number that does not lie strictly between two others; by default patience, where rounds count.

    Raises:  InputError with the number and what is allowed
    Example:
        >>> require_inside("delta", 0.9)
        >>> require_inside("delta", 1.0)
        Traceback (most recent call last):
        ...
        sim.foundations.errors.InputError: delta is 1; it lies between 0 and 1, both left out
    """
    found = np.asarray(value, dtype=np.float64)
    if ((found > low) & (found < high)).all():
        return
    wrong = float(found[~((found > low) & (found < high))].flat[0]) if found.ndim else float(found)
    if math.isinf(high):
        raise InputError(f"{name} is {wrong:g}; it is above {low:g}")
    raise InputError(f"{name} is {wrong:g}; it lies between {low:g} and {high:g}, both left out")
