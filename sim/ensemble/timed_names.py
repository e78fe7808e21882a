"""Names of outcomes that ask for a time, such as `state@18m`: how they begin, how long it is, where they are kept."""

from __future__ import annotations

import re
from typing import Final

from sim.foundations import InputError, Problem

#: Begins the name of the state after some time, of whether a deal came into force by then, and held so long.
STATE_AT: Final = "state@"
IN_FORCE_BY: Final = "in_force_by@"
HELD_FOR: Final = "held@"
_YEARS: Final = {"y": 1.0, "m": 1 / 12, "w": 7 / 365.25, "d": 1 / 365.25}


def is_timed(name: str) -> bool:
    """Whether an outcome asks for a time of its own.

    Example:
        >>> is_timed("state@8w"), is_timed("state")
        (True, False)
    """
    return name.startswith((STATE_AT, IN_FORCE_BY, HELD_FOR))


def not_kept(name: str) -> Problem:
    """What to say where results lack an outcome that asks for a time: how to have it, or that the time is none.

    Example:
        >>> not_kept("state@8w").allowed.split(":")[0]
        'ask the case instead of its results'
    """
    try:
        years_of(name.partition("@")[2])
    except InputError as error:
        return error.problems[0]
    head = name.partition("@")[0]
    horizon = "; a run holds `state`, how things stand at the horizon" if f"{head}@" == STATE_AT else ""
    return Problem(
        f'these results do not hold "{name}": what asks for a time is kept only where it is asked of the case',
        allowed=f"ask the case instead of its results: `sim analyse CASE --sensitivity delta --of {name}`{horizon}",
    )


def years_of(time: str) -> float:
    """How many years a time is.

    Raises:  InputError if it is none
    Example:
        >>> years_of("18m")
        1.5
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([ymwd])", time)
    if found is None:
        raise InputError(Problem(f'"{time}" is no time', allowed="a number and y, m, w or d, such as state@18m"))
    return float(found[1]) * _YEARS[found[2]]
