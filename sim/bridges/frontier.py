"""What more chance costs: the uses of levers that no other use beats in both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from sim.bridges.chance import Chance, Prices
from sim.foundations import Bools, Floats
from sim.foundations.plain_data import Real


@dataclass(frozen=True)
class Point:
    """A use of the levers, with what it costs and brings.

    use:       lever -> how much it is used, for those in use
    cost, cost_low, cost_high: sum of costs in the holders' own values; at the ends of their ranges
    chance:    share of draws that bring what is wanted
    error:     its Monte Carlo standard error
    endings:   ending -> share of the draws: what follows where a deal is signed; empty in results of before
    """

    use: dict[str, float]
    cost: Real
    cost_low: Real
    cost_high: Real
    chance: Real
    error: Real
    endings: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, chance: Chance, prices: Prices, use: Floats) -> Point:
        """Play one use and price it."""
        share = chance(use)
        return cls(
            chance.stage.named(use),
            float(use @ prices.central),
            float(use @ prices.low),
            float(use @ prices.high),
            share,
            chance.error(share),
            chance.stage.endings(np.array(chance.key(use))),
        )


def unbeaten(costs: Floats, shares: Floats) -> Bools:
    """(N,) whether nothing that costs as little brings as much; of equals, the first.

    Example:
        >>> unbeaten(np.array([0.0, 1.0, 1.0, 2.0]), np.array([0.1, 0.4, 0.3, 0.4])).tolist()
        [True, True, False, False]
    """
    order = np.lexsort((-shares, costs))
    found = np.zeros(len(costs), bool)
    best = -np.inf
    for n in order:
        if shares[n] > best:
            found[n], best = True, shares[n]
    return found


def frontier(search: Chance, chance: Chance, prices: Prices, *, most: int = 12) -> tuple[Point, ...]:
    """Play what the search found unbeaten on all draws, and keep what is unbeaten there.

    Args:
        search: what was tried, on some of the draws
        chance: the same on all draws
        most:   how many to play; those spread evenly over the chance they bring
    Returns:
        points in the order of cost, the first without any lever
    """
    tried, shares = search.tried, search.shares
    kept = np.flatnonzero(unbeaten(tried @ prices.central, shares))
    kept = kept[np.argsort(shares[kept])]
    if len(kept) > most:
        targets = np.linspace(shares[kept[0]], shares[kept[-1]], most)
        kept = np.unique([kept[np.abs(shares[kept] - target).argmin()] for target in targets])
    chance.expect([*tried[kept], np.zeros(len(prices.central))])
    for use in tried[kept]:
        chance(use)
    chance(np.zeros(len(prices.central)))
    known = chance.tried
    costs = known @ prices.central
    best = np.flatnonzero(unbeaten(costs, chance.shares))
    return tuple(Point.of(chance, prices, known[n]) for n in best[np.argsort(costs[best])])
