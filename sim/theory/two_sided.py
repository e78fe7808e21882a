"""Two parties: offers by turns, with a deadline, a risk of breakdown, or somewhere else to go."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.foundations import Floats
from sim.theory.assumption import OUTSIDE, SEVERAL_ISSUES, SOME_DEAL, TWO_SIGN, UNANIMOUS
from sim.theory.case_facts import CaseFacts
from sim.theory.lottery_frontier import LotteryFrontier
from sim.theory.theory_reading import Prediction, TheoryReading

#: What every theory of offers by turns takes for granted.
_BY_TURNS: Final = (
    "each knows what every deal is worth to the other",
    "the first to speak opens and they offer by turns",
    "lotteries between deals are possible",
)
_FOR_EVER: Final = (*_BY_TURNS, "the talks have no last round")
_PAIR: Final = (TWO_SIGN, UNANIMOUS, SOME_DEAL)


def rubinstein_on_frontier(facts: CaseFacts) -> Prediction:
    """Gains of both where they offer by turns for ever, on the frontier of all deals."""
    return Prediction.of(facts, facts.spread(facts.frontier.by_turns(facts.delta[:, 0], facts.delta[:, 1])))


def _limit(facts: CaseFacts) -> Prediction:
    """Weights are what the other loses by waiting: time and the risk that something from outside ends the talks."""
    with np.errstate(divide="ignore"):
        rates = -np.log(facts.delta)
    total = rates.sum(axis=1)
    weight = np.where(total > 0, rates[:, 1] / np.where(total > 0, total, 1.0), 0.5)
    return Prediction.of(facts, facts.spread(facts.frontier.weighted_nash(weight)))


def _stahl(facts: CaseFacts) -> Prediction:
    rounds = facts.scenario.talks.talk_rounds
    return Prediction.of(
        facts, facts.spread(facts.frontier.by_turns_until(facts.delta[:, 0], facts.delta[:, 1], rounds))
    )


def _leaving(facts: CaseFacts, delta: Floats) -> Prediction:
    first, second = (int(one) for one in facts.signers)
    nothing = np.zeros(facts.draws)
    frontier = LotteryFrontier.of_table(facts.table, first, second, floor=(nothing, nothing))
    options = [np.maximum(facts.table.disagreement[:, one], 0.0) for one in (first, second)]
    worth = frontier.by_turns_or_leave(delta[:, 0], delta[:, 1], *options)
    gains = tuple(own - facts.table.disagreement[:, one] for own, one in zip(worth, (first, second), strict=True))
    return Prediction.of(facts, facts.spread(gains))


def _outside(facts: CaseFacts) -> Prediction:
    return _leaving(facts, facts.delta)


def _deal_me_out(facts: CaseFacts) -> Prediction:
    return _leaving(facts, facts.delta**1e-4)  # offers follow ten thousand times as fast


TWO_SIDED: Final = (
    TheoryReading("rubinstein", "equilibrium", _FOR_EVER, _PAIR, rubinstein_on_frontier),
    TheoryReading(
        "rubinstein-limit",
        "equilibrium",
        (*_FOR_EVER, "offers follow each other without delay"),
        _PAIR,
        _limit,
    ),
    TheoryReading(
        "breakdown",
        "equilibrium",
        (*_FOR_EVER, "what pays while the talks last is what no deal pays; something from outside may end them"),
        _PAIR,
        _limit,
    ),
    TheoryReading(
        "stahl",
        "equilibrium",
        (*_BY_TURNS, "the last round of talks is known"),
        _PAIR,
        _stahl,
    ),
    TheoryReading(
        "outside-options",
        "equilibrium",
        (*_FOR_EVER, "nothing is earned while the talks last", "whoever has just refused may leave for good"),
        (TWO_SIGN, UNANIMOUS, OUTSIDE, SOME_DEAL),
        _outside,
    ),
    TheoryReading(
        "deal-me-out",
        "equilibrium",
        (*_FOR_EVER, "nothing is earned while the talks last", "offers follow each other without delay"),
        (TWO_SIGN, UNANIMOUS, OUTSIDE, SOME_DEAL),
        _deal_me_out,
    ),
    TheoryReading(
        "package-deal",
        "equilibrium",
        (*_FOR_EVER, "every offer settles all issues"),
        (TWO_SIGN, UNANIMOUS, SEVERAL_ISSUES, SOME_DEAL),
        rubinstein_on_frontier,
    ),
    TheoryReading(
        "package-deal-limit",
        "equilibrium",
        (*_FOR_EVER, "every offer settles all issues", "offers follow each other without delay"),
        (TWO_SIGN, UNANIMOUS, SEVERAL_ISSUES, SOME_DEAL),
        _limit,
    ),
)
