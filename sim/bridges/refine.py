"""A use of the levers made as small as it can be, one lever at a time."""

from __future__ import annotations

import numpy as np

from sim.bridges.chance import Chance
from sim.foundations import Floats


def refine(chance: Chance, prices: Floats, at_least: float, start: Floats, *, tolerance: float) -> Floats:
    """Lower each lever as far as what is asked for stays reached, the dearest first, then once more around.

    A lever that can be left out is; else the last use that fails and the first that reaches are halved
    until they lie within ``tolerance``. The result is smallest lever by lever; two levers exchanged for each
    other are the search's business. Between two tried uses the verdict is taken to change once.

    Args:
        prices:    (L,) cost of full use
        at_least:  share asked for, 0..1; the share less its standard error has to reach it
        start:     (L,) a use that reaches it
        tolerance: how finely each lever is told, 0..1
    Returns:
        (L,) the smaller use, which reaches it too
    """
    here = np.array(start, float)
    for _ in range(2):
        before = here.copy()
        for i in np.argsort(-here * prices, kind="stable"):
            if here[i] > 0:
                here[i] = _smallest(chance, at_least, here, int(i), tolerance)
        if (before - here).max() <= tolerance:
            break
    return here


def exchange(
    chance: Chance, prices: Floats, at_least: float, start: Floats, *, tolerance: float, evaluations: int
) -> Floats:
    """Use one lever fully and lower the others for it, wherever that is cheaper.

    Args:
        prices, at_least, start, tolerance: as for ``refine``
        evaluations: how many uses to try, about; the cheapest levers are exchanged first
    Returns:
        (L,) a use that reaches what is asked at no more cost
    """
    until = len(chance.known) + evaluations
    best = refine(chance, prices, at_least, start, tolerance=tolerance)
    for j in np.argsort(prices, kind="stable"):
        if best[j] >= 1 or len(chance.known) >= until:
            continue
        other = best.copy()
        other[j] = 1.0
        for i in np.argsort(-best * prices, kind="stable"):
            if i != j and other[i] > 0 and chance.safe(other) >= at_least - 1e-12:
                other[i] = _smallest(chance, at_least, other, int(i), tolerance)
        if other @ prices < best @ prices - 1e-12 and chance.safe(other) >= at_least - 1e-12:
            best = other
    return best


def push(chance: Chance, start: Floats) -> Floats:
    """Raise the chance as far as single levers do, by leaving each out or using it fully, once around.

    Args:
        start: (L,) the likeliest use so far
    Returns:
        (L,) a use that is at least as likely
    """
    here = np.array(start, float)
    chance.expect(_with(here, i, amount) for i in range(len(here)) for amount in (1.0, 0.0))
    for i in range(len(here)):
        for amount in (1.0, 0.0):
            other = _with(here, i, amount)
            if chance(other) > chance(here):
                here = other
                chance.expect(_with(here, j, end) for j in range(i + 1, len(here)) for end in (1.0, 0.0))
    return here


def _with(use: Floats, i: int, amount: float) -> Floats:
    other = use.copy()
    other[i] = amount
    return other


def _smallest(chance: Chance, at_least: float, here: Floats, i: int, tolerance: float) -> float:
    trial = here.copy()
    if here[i] <= tolerance:
        trial[i] = 0.0
        return 0.0 if chance.safe(trial) >= at_least - 1e-12 else float(here[i])

    def reaches(amount: float) -> bool:
        trial[i] = amount
        return chance.safe(trial) >= at_least - 1e-12

    if reaches(0.0):
        return 0.0
    if not reaches(here[i] - tolerance):
        return float(here[i])  # most levers, once the dearest has been lowered as far as it goes
    fails, works = _nearest_failure(chance, at_least, here, i), float(here[i] - tolerance)
    while works - fails > tolerance:
        middle = (fails + works) / 2
        if reaches(middle):
            works = middle
        else:
            fails = middle
    return works


def _nearest_failure(chance: Chance, at_least: float, here: Floats, i: int) -> float:
    """The highest use of lever ``i`` below the present one that was tried, with the others as they are, and failed."""
    tried = chance.tried
    others = np.delete(np.abs(tried - here) < 1e-9, i, axis=1).all(axis=1)
    below = tried[others & (tried[:, i] < here[i] - 1e-12)]
    failed = [float(use[i]) for use in below if chance.safe(use) < at_least - 1e-12]
    return max(failed, default=0.0)
