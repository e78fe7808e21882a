"""Offers by proposers drawn by lot over a finite set of deals, solved from the last round backwards."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import TOLERANCE
from sim.table import BargainingTable, LotPlan
from sim.table.lot_plan import proposals


@EQUILIBRIA.register(
    "recognition-by-lot",
    source="Baron & Ferejohn 1989, Am Polit Sci Rev 83:1181-1206; any issues: Banks & Duggan 2000, 94:73-88",
)
def recognition_by_lot(table: BargainingTable, rounds: int, chances: npt.ArrayLike | None = None) -> LotPlan:
    """Solve bargaining whose proposer is drawn by lot in each round, for any signing rule and any number of issues.

    A proposer asks for what he likes best among the deals that would pass; of several that are equally good for him he
    takes one by lot. An actor says yes to a deal that crosses no hard red line of his, is no worse than no deal and is
    worth at least what he expects from the next round. Refusal costs everybody a round of his discount; after the last
    round there is no deal.

    With many rounds it comes close to the stationary equilibria of the theory: ``random_proposer`` where all must
    agree, ``baron_ferejohn`` for equals under a majority, ``banks_duggan`` on a line.

    Args:
        table:   deals and payoffs of a block of draws
        rounds:  number of rounds, 1 or more
        chances: (A,) chance of proposing, of those in the table's order, sum 1; equal if not given
    Returns:
        what everybody insists on, and the value of the talks, in payoff V
    Raises:  ValueError if there is no round, or chances do not fit
    Source:  Baron & Ferejohn 1989, closed rule with a last session; ties by lot keep equals equal; ours for finite sets
    Example:
        >>> pie = np.linspace(0, 1, 101)
        >>> table = BargainingTable.of_payoffs(np.stack([pie, 1 - pie]), discount=0.9)
        >>> recognition_by_lot(table, 60).value.round(3).tolist()
        [[0.5, 0.5]]
    """
    if rounds < 1:
        raise ValueError(f"talks need at least one round, not {rounds}")
    draws, actors, deals = table.payoff.shape
    drawn = np.zeros(actors)
    if chances is None:
        drawn[table.order] = 1 / len(table.order)
    else:
        drawn[:] = np.asarray(chances, dtype=np.float64)
    if (drawn < 0).any() or abs(drawn.sum() - 1) > TOLERANCE:
        raise ValueError(f"chances of proposing add up to {drawn.sum():g}, not to 1")
    reservation = np.empty((draws, actors, rounds))
    waiting = np.zeros((draws, actors))  # premium that is expected from the next round
    value = waiting
    for round_ in range(rounds - 1, -1, -1):
        least = np.maximum(waiting, 0.0) + table.disagreement
        reservation[:, :, round_] = least
        value = np.zeros((draws, actors))
        for speaker in np.flatnonzero(drawn):
            best = proposals(table, least, int(speaker)) if deals else np.zeros((draws, 0), bool)
            count = best.sum(axis=1)
            share = best / np.maximum(count, 1)[:, None]
            got = np.einsum("bak,bk->ba", table.premium, share)
            value += drawn[speaker] * np.where((count > 0)[:, None], got, waiting)
        settled = np.abs(table.discount * value - waiting).max(initial=0.0) < 1e-13
        waiting = table.discount * value
        if settled:  # every earlier round is the same
            reservation[:, :, :round_] = (np.maximum(waiting, 0.0) + table.disagreement)[:, :, None]
            break
    return LotPlan(reservation, value + table.disagreement, drawn)
