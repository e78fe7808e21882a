"""Any number of parties: everybody must agree, or a majority; one stake, or a point on a line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from sim.equilibria import (
    backward_induction,
    banks_duggan,
    banks_duggan_limit,
    baron_ferejohn,
    eraslan,
    issue_by_issue_deals,
    random_proposer,
    random_proposer_limit,
    recognition_by_lot,
    rotating_proposer_shares,
)
from sim.foundations import NO_DEAL, Floats
from sim.theory.assumption import (
    ALL_SPEAK,
    EQUALLY_PATIENT,
    FEW_DEALS,
    MAJORITY,
    ON_A_LINE,
    PIE,
    SEVERAL_ISSUES,
    SEVERAL_SIGN,
    UNANIMOUS,
)
from sim.theory.case_facts import CaseFacts
from sim.theory.theory_reading import Prediction, TheoryReading

_KNOWN: Final = ("everybody knows what every deal is worth to everybody",)
_BY_LOT: Final = (
    *_KNOWN,
    "the proposer of each round is drawn by lot, all with the same chance",
    "nobody's play depends on what happened before",
    "gains are means over who is drawn",
)


def _by_patience(facts: CaseFacts, shares: Callable[[Floats], Floats]) -> Floats:
    """(B, N) shares worked out once for each different patience (N,)."""
    kinds, which = np.unique(facts.delta, axis=0, return_inverse=True)
    return np.asarray(np.stack([shares(one) for one in kinds])[which.reshape(-1)])


def _of_stake(facts: CaseFacts, shares: Callable[[Floats], Floats], *, settles: bool = False) -> Prediction:
    gains = facts.spread(_by_patience(facts, shares) * facts.stake[:, None])
    return Prediction.of(facts, gains, settles=settles)


def _equal(facts: CaseFacts) -> Floats:
    return np.full(len(facts.signers), 1 / len(facts.signers))


def _backward(facts: CaseFacts) -> Prediction:
    plan = backward_induction(facts.table, facts.scenario.talks.talk_rounds)
    gains = plan.value - facts.table.disagreement
    gains[:, ~facts.table.rule.signers] = np.nan
    agreed = np.asarray((plan.proposal >= 0).any(axis=1))
    return Prediction(agreed.astype(float), np.where(agreed[:, None] | np.isnan(gains), gains, 0.0))


def _by_lot(facts: CaseFacts) -> Prediction:
    plan = recognition_by_lot(facts.table, facts.scenario.talks.talk_rounds)
    gains = plan.value - facts.table.disagreement
    gains[:, ~facts.table.rule.signers] = np.nan
    possible = np.asarray(facts.table.signable.any(axis=1)).astype(float)
    return Prediction(possible, gains, settles=False)


def _rotating(facts: CaseFacts) -> Prediction:
    return _of_stake(facts, rotating_proposer_shares, settles=True)


def _random(facts: CaseFacts) -> Prediction:
    return _of_stake(facts, lambda delta: random_proposer(_equal(facts), delta).value)


def _random_limit(facts: CaseFacts) -> Prediction:
    return _of_stake(facts, lambda delta: random_proposer_limit(_equal(facts), -np.log(delta)))


def _by_issue(facts: CaseFacts) -> Prediction:
    plan = issue_by_issue_deals(facts.table, facts.scenario.talks.talk_rounds)
    gains = plan.value.copy()
    gains[:, ~facts.table.rule.signers] = np.nan
    return Prediction((plan.outcome()[0] != NO_DEAL).astype(float), gains, settles=False)


def _quota(facts: CaseFacts) -> int:
    rule = facts.table.rule
    return round(float(rule.quota / rule.weights[rule.signers][0]))


def _baron_ferejohn(facts: CaseFacts) -> Prediction:
    def shares(delta: Floats) -> Floats:
        found = baron_ferejohn(len(delta), _quota(facts), float(delta[0]))
        return np.full(len(delta), found.value)

    return _of_stake(facts, shares)


def _eraslan(facts: CaseFacts) -> Prediction:
    return _of_stake(facts, lambda delta: eraslan(_equal(facts), delta, _quota(facts)).value)


def _on_line(facts: CaseFacts, place: Callable[[Floats, float], Floats], *, settles: bool) -> Prediction:
    """Gains at what is proposed, a mean over proposers; ``place`` gives proposals for ideals and patience."""
    issue = next(iter(facts.scenario.issues.values()))
    scale = np.asarray(issue.scale, dtype=float)[facts.table.deals[:, 0]]
    ideals = scale[facts.table.payoff[:, facts.signers].argmax(axis=2)]
    kinds, which = np.unique(np.column_stack([ideals, facts.delta[:, :1]]), axis=0, return_inverse=True)
    worth = []
    for one in kinds:
        proposals = np.atleast_1d(place(one[:-1], float(one[-1])))
        worth.append((1 - np.abs(proposals[None, :] - one[:-1, None])).mean(axis=1))
    gains = np.stack(worth)[which.reshape(-1)] - facts.table.disagreement[:, facts.signers]
    return Prediction.of(facts, facts.spread(gains), settles=settles)


def _votes_needed(facts: CaseFacts) -> int:
    return len(facts.signers) if facts.table.rule.unanimous else _quota(facts)


def _banks_duggan(facts: CaseFacts) -> Prediction:
    def place(ideals: Floats, delta: float) -> Floats:
        return banks_duggan(ideals, _equal(facts), delta, _votes_needed(facts)).proposals

    return _on_line(facts, place, settles=False)


def _banks_duggan_limit(facts: CaseFacts) -> Prediction:
    def place(ideals: Floats, _: float) -> Floats:
        return np.array([banks_duggan_limit(ideals, _equal(facts), _votes_needed(facts))])

    return _on_line(facts, place, settles=True)


MANY_SIDED: Final = (
    TheoryReading(
        "backward-induction",
        "equilibrium",
        (*_KNOWN, "they propose by turns, and the last round of talks is known"),
        (),
        _backward,
    ),
    TheoryReading(
        "issue-by-issue-deals",
        "equilibrium",
        (
            *_KNOWN,
            "issues are settled one by one, as they stand in the case, by turns until a last round",
            "nothing is agreed until everything is",
        ),
        (SEVERAL_ISSUES, FEW_DEALS),
        _by_issue,
    ),
    TheoryReading(
        "rotating-proposer-shares",
        "equilibrium",
        (*_KNOWN, "they propose by turns for ever", "nobody's play depends on what happened before"),
        (UNANIMOUS, ALL_SPEAK, PIE),
        _rotating,
    ),
    TheoryReading(
        "rotating-proposer",
        "equilibrium",
        (*_KNOWN, "they propose by turns for ever", "nobody's play depends on what happened before"),
        (UNANIMOUS, ALL_SPEAK, PIE),
        _rotating,
    ),
    TheoryReading(
        "recognition-by-lot",
        "equilibrium",
        (
            *_KNOWN,
            "the proposer of each round is drawn by lot, all with the same chance",
            "the last round of talks is known",
            "gains are means over who is drawn",
        ),
        (),
        _by_lot,
    ),
    TheoryReading("random-proposer", "equilibrium", _BY_LOT, (UNANIMOUS, PIE), _random),
    TheoryReading(
        "random-proposer-limit",
        "equilibrium",
        (*_BY_LOT, "offers follow each other without delay"),
        (UNANIMOUS, PIE),
        _random_limit,
    ),
    TheoryReading(
        "baron-ferejohn", "equilibrium", _BY_LOT, (SEVERAL_SIGN, MAJORITY, PIE, EQUALLY_PATIENT), _baron_ferejohn
    ),
    TheoryReading("eraslan", "equilibrium", _BY_LOT, (SEVERAL_SIGN, MAJORITY, PIE), _eraslan),
    TheoryReading("banks-duggan", "equilibrium", _BY_LOT, (SEVERAL_SIGN, ON_A_LINE, EQUALLY_PATIENT), _banks_duggan),
    TheoryReading(
        "banks-duggan-limit",
        "equilibrium",
        (*_BY_LOT, "offers follow each other without delay"),
        (SEVERAL_SIGN, ON_A_LINE, EQUALLY_PATIENT),
        _banks_duggan_limit,
    ),
)
