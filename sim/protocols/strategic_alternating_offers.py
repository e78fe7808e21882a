"""Alternating offers by parties who follow a plan worked out beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import numpy as np

from sim.foundations import NO_DEAL, TOLERANCE, Bools, Dice, InputError, Ints
from sim.protocols.protocol import PROTOCOLS, AbstractProtocol, TalksState
from sim.protocols.seats import Seats
from sim.table import BargainingTable, RoundPlan


@PROTOCOLS.register("strategic-alternating-offers", source="Rubinstein 1982; Stahl 1972")
@dataclass(frozen=True)
class StrategicAlternatingOffers(AbstractProtocol):
    """In each round one party proposes what the plan says and all others compare with their reservation.

    plan:   proposals, proposers and reservation payoffs of every round, from an equilibrium or elsewhere
    rounds: round budget, 1 or more; 0 (the default) for all rounds of the plan
    leaving: whether no deal is an offer from outside, for which whoever has just refused may leave, rather than what
        pays while the talks last; the plan of a scenario is solved accordingly

    A yes needs a payoff not below the plan's reservation, not below no deal, and no hard red line
    crossed; the deal is signed when the yeses meet the signing rule. A proposal that the proposer
    himself would not sign, or that lacks consent from outside, is not made.

    Raises:  InputError if the plan covers fewer rounds than the budget
    Source:  Rubinstein 1982 and Stahl 1972 for the rules; the plan is data here, see the equilibria

    Example:
        >>> table = BargainingTable.of_payoffs([[0.7, 0.4], [0.3, 0.6]])
        >>> plan = RoundPlan(np.array([[0]]), np.array([0]), np.zeros((1, 2, 1)), np.zeros((1, 2)))
        >>> protocol, dice = StrategicAlternatingOffers(plan), Dice("doc", np.arange(1))
        >>> talks = protocol.start(table, dice)
        >>> protocol.step(table, talks, dice, 0)
        >>> talks.deal.tolist(), talks.by.tolist()
        ([0], [0])
    """

    filled: ClassVar[tuple[str, ...]] = ("rounds", "plan")

    plan: RoundPlan
    rounds: int = 0
    leaving: bool = False

    @classmethod
    def seated(cls, seats: Seats, settings: Mapping[str, Any]) -> Self:
        """Everybody reckons backwards, with or without somewhere else to go."""
        leaving = bool(settings.get("leaving", False))
        return cls(seats.leaving_plan if leaving else seats.plan, seats.rounds, leaving)

    def __post_init__(self) -> None:
        if self.rounds == 0:
            object.__setattr__(self, "rounds", self.plan.rounds)
        if not 1 <= self.rounds <= self.plan.rounds:
            raise InputError(f"the plan covers {self.plan.rounds} rounds, the talks have {self.rounds}")

    def select(self, where: Bools | Ints) -> StrategicAlternatingOffers:
        """The same rules with the plan of some of the draws."""
        return replace(self, plan=self.plan.select(where))

    def start(self, table: BargainingTable, dice: Dice, *, keep_log: bool = False) -> TalksState:
        """Nothing to prepare: the plan says it all."""
        del dice
        return TalksState.begin(table.draws, keep_log=keep_log)

    def step(self, table: BargainingTable, talks: TalksState, dice: Dice, round_: int) -> None:
        """One proposal and everybody's answer to it."""
        del dice
        proposer = int(self.plan.proposer[round_])
        deal = self.plan.proposal[:, round_]
        rows, index = np.arange(table.draws), np.maximum(deal, 0)
        acceptable = table.acceptable[rows, :, index]  # (B, A)
        made = (deal != NO_DEAL) & acceptable[:, proposer] & table.offerable[rows, index]
        talks.note(round_, proposer, np.where(made, deal, NO_DEAL))
        content = table.payoff[rows, :, index] >= self.plan.reservation[:, :, round_] - TOLERANCE
        yes = acceptable & content & made[:, None]
        yes[:, proposer] = made
        consent = table.consent[:, index].T & table.rule.signers
        signed = made & table.rule.passes(yes) & (yes | ~consent).all(axis=1)
        for actor in np.flatnonzero(table.rule.signers):
            if actor != proposer:
                talks.note(round_, int(actor), np.where(yes[:, actor], deal, NO_DEAL), "accept")
        talks.close(signed, deal, round_, proposer, yes)
