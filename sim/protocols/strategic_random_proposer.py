"""Offers by proposers drawn by lot, among parties who follow a plan worked out beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal, Self, get_args

import numpy as np

from sim.foundations import NO_DEAL, TOLERANCE, Bools, Dice, InputError, Ints
from sim.protocols.protocol import PROTOCOLS, AbstractProtocol, TalksState, require_choice
from sim.protocols.seats import Seats
from sim.table import BargainingTable, LotPlan
from sim.table.lot_plan import proposals

Recognition = Literal["equal", "votes"]


@PROTOCOLS.register(
    "strategic-random-proposer", source="Baron & Ferejohn 1989, Am Polit Sci Rev 83:1181-1206; Banks & Duggan 2000"
)
@dataclass(frozen=True)
class StrategicRandomProposer(AbstractProtocol):
    """In each round one party is drawn by lot, proposes the deal it likes best of those that pass, and all vote.

    lot_plan:    what everybody insists on in every round, from an equilibrium or elsewhere
    rounds:      round budget, 1 or more; 0 (the default) for all rounds of the plan
    recognition: ``equal``: everybody who makes offers is drawn with the same chance; ``votes``: in proportion to his
                 votes under the signing rule

    Of deals that are equally good for the proposer one is drawn, so that equals are treated alike. A yes needs a
    payoff not below the plan's reservation, not below no deal, and no hard red line crossed.

    Raises:  InputError if the plan covers fewer rounds than the budget
    Source:  Baron & Ferejohn 1989, closed rule; Banks & Duggan 2000 on any issues; the plan is data here

    Example:
        >>> table = BargainingTable.of_payoffs([[0.7, 0.4], [0.3, 0.6]])
        >>> plan = LotPlan(np.zeros((1, 2, 1)), np.zeros((1, 2)), np.array([1.0, 0.0]))
        >>> protocol, dice = StrategicRandomProposer(plan), Dice("doc", np.arange(1))
        >>> talks = protocol.start(table, dice)
        >>> protocol.step(table, talks, dice, 0)
        >>> talks.deal.tolist(), talks.by.tolist()
        ([0], [0])
    """

    filled: ClassVar[tuple[str, ...]] = ("rounds", "lot_plan")

    lot_plan: LotPlan
    rounds: int = 0
    recognition: Recognition = "equal"

    def __post_init__(self) -> None:
        require_choice("recognition", self.recognition, get_args(Recognition))
        if self.rounds == 0:
            object.__setattr__(self, "rounds", self.lot_plan.rounds)
        if not 1 <= self.rounds <= self.lot_plan.rounds:
            raise InputError(f"the plan covers {self.lot_plan.rounds} rounds, the talks have {self.rounds}")

    @classmethod
    def seated(cls, seats: Seats, settings: Mapping[str, Any]) -> Self:
        """Everybody reckons backwards, with these chances of being drawn."""
        recognition = settings.get("recognition", "equal")
        require_choice("recognition", recognition, get_args(Recognition))
        plan = seats.lot_plan(by_votes=recognition == "votes")
        return cls(plan, seats.rounds, recognition)

    def select(self, where: Bools | Ints) -> StrategicRandomProposer:
        """The same rules with the plan of some of the draws."""
        return replace(self, lot_plan=self.lot_plan.select(where))

    def start(self, table: BargainingTable, dice: Dice, *, keep_log: bool = False) -> TalksState:
        """Nothing to prepare: the plan says it all."""
        del dice
        return TalksState.begin(table.draws, keep_log=keep_log)

    def step(self, table: BargainingTable, talks: TalksState, dice: Dice, round_: int) -> None:
        """Draw a proposer, let him propose, and let everybody answer."""
        least = self.lot_plan.reservation[:, :, round_]
        drawn = np.searchsorted(np.cumsum(self.lot_plan.chances), dice.uniform("proposer", round_), side="right")
        drawn = np.minimum(drawn, int(np.flatnonzero(self.lot_plan.chances)[-1]))
        which = dice.uniform("tie", round_)
        deal = np.full(table.draws, NO_DEAL)
        for speaker in np.flatnonzero(self.lot_plan.chances):
            here = talks.open & (drawn == speaker)
            if here.any():
                best = proposals(table.select(here), least[here], int(speaker))
                deal[here] = _one_of(best, which[here])
        rows, index = np.arange(table.draws), np.maximum(deal, 0)
        made = deal != NO_DEAL
        acceptable = table.acceptable[rows, :, index]
        yes = acceptable & (table.payoff[rows, :, index] >= least - TOLERANCE) & made[:, None]
        for actor in np.flatnonzero(self.lot_plan.chances):
            mine = made & (drawn == actor)
            if mine.any():
                talks.note(round_, int(actor), np.where(mine, deal, NO_DEAL))
        for actor in np.flatnonzero(table.rule.signers):
            said = yes[:, actor] & (drawn != actor)
            if said.any():
                talks.note(round_, int(actor), np.where(said, deal, NO_DEAL), "accept")
        talks.close(made, deal, round_, drawn, yes)


def _one_of(marked: Bools, uniform: np.ndarray) -> Ints:
    """(B,) one of the marked deals (B, K), each with the same chance; NO_DEAL where none is."""
    count = marked.sum(axis=1)
    wanted = np.minimum((uniform * count).astype(np.int64), np.maximum(count - 1, 0))
    place = (np.cumsum(marked, axis=1) > wanted[:, None]).argmax(axis=1)
    return np.where(count > 0, place, NO_DEAL)
