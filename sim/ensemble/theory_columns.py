"""Outcome columns of theory: what each theory predicts in a draw, and what holds the first signed deal."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.ensemble.outcome_column import OutcomeColumn, SweptMeasure
from sim.scenario import Scenario

_BY_ACTOR: Final = ("draw", "actor")
_BY_THEORY: Final = ("draw", "theory")


def _holds(_: Scenario) -> tuple[str, ...]:
    from sim.theory import HOLDS

    return HOLDS


def _breaches(_: Scenario) -> tuple[str, ...]:
    from sim.theory import BREACHES

    return BREACHES


#: In the order of tables.
THEORY_COLUMNS: Final[tuple[OutcomeColumn, ...]] = (
    OutcomeColumn(
        "theory_fails",
        "which need of the theory is the first that is not met, as a place in sim.theory.NEEDS; -1 where it applies",
        lambda p: p.theories.fails,
        _BY_THEORY,
        kept=False,
    ),
    OutcomeColumn(
        "theory_chance",
        "chance of a deal that the theory predicts, nan where it does not apply or says nothing",
        lambda p: p.theories.chance,
        _BY_THEORY,
        kept=False,
    ),
    OutcomeColumn(
        "theory_gain",
        "gain over no deal that the theory predicts, seen from the beginning; nan likewise",
        lambda p: p.theories.gains,
        (*_BY_THEORY, "actor"),
        kept=False,
    ),
    OutcomeColumn(
        "theory_deal",
        "deal nearest to what the theory predicts, -1 where it points at none",
        lambda p: p.theories.deal,
        _BY_THEORY,
        index="deal_index",
        kept=False,
    ),
    OutcomeColumn(
        "theory_marked",
        "whether the mechanism that the theory is about is at work",
        lambda p: p.theories.marked,
        _BY_THEORY,
        kept=False,
    ),
    OutcomeColumn(
        "held_by",
        "what holds the first signed deal: nobody gains by a breach, or answers do, or nothing; none without a deal",
        lambda p: p.stability.holds,
        codes=_holds,
        kept=False,
        swept=SweptMeasure("held_by", "share of draws by what holds the first signed deal"),
    ),
    OutcomeColumn(
        "breach",
        "first breach of the first signed deal that would gain the actor most, if the others stood still",
        lambda p: p.stability.breach,
        _BY_ACTOR,
        codes=_breaches,
        kept=False,
    ),
    OutcomeColumn(
        "breach_gain",
        "what that breach would gain him, in own value",
        lambda p: p.stability.gain,
        _BY_ACTOR,
        kept=False,
    ),
    OutcomeColumn(
        "breach_answers",
        "actors, as bits in their order, who could answer that breach at once and would gain by it",
        lambda p: p.stability.answers @ (1 << np.arange(p.stability.answers.shape[2], dtype=np.int64)),
        _BY_ACTOR,
        kept=False,
    ),
)
