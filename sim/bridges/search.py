"""A search for cheap uses of the levers: corners, a greedy climb, then differential evolution."""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np
import scipy

from sim.bridges.chance import Chance
from sim.foundations import Floats

#: Steps between no and full use while searching; refinement goes between them.
STEPS: Final = 8
#: How much a lever is used more in a step of the climb.
_STRIDE: Final = 0.25


def search(chance: Chance, prices: Floats, at_least: float, *, evaluations: int) -> None:
    """Try uses of the levers; everything tried is remembered by ``chance``.

    First no lever, each alone, all together and all but each. Then a climb from nothing, each step the one
    that adds most chance for its cost. Then differential evolution over a grid of eight steps a lever, which
    needs neither slopes nor a share that grows with every lever. Uses that reach ``at_least`` are ranked by
    cost, others by how far they fall short, and behind all that reach it. The share is a step function, so
    what is found is the cheapest tried, not a proven optimum. A single lever is tried at sixteen steps.

    Args:
        prices:      (L,) cost of full use
        at_least:    share asked for, less its standard error, 0..1
        evaluations: how many uses to try, about
    Source: differential evolution (Storn & Price 1997); feasibility rules (Deb 2000); Sobol' points to
        start from (Owen 1998)
    """
    count = len(prices)
    if count == 1:
        for amount in np.linspace(0, 1, 2 * STEPS + 1):
            chance(snapped(chance, np.array([amount])))
        return
    chance.expect(_corners(count))
    for use in _corners(count):
        chance(use)
    _climb(chance, prices, evaluations // 3)
    _evolve(chance, prices, at_least, evaluations)


def snapped(chance: Chance, use: Floats) -> Floats:
    """The nearest use on the grid; a lever that only opens levels moves by whole levels."""
    steps = []
    for name in chance.stage.levers:
        lever = chance.stage.scenario.levers[name]
        steps.append(2 * STEPS if len(use) == 1 else STEPS)
        if not lever.moves:
            steps[-1] = lever.parts
    return np.asarray(np.rint(np.clip(use, 0, 1) * steps) / steps)


def _corners(count: int) -> Floats:
    return np.unique(
        np.concatenate([np.zeros((1, count)), np.eye(count), 1 - np.eye(count), np.ones((1, count))]), axis=0
    )


def _climb(chance: Chance, prices: Floats, evaluations: int) -> None:
    here = np.zeros(len(prices))
    until = len(chance.known) + evaluations
    while len(chance.known) < until:
        best, gain = None, 0.0
        steps = [_raised(chance, here, i) for i in range(len(prices)) if here[i] < 1]
        chance.expect(steps)
        for step in steps:
            rise = (chance(step) - chance(here)) / max(float((step - here) @ prices), 1e-9)
            if best is None or rise > gain:
                best, gain = step, rise
        if best is None:
            return
        here = best  # also where nothing helps by itself: two levers may only work together


def _raised(chance: Chance, here: Floats, i: int) -> Floats:
    """A use with one lever a step higher, fully used where a step of the grid is less than that."""
    step = here.copy()
    step[i] = min(1.0, here[i] + _STRIDE)
    step = snapped(chance, step)
    if step[i] <= here[i]:
        step[i] = 1.0
    return step


def _evolve(chance: Chance, prices: Floats, at_least: float, evaluations: int) -> None:
    total = float(prices.sum()) or 1.0

    def badness(use: Floats) -> float:
        use = snapped(chance, use)
        short = at_least - chance.safe(use)
        return 1.0 + short if short > 1e-12 else float(use @ prices) / total

    size = int(np.clip(evaluations // 6, 8, 32))
    order = sorted(range(len(chance.known)), key=lambda n: badness(chance.tried[n]))
    kept = chance.tried[order[: size // 2]]
    digest = hashlib.blake2b(chance.stage.scenario.seed.encode(), digest_size=4).digest()
    seed = int.from_bytes(digest, "little")
    fresh = scipy.stats.qmc.Sobol(len(prices), seed=seed).random_base2(int(np.ceil(np.log2(size))))[: size - len(kept)]
    until = evaluations
    chance.expect(snapped(chance, use) for use in fresh)
    scipy.optimize.differential_evolution(
        badness,
        [(0.0, 1.0)] * len(prices),
        init=np.concatenate([kept, fresh]),
        maxiter=20,
        tol=0,
        polish=False,
        seed=seed,
        callback=lambda *_, **__: len(chance.known) >= until,
    )
