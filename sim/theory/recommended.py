"""Cooperative solutions read as predictions: what would be signed if everybody followed the recommendation."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.foundations import TOLERANCE, Bools
from sim.solutions import SOLUTIONS
from sim.solutions.ties import first
from sim.theory.case_facts import CaseFacts
from sim.theory.theory_reading import Prediction, TheoryReading

_FAIR: Final = (
    "every signer is to gain, whatever the signing rule",
    "the deal is one of the list, without lotteries; where several tie, it does not say who gets what of them",
)


def _undecided(facts: CaseFacts, ties: Bools) -> Bools:
    """(B, A) whom deals that tie (B, K) leave different gains."""
    found = np.zeros(facts.table.disagreement.shape, bool)
    where = np.flatnonzero(ties.sum(axis=1) > 1)
    among, premium = ties[where, None], facts.table.premium[where]
    low, high = np.where(among, premium, np.inf).min(axis=2), np.where(among, premium, -np.inf).max(axis=2)
    found[where] = high - low > TOLERANCE
    return found


def _reading(name: str) -> TheoryReading:
    def predict(facts: CaseFacts) -> Prediction:
        ties = SOLUTIONS[name]().ties(facts.problem)
        gains = facts.gains_of(first(ties))
        return Prediction.of(facts, np.where(_undecided(facts, ties), np.nan, gains))

    return TheoryReading(name, "solution", _FAIR, (), predict)


#: Solutions of this package; those of others are played by naming them in a case.
RECOMMENDED: Final = tuple(_reading(name) for name in SOLUTIONS.names)
