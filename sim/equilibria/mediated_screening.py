"""Offers to somebody whose resolve is secret, after the word of a mediator who knows more, as far as he is believed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from sim.equilibria.screening_by_type import screening_by_type
from sim.foundations import NO_DEAL, TOLERANCE, Bools, Floats
from sim.table import BargainingTable, ScreeningPlan, TypeGrid


class MediatedPlans(NamedTuple):
    """What is offered after each word of a mediator, and whether his word counts; arrays lead with (B,).

    weak, tough: the plans of one who believes that the other is weak, or tough, as the mediator says
    alone:       the plan of one who believes nothing of it
    credible:    (B,) whether the mediator gains nothing by saying what he does not think
    """

    weak: ScreeningPlan
    tough: ScreeningPlan
    alone: ScreeningPlan
    credible: Bools

    def after(self, said_weak: Bools) -> ScreeningPlan:
        """The plan in each draw, by what the mediator has said there (B,)."""
        told = _either(said_weak, self.weak, self.tough)
        return _either(self.credible, told, self.alone)


def mediated_screening(
    table: BargainingTable,
    types: TypeGrid,
    proposer: int,
    answering: int,
    offers: int,
    *,
    mediator: int,
    error: float,
    pause: int = 1,
) -> MediatedPlans:
    """Work out the offers after a mediator's word, and whether he can be believed.

    He has heard whether the one who is sounded out is weak, one of the softer half of his types, or tough, and heard
    wrong with some chance. His word costs nothing. It counts in an equilibrium in which he says what he heard: if after
    either thing that he may have heard he likes what follows its own word at least as well as what follows the other.
    A mediator who wants nothing but peace would always say "tough", so he is not believed; one who cares enough for
    what the proposer gets is.

    Args:
        mediator: index of somebody who does not sign, with what deals and no deal are worth to him
        error:    chance that he has heard wrong, 0..1/2
        others:   as ``screening_by_type``, whose battles tell nothing here
    Source:  Kydd 2003, Am J Polit Sci 47:597-611; ours for any list of deals and types. With one offer and two types
             the least bias is that of ``biased_mediator``
    Example:
        >>> from sim.table import SigningRule
        >>> pie = np.linspace(0, 1, 201)
        >>> side = np.stack([pie, 1 - pie, 0.6 * pie])  # the mediator shares A's view, as far as 0.6
        >>> table = BargainingTable.of_payoffs(side, [0.4, 0.35, 0.6 * 0.4 - 1.0], rule=SigningRule.unanimity(
        ...     3, np.array([True, True, False])))
        >>> types = TypeGrid.of_values(side[:2], np.array([[0.4, 0.4], [0.2, 0.45]]))
        >>> mediated_screening(table, types, 0, 1, 1, mediator=2, error=0.1).credible.tolist()
        [True]
    """
    draws, count = table.draws, types.count
    soft = np.arange(count) < count / 2
    heard_weak = np.where(soft, 1 - error, error)
    heard_tough = np.where(soft, error, 1 - error)
    plans = [
        screening_by_type(table, types, proposer, answering, offers, pause=pause, prior=prior)
        for prior in (heard_weak, heard_tough, None)
    ]
    weak, tough, alone = plans
    gains = table.premium[:, mediator]
    kept = table.discount[:, mediator]
    worth = {
        (said, heard): _hoped(plan, gains, kept, belief / belief.sum())
        for said, plan in (("weak", weak), ("tough", tough))
        for heard, belief in (("weak", heard_weak), ("tough", heard_tough))
    }
    honest = worth["weak", "weak"] >= worth["tough", "weak"] - TOLERANCE
    honest &= worth["tough", "tough"] >= worth["weak", "tough"] - TOLERANCE
    differ = (weak.offer != tough.offer).reshape(draws, -1).any(axis=1)
    return MediatedPlans(weak, tough, alone, np.asarray(honest & differ))


def _hoped(plan: ScreeningPlan, gains: Floats, kept: Floats, belief: Floats) -> Floats:
    """(B,) what a plan is worth above no deal to one who looks on, by what he thinks of the types, softest first."""
    rows, total = np.arange(len(gains)), np.zeros(len(gains))
    upto = np.concatenate([[0.0], np.cumsum(belief)])
    gone = np.zeros(len(gains), np.int64)
    for number in range(plan.offers):
        deal, then = plan.offer[rows, number, 0, gone], plan.cutoff[rows, number, 0, gone]
        takes = np.where(deal == NO_DEAL, 0.0, upto[then] - upto[gone])
        total += kept ** (number * plan.pause) * takes * gains[rows, np.maximum(deal, 0)]
        gone = then
    return total


def _either(where: Bools, one: ScreeningPlan, other: ScreeningPlan) -> ScreeningPlan:
    """One plan in some draws, the other elsewhere."""

    def chosen(name: str) -> Any:
        first, second = getattr(one, name), getattr(other, name)
        return np.where(where.reshape(-1, *[1] * (first.ndim - 1)), first, second)

    fields: dict[str, Any] = {name: chosen(name) for name in ("offer", "cutoff", "chance", "value", "belief")}
    return replace(other, **fields)
