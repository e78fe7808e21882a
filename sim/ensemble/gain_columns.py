"""Outcome columns of what the first signed deal is worth, beside no deal and beside the best that could be signed."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.ensemble.outcome_column import OutcomeColumn

_BY_ACTOR: Final = ("draw", "actor")

#: In the order of tables.
GAIN_COLUMNS: Final[tuple[OutcomeColumn, ...]] = (
    OutcomeColumn(
        "signed_gain",
        "what the first signed deal is worth above no deal, V + l - W, nan without one",
        lambda p: p.signed_gains.astype(np.float32),
        _BY_ACTOR,
    ),
    OutcomeColumn(
        "distance_to_frontier",
        "payoff that every signer could gain at once over the first signed deal, 0 where it is efficient, nan "
        "without one",
        lambda p: p.distance_to_frontier.astype(np.float32),
    ),
    OutcomeColumn(
        "distance_to_nash",
        "distance in the signers' payoffs from the first signed deal to the Nash solution, nan without either",
        lambda p: p.distance_to_nash.astype(np.float32),
    ),
    OutcomeColumn(
        "cost_of_waiting",
        "what the rounds before the first deal was signed cost of what it is worth above no deal, nan without one",
        lambda p: p.cost_of_waiting.astype(np.float32),
        _BY_ACTOR,
    ),
    OutcomeColumn(
        "talks_gain",
        "gain over no deal by the first signed deal, seen from the beginning; 0 where none was signed",
        lambda p: p.talks_gains,
        _BY_ACTOR,
        kept=False,
    ),
    OutcomeColumn(
        "best_gain",
        "the most that a signer can gain in a deal that is feasible for all",
        lambda p: p.best_gains,
        _BY_ACTOR,
        kept=False,
    ),
)
