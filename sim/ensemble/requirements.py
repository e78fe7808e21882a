"""What a play cannot do without: a scenario that was read, and a number of draws."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sim.foundations import InputError
from sim.scenario import Case, Scenario


def require_scenario(found: object, name: str) -> None:
    """Refuse a path or name where a scenario is needed, and say how it is read.

    Example:
        >>> require_scenario("scenarios/pie", "run")
        Traceback (most recent call last):
        ...
        sim.foundations.errors.InputError: run needs a scenario that was read: run(read_scenario("scenarios/pie"), …)
    """
    if isinstance(found, Scenario):
        return
    if isinstance(found, Case):
        raise InputError(f"{name} needs the scenario of the case: {name}(case.scenario, …)")
    place = f'"{found}"' if isinstance(found, str | Path) else '"scenarios/…"'
    raise InputError(f"{name} needs a scenario that was read: {name}(read_scenario({place}), …)")


def require_draws(found: object) -> int:
    """Return a number of draws; refuse anything else than a whole number from 1 up.

    Example:
        >>> require_draws(3)
        3
    """
    if isinstance(found, bool) or not isinstance(found, int | np.integer) or found < 1:
        raise InputError(f"draws must be a whole number from 1 up, not {found!r}")
    return int(found)
