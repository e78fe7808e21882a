"""Offers that follow from what was said and asked for, worked out again only where something is new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sim.foundations import NO_DEAL, TOLERANCE, Bools, Floats, Ints
from sim.strategies.negotiator import Hearing
from sim.strategies.ranges import Setting


@dataclass(frozen=True)
class RememberedOffers:
    """What somebody offered last and why, so that it is not worked out again where nothing has changed since.

    For rules that see no more than this: who has said what, how many different deals each has offered, what a rule
    names besides, and which deals are worth what he asks for, whatever the amount.

    offers:  (B,) his last offers
    reasons: (B, M) what they followed from
    between: (B, 2) payoffs between which he may ask for anything: above the first, up to the second
    now:     (B, M) what his offer follows from by now

    Example:
        >>> from sim.foundations import Dice
        >>> from sim.table import BargainingTable
        >>> table = BargainingTable.of_payoffs([[1.0, 0.7, 0.6, 0.0], [0.0, 0.2, 0.7, 1.0]])
        >>> hearing = Hearing.begin(table, 0, Dice("doc", np.arange(1)))
        >>> found = RememberedOffers.of(hearing, ())
        >>> found.keep(hearing, np.array([0]), np.array([0.65]), np.array([2]), np.array([1]))
        >>> [found.still(hearing, np.array([asked])).tolist() for asked in (0.8, 0.7, 0.61, 0.6)]
        [[False], [True], [True], [False]]
    """

    offers: Ints
    reasons: Floats
    between: Floats
    now: Floats

    @classmethod
    def of(cls, hearing: Hearing, besides: Iterable[Setting | Bools]) -> RememberedOffers:
        """Read it out of his memory.

        Args:
            besides: what else an offer follows from, one value for all draws or one for each
        """
        said, memory, size = hearing.said, hearing.memory, len(hearing.best)
        now = np.column_stack([said.latest, said.different, *(np.broadcast_to(one, size) for one in besides)])
        if "offers" not in memory:
            nothing = np.full((size, 2), np.inf)  # whatever he asks for does not lie between
            memory |= {"offers": np.full(size, NO_DEAL), "reasons": now, "between": nothing}
        return cls(memory["offers"], memory["reasons"], memory["between"], now)

    def still(self, hearing: Hearing, target: Floats) -> Bools:
        """(B,) whether his last offer is what he offers now too, who asks for so much; never below what he could get.

        Args:
            target: (B,) what he asks for, in payoff
        """
        least = target - TOLERANCE
        asks_alike = (self.between[:, 0] < least) & (least <= self.between[:, 1]) & (target >= hearing.floor)
        return np.asarray(asks_alike & (self.now == self.reasons).all(axis=1))

    def keep(self, hearing: Hearing, rows: Ints, target: Floats, reached: Ints, offers: Ints) -> None:
        """Remember what he offers.

        Args:
            rows:    (R,) draws in which he does
            target:  (R,) what he asks for
            reached: (R,) number of deals that are worth it
            offers:  (R,) what he offers
        """
        self.offers[rows], self.reasons[rows] = offers, self.now[rows]
        count = hearing.ranking.count[rows]
        places = np.column_stack([np.minimum(reached, count - 1), np.maximum(reached - 1, 0)])
        around = hearing.ranking.at(rows, places)[1]
        around[reached >= count, 0], around[reached == 0, 1] = -np.inf, np.inf
        around[target < hearing.floor[rows]] = np.inf
        self.between[rows] = around
