"""Cooperative solutions read as predictions: what would be signed if everybody followed the recommendation."""

from __future__ import annotations

from typing import Final

from sim.solutions import SOLUTIONS
from sim.solutions.ties import first
from sim.theory.case_facts import CaseFacts
from sim.theory.theory_reading import Prediction, TheoryReading

_FAIR: Final = (
    "every signer is to gain, whatever the signing rule",
    "the deal is one of the list, without lotteries; of several that tie the first",
)


def _reading(name: str) -> TheoryReading:
    def predict(facts: CaseFacts) -> Prediction:
        deal = first(SOLUTIONS[name]().ties(facts.problem))
        return Prediction.of(facts, facts.gains_of(deal))

    return TheoryReading(name, "solution", _FAIR, (), predict)


#: Solutions of this package; those of others are played by naming them in a case.
RECOMMENDED: Final = tuple(_reading(name) for name in SOLUTIONS.names)
