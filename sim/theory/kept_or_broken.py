"""Once a deal is signed: whether trust survives an attack, and whether the deal holds because both expect it."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.equilibria import spoilers
from sim.foundations import Floats
from sim.table import nearest_deal
from sim.table.mutual_fear import breach_chances
from sim.theory.assumption import CHOSEN, SPOILERS, TWO_SIGN
from sim.theory.case_facts import CaseFacts
from sim.theory.theory_reading import Prediction, TheoryReading

#: Chances of breaking further apart than this are two ways to play the same deal.
_APART: Final = 1e-6


def _attacked(facts: CaseFacts) -> Prediction:
    """Read for a round: whether the first attack would leave too little trust."""
    draws, years = facts.worlds.draws, facts.scenario.talks.round_years
    trust, needed = (draws[f"after_signature.spoilers.{key}"] for key in ("trust", "needed"))
    held, let = (draws[f"after_signature.spoilers.{key}"] ** years for key in ("strength", "laxity"))
    return Prediction.mark(facts, ~np.asarray(spoilers(trust, held, let, needed).survives))


def _self_fulfilling(facts: CaseFacts) -> Prediction:
    """Read on the deal that comes closest to being signed."""
    worlds, rows = facts.worlds, np.arange(facts.draws)
    deal = nearest_deal(worlds, np.ones(len(worlds.space), bool))
    who = facts.signers

    def number(key: str) -> Floats:
        return np.asarray(worlds.draws.get(f"after_signature.breaking.{key}", 0.0) + np.zeros(facts.draws))[:, None]

    flow = worlds.flow[rows[:, None], who, deal[:, None]] - worlds.fallback[:, who] + worlds.damage[:, who]
    penalty = number("penalty") + number("enforced") * worlds.space.enforcement[deal][:, None] + np.zeros_like(flow)
    temptation, patience = number("temptation") + np.zeros_like(flow), worlds.delta[:, who]
    calm, fragile = (breach_chances(flow, penalty, temptation, patience, fragile=one) for one in (False, True))
    return Prediction.mark(facts, np.asarray((np.abs(fragile - calm) > _APART).any(axis=1)))


KEPT_OR_BROKEN: Final = (
    TheoryReading(
        "spoilers",
        "equilibrium",
        ("each who signs is trustworthy or not, and nobody reckons with attacks beforehand",),
        (SPOILERS,),
        _attacked,
        "the first attack after a signature would leave too little trust",
    ),
    TheoryReading(
        "endogenous-hazard",
        "equilibrium",
        ("each sees in every round what it would gain by breaking the deal first, and only its own",),
        (CHOSEN, TWO_SIGN),
        _self_fulfilling,
        "the deal that comes closest would hold if both expected it to, and break if not",
    ),
)
